"""Two officers remind of the same month at once: every province hears it once."""

from datetime import date

import pytest

from mentors.services import month_reminders
from mentors.services.month_reminders import remind_of_month
from tests.factories import UserFactory
from tests.locks import while_held
from tests.mentors.services.months.reports import somebody
from volunteer_network.access.roles import Role
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.errors import RuleViolation
from volunteer_network.models import Notice, Province

MONTH = date(2026, 10, 1)


@pytest.mark.parametrize("locked", [True, False], ids=["locked", "the twin without the lock"])
def test_of_two_reminders_at_once_the_second_finds_nobody_to_remind(committed, monkeypatch, locked):
    """The twin shows that the test can see what the lock of the month prevents."""
    chiang_mai = Province.objects.get(pk=50)
    mentor = UserFactory(province=chiang_mai)
    quick, slow = (UserFactory(role=Role.CENTRAL_OFFICER, province=None) for _ in range(2))
    somebody(chiang_mai)
    if not locked:
        monkeypatch.setattr(month_reminders, "wait_in_transaction", lambda *which: None)

    def remind(by):
        return remind_of_month(month=MONTH, provinces=[50], by=by)

    def call():
        with open_scope(slow.scope):
            return remind(slow)

    second = while_held(lambda: remind(quick), call, scope=quick.scope)

    assert isinstance(second, RuleViolation) is locked
    with open_scope(NATION):
        assert Notice.objects.filter(recipient=mentor.pk).count() == (1 if locked else 2)
