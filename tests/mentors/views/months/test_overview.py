"""The provinces of a month, and the reminders sent from there."""

import re
from io import BytesIO

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from mentors.models import MonthReport
from tests.factories import MonthReportFactory, UserFactory
from tests.mentors.services.months.reports import report_in, somebody
from tests.mentors.views.months.pages import MONTH, SHEET
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.models import AuditEvent, Notice, OutgoingMail


def test_the_overview_is_weakest_first_and_counts_complete_provinces(
    client, central_officer, chiang_mai, songkhla
):
    somebody(chiang_mai)
    theirs = somebody(songkhla)
    report_in("certified", theirs, UserFactory(province=songkhla))
    client.force_login(central_officer)

    overview = client.get("/months/?month=2569-10").context["overview"]

    assert [line.province.pk for line in overview.provinces] == [50, 90]
    assert (overview.complete, overview.sums.received, overview.sums.expected) == (1, 1, 2)


def test_an_executive_sees_figures_by_province_and_no_sheet(client, executive, chiang_mai):
    volunteer = somebody(chiang_mai)
    MonthReportFactory(volunteer=volunteer, month=MONTH, nothing_because="ill")
    client.force_login(executive)

    page = client.get("/months/?month=2569-10")
    html = page.content.decode().split('<main id="main"')[1]

    assert [line.receipt.expected for line in page.context["overview"].provinces] == [1]
    assert f'href="{SHEET}' not in html
    assert str(volunteer) not in html
    assert re.findall('<form[^>]* action="([^"]*)"', html) == ["/months/2569-10/print-overview/"]
    for address in (f"{SHEET}?province=50", f"{SHEET}{volunteer.pk}/"):
        assert client.get(address).status_code == 403
    assert "รายเดือน" in client.get("/").content.decode()


def cells_of(response):
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(response)))
    return [cell for row in book.get_sheet_by_index(0).to_python() for cell in row]


@pytest.mark.parametrize(
    ("who", "first"), [("executive", "เชียงใหม่"), ("chiang_mai_head", "ยังไม่มีพี่เลี้ยง")]
)
def test_the_overview_is_taken_along_as_a_file(client, request, chiang_mai, who, first):
    somebody(chiang_mai)
    client.force_login(request.getfixturevalue(who))

    cells = cells_of(client.get("/months/?month=2569-10&export=xlsx"))

    assert first in cells
    assert "ทันกำหนด ร้อยละ" in cells
    with open_scope(NATION):
        assert AuditEvent.objects.filter(verb="months.overview_exported").count() == 1


def test_reminding_tells_the_chosen_that_miss_something_once_a_day(
    client, central_officer, chiang_mai, songkhla, chiang_mai_officer, songkhla_officer, now
):
    somebody(chiang_mai)
    somebody(songkhla)
    client.force_login(central_officer)
    address = reverse("months:remind", args=[MONTH])

    first = client.post(address, {"province": ["50"]}, follow=True)
    with open_scope(NATION):
        now.move_to(AuditEvent.objects.get(verb="month.reminded").at)  # the database's clock
    client.force_login(central_officer)
    again = client.post(address, {"province": ["50"]}, follow=True)

    assert "ส่งเตือน 1 จังหวัดแล้ว เรียกคืนได้ภายใน 2 นาที" in first.content.decode()
    assert "เตือนซ้ำได้พรุ่งนี้" in again.content.decode()
    with open_scope(chiang_mai_officer.scope):
        [notice] = Notice.objects.visible_to(chiang_mai_officer)
    with open_scope(songkhla_officer.scope):
        assert not Notice.objects.visible_to(songkhla_officer)
    assert "ยังขาด 1 คน กำหนดส่ง 5 พ.ย. 2569" in notice.text
    with open_scope(NATION):
        assert not OutgoingMail.objects.exists()  # nobody of the cast has an address


def test_a_reminder_is_taken_back_from_the_page_and_can_be_sent_anew(
    client, central_officer, chiang_mai, chiang_mai_officer
):
    somebody(chiang_mai)
    client.force_login(central_officer)
    send, recall = (reverse(f"months:{name}", args=[MONTH]) for name in ("remind", "recall"))

    sent = client.post(send, {"province": ["50"]}, follow=True)
    page = sent.content.decode()
    back = client.post(recall, follow=True)
    again = client.post(recall, follow=True)
    anew = client.post(send, {"province": ["50"]}, follow=True)

    assert f'action="{recall}"' in page
    assert "อีเมลจะออกเวลา 09.02 น. ก่อนนั้นเรียกคืนได้" in page
    assert "เรียกคืนการเตือน 1 จังหวัดแล้ว" in back.content.decode()
    assert f'action="{recall}"' not in back.content.decode()
    assert back.context["overview"].provinces[0].reminded_at is None
    assert "เรียกคืนได้ภายใน 2 นาทีหลังส่ง" in again.content.decode()
    assert "ส่งเตือน 1 จังหวัดแล้ว" in anew.content.decode()


def test_a_head_reminds_the_own_mentors(client, chiang_mai, chiang_mai_head, chiang_mai_officer):
    somebody(chiang_mai)
    client.force_login(chiang_mai_head)

    page = client.post(reverse("months:nudge", args=[MONTH]), follow=True).content.decode()
    assert f'action="{reverse("months:recall-nudge", args=[MONTH])}"' in page

    with open_scope(chiang_mai_officer.scope):
        assert Notice.objects.visible_to(chiang_mai_officer).count() == 1


def test_closing_asks_first_and_says_how_many(client, central_officer, chiang_mai):
    report_in("approved", somebody(chiang_mai), UserFactory(province=chiang_mai))
    client.force_login(central_officer)
    address = reverse("months:close", args=[MONTH])

    asked = client.get(address)
    closed = client.post(address, follow=True)

    assert "ปิดงวด 1 คน" in asked.content.decode()
    assert "ปิดงวดเดือนตุลาคม 2569 1 คนแล้ว" in closed.content.decode()
    with open_scope(NATION):
        assert MonthReport.objects.get().state == "locked"
