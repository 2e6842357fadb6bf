"""What one person is told no other person sees, whichever wall stands; colleagues neither."""

import pytest

from tests.architecture.asking import ask
from tests.factories import NoticeFactory, UserFactory
from volunteer_network.access.roles import PROVINCIAL_ROLES, Role
from volunteer_network.access.scope import SYSTEM, open_scope
from volunteer_network.models import Notice

OURS, THEIRS = "เรื่องของฉัน", "เรื่องของผู้อื่น"
NOT_FOUND, REDIRECT = 404, 302


@pytest.fixture
def others(db, chiang_mai, songkhla):
    """An unread notice of somebody in every role: of the same office, and of another province."""

    def make(user):
        return [
            NoticeFactory(
                recipient=UserFactory(
                    role=role,
                    province=province if role in PROVINCIAL_ROLES else None,
                    office=user.office,
                    inspection_regions=user.inspection_regions,
                ),
                text=THEIRS,
            )
            for role in Role
            for province in (chiang_mai, songkhla)
        ]

    return make


@pytest.mark.parametrize("role", Role)
def test_nobody_sees_or_reads_the_notice_of_another(role, walls, person, others, sign_in):
    user = person(role)
    own = NoticeFactory(recipient=user, text=OURS)
    theirs = others(user)
    client = sign_in(user)
    walls(user)

    def untouched():
        with open_scope(SYSTEM):
            return Notice.objects.filter(text=THEIRS, read_at=None).count()

    for query in ({}, {"kind": "case"}, {"state": "unread"}, {"export": "csv"}):
        text = ask(client, "get", "/notices/", query).text
        assert (OURS in text, THEIRS in text) == (True, False)
    for notice in theirs:
        for method in ("get", "post"):
            answer = ask(client, method, f"/notices/{notice.pk}/", note=untouched)
            assert (answer.status, answer.noted) == (NOT_FOUND, len(theirs))
    everything = {"newest": str(max(one.pk for one in theirs))}
    assert ask(client, "post", "/notices/read/", everything, note=untouched).noted == len(theirs)
    assert ask(client, "get", f"/notices/{own.pk}/").status == REDIRECT


@pytest.mark.parametrize("role", Role)
def test_the_bell_counts_the_own_notices_only(role, walls, person, others, sign_in):
    user = person(role)
    NoticeFactory(recipient=user, text=OURS)
    others(user)
    client = sign_in(user)
    walls(user)

    assert '<span class="tick">1<span class="sr"> เรื่องยังไม่อ่าน' in ask(client, "get", "/").text
