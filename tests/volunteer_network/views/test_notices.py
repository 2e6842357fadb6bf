"""The pages of notices and of the outbox."""

from datetime import UTC, datetime

import pytest

from tests.factories import NoticeFactory, OutgoingMailFactory, UserFactory
from volunteer_network.access.scope import SYSTEM, open_scope
from volunteer_network.enums import MailState, NoticeKind
from volunteer_network.models import Invitation, Notice, OutgoingMail, User


@pytest.fixture
def mentor(client, chiang_mai_officer):
    client.force_login(chiang_mai_officer)
    return client


@pytest.fixture
def admin(client, central_admin):
    client.force_login(central_admin)
    return client


def text_of(client, path):
    response = client.get(path)
    content = b"".join(response) if response.streaming else response.content
    return content.decode()


def test_opening_a_notice_marks_it_and_leads_on(mentor, chiang_mai_officer):
    notice = NoticeFactory(recipient=chiang_mai_officer, href="/volunteers/?status=active")

    response = mentor.get(f"/notices/{notice.pk}/")

    assert (response.status_code, response.url) == (302, "/volunteers/?status=active")
    with open_scope(SYSTEM):
        assert Notice.objects.get(pk=notice.pk).read_at is not None


def test_files_tell_the_day_of_bangkok(mentor, admin, chiang_mai_officer, central_admin):
    after_midnight = {"made_at": datetime(2026, 10, 1, 18, tzinfo=UTC)}
    NoticeFactory(recipient=central_admin, **after_midnight)
    OutgoingMailFactory(recipient=chiang_mai_officer, **after_midnight)

    for path in ("/notices/?export=csv", "/outbox/?export=csv"):
        assert "2 ต.ค. 2569" in text_of(admin, path)


def test_the_list_tells_read_from_unread_and_filters(mentor, chiang_mai_officer):
    NoticeFactory(recipient=chiang_mai_officer, text="เรื่องแรก", kind=NoticeKind.CASE)
    read = NoticeFactory(recipient=chiang_mai_officer, text="เรื่องสอง", kind=NoticeKind.JOB)
    mentor.get(f"/notices/{read.pk}/")

    page = text_of(mentor, "/notices/")
    assert page.count('<li class="unread">') == 1
    assert "อ่านแล้วทั้งหมด 1 เรื่อง" in page
    assert "เรื่องสอง" not in text_of(mentor, "/notices/?state=unread")
    assert "เรื่องแรก" not in text_of(mentor, "/notices/?kind=job")
    assert "เรื่องแรก" in text_of(mentor, "/notices/?export=csv")


@pytest.mark.parametrize("kind", NoticeKind)
def test_a_notice_of_every_kind_is_listed(kind, mentor, chiang_mai_officer):
    NoticeFactory(recipient=chiang_mai_officer, kind=kind)

    rows = mentor.get("/notices/").context["rows"]

    assert [row.kind for row in rows] == [str(kind.label)]


def test_all_are_marked_read_at_once(mentor, chiang_mai_officer):
    newest = max(one.pk for one in NoticeFactory.create_batch(3, recipient=chiang_mai_officer))

    response = mentor.post("/notices/read/", {"newest": newest}, follow=True)

    assert "อ่านแล้ว 3 เรื่อง" in response.content.decode()
    assert '<li class="unread">' not in response.content.decode()


@pytest.mark.parametrize("newest", ["", "x", "9" * 30, "-1"])
def test_a_forged_end_of_the_list_marks_nothing(newest, mentor, chiang_mai_officer):
    NoticeFactory(recipient=chiang_mai_officer)

    assert mentor.post("/notices/read/", {"newest": newest}).status_code == 302
    with open_scope(SYSTEM):
        assert Notice.objects.get().read_at is None


def test_a_text_is_shown_as_text(mentor, chiang_mai_officer):
    NoticeFactory(recipient=chiang_mai_officer, text="<b>หนา</b>")

    assert "&lt;b&gt;หนา&lt;/b&gt;" in text_of(mentor, "/notices/")


def test_what_comes_by_mail_is_chosen_on_the_own_page(mentor, chiang_mai_officer):
    response = mentor.post("/account/mail/", {"mail-wanted": ["case", "job"]}, follow=True)

    assert "บันทึกการแจ้งเตือนทางอีเมลแล้ว" in response.content.decode()
    user = User.objects.get(pk=chiang_mai_officer.pk)
    assert user.unmailed_kinds == ["mentoring", "month", "plan", "seminar"]


def test_an_unknown_kind_is_refused_and_nothing_changes(mentor, chiang_mai_officer):
    response = mentor.post("/account/mail/", {"mail-wanted": ["case", "nonsense"]})

    assert response.status_code == 422
    assert User.objects.get(pk=chiang_mai_officer.pk).unmailed_kinds == ["job"]


def test_the_outbox_filters(admin):
    OutgoingMailFactory(subject="ลอยไป", state=MailState.SENT)
    failed = OutgoingMailFactory(
        subject="ค้างอยู่", state=MailState.FAILED, failure="ตรวจที่อยู่", kind=NoticeKind.MONTH
    )

    for query in (
        "state=failed",
        "kind=month",
        "q=ค้าง",
        f"to={failed.recipient_id}",
        "state=failed&export=csv",
    ):
        text = text_of(admin, f"/outbox/?{query}")
        assert ("ค้างอยู่" in text, "ลอยไป" in text) == (True, False), query
    assert "ตรวจที่อยู่" in text_of(admin, f"/outbox/{failed.pk}/")


def test_a_failed_mail_is_sent_again_by_a_button(admin):
    mail = OutgoingMailFactory(state=MailState.FAILED, failure="ตรวจที่อยู่")

    response = admin.post(f"/outbox/{mail.pk}/resend/", follow=True)
    again = admin.post(f"/outbox/{mail.pk}/resend/", follow=True)

    assert f"กำลังส่งอีกครั้งถึง {mail.address}" in response.content.decode()
    assert "ส่งอีกครั้งได้เฉพาะอีเมลที่ส่งไม่สำเร็จ" in again.content.decode()


def test_no_page_or_file_of_the_outbox_shows_a_link_that_opens_an_account(admin, chiang_mai):
    """The administrator sees it once, on the page after inviting, and nobody later."""
    person = UserFactory(province=chiang_mai, email="new@example.go.th", password=None)
    page = admin.post(f"/people/{person.pk}/invite/", follow=True).content.decode()
    token = page.partition("/invitations/")[2].partition("/")[0]
    with open_scope(SYSTEM):
        mail = OutgoingMail.objects.get(recipient=person)

    pages = [
        text_of(admin, path) for path in (f"/outbox/{mail.pk}/", "/outbox/", "/outbox/?export=csv")
    ]

    assert len(token) >= 32
    assert Invitation.objects.filter(user=person).exists()
    assert [token in page for page in pages] == [False] * 3
    assert "ลิงก์เฉพาะผู้รับ ไม่แสดงที่นี่" in pages[0]


@pytest.mark.parametrize("count", [0, 2])
def test_the_home_of_the_administrator_tells_of_failed_mail(count, admin):
    OutgoingMailFactory.create_batch(count, state=MailState.FAILED)

    home = text_of(admin, "/")

    assert ("ดู 2 ฉบับ" in home) is (count == 2)
    assert ("ไม่มีอีเมลที่ค้าง" in home) is (count == 0)
