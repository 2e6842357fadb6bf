"""The centre chases the provinces that have not reported, within the budget of clicks."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import country
from tests.browser.conftest import DESK, leave_sign_in, sign_in
from tests.browser.looks import complaints
from tests.browser.test_month_journey import clicking
from tests.factories import UserFactory
from volunteer_network.access.roles import Role
from volunteer_network.access.scope import NATION, Scope, ScopeRole, open_scope
from volunteer_network.enums import NoticeKind
from volunteer_network.models import Notice, Province, Term

MOST_CLICKS = 5  # journey CS1
LATE = (11, 12, 13, 14, 15, 16, 17, 18, 19)


@pytest.fixture
def late(arranging):
    """Nine provinces with a mentor and somebody who has reported nothing; gone afterwards."""
    with arranging():
        provinces = list(Province.objects.filter(pk__in=LATE))
        people = [country.volunteer("ทองดี", "ยังไม่ส่ง", province=one) for one in provinces]
        for one in provinces:
            UserFactory(role=Role.MENTOR, province=one)
    yield people
    with arranging():
        for one in people:
            with open_scope(Scope(ScopeRole.PROVINCE, (one.province_id,))):
                Term.objects.filter(volunteer=one).update(
                    starts_on="2001-01-01", ends_on="2002-01-01"
                )


def told(arranging):
    """The provinces whose people have a reminder that could still be taken back."""
    with arranging(), open_scope(NATION):
        errands = Notice.objects.filter(kind=NoticeKind.MONTH, errand__isnull=False)
        return set(errands.values_list("recipient__province", flat=True))


def test_all_that_are_late_are_reminded_and_it_is_taken_back(visit, arranging, late):
    page = visit()
    clicks, click = clicking(page)
    sign_in(page, "central")
    leave_sign_in(page)

    click(page.get_by_role("link", name=re.compile(r"ดูและส่งเตือน \d+ จังหวัด")))
    expect(page.get_by_role("heading", level=1)).to_contain_text("รายงานประจำเดือน")
    rows = page.locator("[data-row-tick]")
    count = rows.count()
    assert count >= len(LATE)
    click(page.get_by_label("เลือกทุกจังหวัดที่ยังขาด"))
    expect(page.locator("[data-row-tick]:checked")).to_have_count(count)
    click(page.get_by_role("button", name=f"ส่งเตือน {count} จังหวัด"))
    expect(page.get_by_text(f"ส่งเตือน {count} จังหวัดแล้ว เรียกคืนได้ภายใน 2 นาที")).to_be_visible()
    assert told(arranging) >= set(LATE)
    assert complaints(page, "months-reminded") == []
    page.set_viewport_size(DESK)

    click(page.get_by_role("button", name="เรียกคืนการเตือน"))
    expect(page.get_by_text(f"เรียกคืนการเตือน {count} จังหวัดแล้ว")).to_be_visible()
    expect(page.get_by_role("button", name="เรียกคืนการเตือน")).to_have_count(0)
    assert told(arranging).isdisjoint(LATE)
    assert len(clicks) <= MOST_CLICKS
