"""One case through its steps, and who sees what of it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from tests.factories import CaseClientFactory, CaseFactory
from tests.volunteer_network.views.cases.case_pages import text_of
from volunteer_network.access.scope import open_scope
from volunteer_network.enums import CaseState, Category, Escalation
from volunteer_network.models import AuditEvent, Case

WHY = "โทรนัดมาให้ถ้อยคำพรุ่งนี้"


def test_an_officer_takes_a_case_on_answers_it_and_the_mentor_brings_it_home(
    sign_in, mentor, officer
):
    case = CaseFactory(opened_by=mentor)
    CaseClientFactory(case=case)
    client = sign_in(officer)

    page = text_of(client.get(case.get_absolute_url()))
    assert "เห็นได้เมื่อรับเรื่องแล้ว" in page
    client.post(f"{case.get_absolute_url()}accept/", {"version": case.version})
    revealed = text_of(client.post(f"{case.get_absolute_url()}reveal/", {"reason": WHY}))
    assert "ป้าสมใจ" in revealed
    assert "081 234 5678" in revealed
    assert "ป้าสมใจ" not in text_of(client.get(case.get_absolute_url()))
    closed = client.post(
        f"{case.get_absolute_url()}close/",
        {"version": 2, "outcome": "served", "text": "ได้งานแล้ว"},
        follow=True,
    )
    assert "ตอบผลแล้ว" in text_of(closed)

    client = sign_in(mentor)
    told = text_of(client.get(f"{case.get_absolute_url()}tell/"))
    assert "ได้งานแล้ว" in told
    assert f"tel:{case.volunteer.phone}" in told
    client.post(f"{case.get_absolute_url()}tell/", {"version": 3, "text": ""})
    story = text_of(client.get(case.volunteer.get_absolute_url()))
    assert "เรื่องที่แจ้ง: ได้รับบริการแล้ว ในวันเดียว" in story


def test_who_is_next_and_until_when_stands_on_the_page(sign_in, mentor):
    case = CaseFactory(opened_by=mentor, due_on=timezone.localdate() + timedelta(days=2))

    page = text_of(sign_in(mentor).get(case.get_absolute_url()))

    assert "รอสำนักงานจัดหางานจังหวัดเชียงใหม่รับเรื่อง" in page
    assert "เหลือ 2 วัน" in page


def test_the_second_tab_gets_the_conflict_in_words_and_keeps_what_was_typed(
    sign_in, mentor, officer
):
    case = CaseFactory(opened_by=mentor)
    client = sign_in(officer)
    client.post(f"{case.get_absolute_url()}accept/", {"version": 1})

    late = client.post(
        f"{case.get_absolute_url()}decline/", {"version": 1, "reason": "other", "text": "ส่งผิดที่"}
    )

    page = text_of(late)
    assert late.status_code == 422
    assert f"{officer} บันทึกรายการนี้ก่อน" in page
    assert "รับเรื่องแล้ว" in page
    assert "ส่งผิดที่" in page
    assert 'name="version" value="2"' in page


def test_a_move_that_is_not_ones_own_is_refused_in_words(sign_in, mentor):
    case = CaseFactory(opened_by=mentor)

    response = sign_in(mentor).post(f"{case.get_absolute_url()}accept/", {"version": 1})

    assert response.status_code == 422
    assert "เจ้าหน้าที่ของสำนักงานนั้นเป็นผู้ตอบ" in text_of(response)


def test_a_case_of_another_office_does_not_exist_for_an_officer(sign_in, officer):
    theirs = CaseFactory(topic=Category.SOCIAL_SECURITY)
    client = sign_in(officer)

    for path in ("", "accept/", "decline/", "progress/", "close/", "reveal/"):
        for ask in (client.get, client.post):
            assert ask(f"{theirs.get_absolute_url()}{path}").status_code == 404


def test_an_officer_lacks_what_belongs_to_the_province(sign_in, officer):
    case = CaseFactory()

    for path in ("refer/", "tell/", "withdraw/", "reopen/"):
        assert sign_in(officer).get(f"{case.get_absolute_url()}{path}").status_code == 403
    assert sign_in(officer).get("/cases/new/").status_code == 403


def test_the_centre_and_inspectors_read_without_the_contact(sign_in, central_officer, inspector):
    case = CaseFactory(state=CaseState.ACCEPTED)
    CaseClientFactory(case=case)

    for user in (central_officer, inspector):
        page = sign_in(user).get(case.get_absolute_url())
        assert page.status_code == 200
        assert not page.context["actions"]
        assert "ขอดู ต้องบอกเหตุ" not in text_of(page)
    asked = sign_in(central_officer).post(f"{case.get_absolute_url()}reveal/", {"reason": WHY})
    assert asked.status_code == 422
    assert "ส่วนกลางเห็นวิธีติดต่อได้เมื่อเรื่องเลยกำหนดมาถึงส่วนกลาง" in text_of(asked)
    assert sign_in(inspector).post(f"{case.get_absolute_url()}reveal/").status_code == 403


def test_the_centre_opens_the_contact_of_a_case_that_climbed_to_it(sign_in, central_officer):
    case = CaseFactory(state=CaseState.ACCEPTED, escalated_to=Escalation.CENTRE)
    CaseClientFactory(case=case)
    reveal = f"{case.get_absolute_url()}reveal/"

    page = text_of(sign_in(central_officer).get(case.get_absolute_url()))
    short = sign_in(central_officer).post(reveal, {"reason": "สั้น"})
    shown = text_of(sign_in(central_officer).post(reveal, {"reason": WHY}))

    assert "ขอดู ต้องบอกเหตุ" in page
    assert "ป้าสมใจ" not in page
    assert short.status_code == 422
    assert "ป้าสมใจ" in shown
    with open_scope(central_officer.scope):
        event = AuditEvent.objects.visible_to(central_officer).get(verb="case.client_revealed")
    assert (event.actor, event.detail["reason"]) == (central_officer.pk, WHY)


def test_an_erased_contact_says_when_and_is_asked_for_by_nobody(sign_in, mentor):
    case = CaseFactory(
        state=CaseState.TOLD,
        opened_by=mentor,
        contact_erased_at=datetime(2026, 11, 3, 2, 35, tzinfo=ZoneInfo("Asia/Bangkok")),
    )

    page = text_of(sign_in(mentor).get(case.get_absolute_url()))
    asked = sign_in(mentor).post(f"{case.get_absolute_url()}reveal/", {"reason": WHY})

    assert "ลบข้อมูลติดต่อแล้วเมื่อ 3 พ.ย. 2569" in page
    assert "ขอดู ต้องบอกเหตุ" not in page
    assert "ลบข้อมูลติดต่อของเรื่องนี้แล้ว" in text_of(asked)


@pytest.mark.parametrize(("by_volunteer", "informant"), [(True, "อสร."), (False, "ผู้แจ้ง")])
def test_the_answer_goes_to_whoever_brought_the_case(sign_in, mentor, by_volunteer, informant):
    case = CaseFactory(opened_by=mentor, state=CaseState.CLOSED)
    if not by_volunteer:
        with open_scope(mentor.scope):
            Case.objects.filter(pk=case.pk).update(volunteer=None)

    page = text_of(sign_in(mentor).get(case.get_absolute_url()))
    form = text_of(sign_in(mentor).get(f"{case.get_absolute_url()}tell/"))
    told = text_of(
        sign_in(mentor).post(f"{case.get_absolute_url()}tell/", {"version": 1}, follow=True)
    )

    assert f"แจ้งผลให้ {informant}</a>" in page
    assert f"<h1>แจ้งผลให้ {informant}</h1>" in form
    assert f"แจ้งผลให้ {informant} แล้ว" in told
    assert f"จบแล้ว ผลกลับถึง {informant}" in told


def test_looking_at_a_case_is_noted(sign_in, officer):
    case = CaseFactory()

    sign_in(officer).get(case.get_absolute_url())

    with open_scope(officer.scope):
        event = AuditEvent.objects.visible_to(officer).get(verb="case.viewed")
    assert (event.actor, event.target) == (officer.pk, str(case.pk))
