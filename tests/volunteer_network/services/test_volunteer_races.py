"""Two officers at once: numbers and ids are given once."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection

from tests.factories import UserFactory
from tests.volunteer_network.services.registering import a_place, register
from volunteer_network import national_id
from volunteer_network.errors import RuleViolation
from volunteer_network.models import Province, Volunteer
from volunteer_network.services import known_ids, volunteers


def together(*calls):
    """Run the calls at once, each in its own connection; give results or exceptions."""
    barrier = threading.Barrier(len(calls))

    def run(call):
        barrier.wait()
        try:
            return call()
        except Exception as problem:
            return problem
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def officers(count=2, province=50):
    place = Province.objects.get(pk=province)
    return [UserFactory(province=place) for _ in range(count)]


def registering(officer, serial, rounds=5):
    def call():
        return [
            register(officer, national_id=national_id.make_sample(serial + number)).number
            for number in range(rounds)
        ]

    return call


def test_two_officers_never_give_one_number_twice(committed):
    one, other = officers()

    given = together(registering(one, 100), registering(other, 200))

    assert sorted(number for each in given for number in each) == list(range(1001, 1011))


def test_without_the_lock_they_would(committed, monkeypatch):
    """The twin: it shows that the test above can see what the lock prevents."""
    meeting = threading.Barrier(2, timeout=10)
    monkeypatch.setattr(volunteers, "wait_in_transaction", lambda *lock: None)
    real = volunteers._place
    monkeypatch.setattr(
        volunteers, "_place", lambda *args: (meeting.wait(), real(*args))
    )  # both have read the last number by now
    one, other = officers()

    given = together(registering(one, 100, rounds=1), registering(other, 200, rounds=1))

    assert [type(each) for each in given].count(IntegrityError) == 1


@pytest.mark.parametrize("provinces", [(50, 50), (50, 90)])
def test_the_loser_of_a_race_for_an_id_gets_the_same_refusal(committed, monkeypatch, provinces):
    meeting = threading.Barrier(2, timeout=10)
    real = known_ids.refuse_known_id
    met = threading.local()

    def look_together(*args, **kwargs):
        real(*args, **kwargs)
        if not getattr(met, "once", False):
            met.once = True
            meeting.wait()  # neither saw the other's row

    monkeypatch.setattr(known_ids, "refuse_known_id", look_together)
    both = [officers(1, province)[0] for province in provinces]

    results = together(
        *(
            (lambda by=by: register(by, subdistrict=a_place(by.province_id)))
            for by in both
        )
    )  # fmt: skip

    [won] = [each for each in results if isinstance(each, Volunteer)]
    [lost] = [each for each in results if isinstance(each, RuleViolation)]
    assert lost.field == "national_id"
    assert ("จังหวัดอื่น" in lost.message) == (provinces == (50, 90))
    assert (won.code in lost.message) == (provinces == (50, 50))
