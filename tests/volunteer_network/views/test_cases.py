"""The pages of cases as mentor, head, partner officer and centre see them."""

import io
import uuid
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from python_calamine import CalamineWorkbook

from tests.factories import (
    ActivityFactory,
    CaseClientFactory,
    CaseFactory,
    UserFactory,
    VolunteerFactory,
)
from volunteer_network import case_entries
from volunteer_network.access.roles import Role
from volunteer_network.access.scope import Scope, ScopeRole, open_scope
from volunteer_network.enums import CaseState, Category, Escalation
from volunteer_network.models import AuditEvent, Case, Office
from volunteer_network.ui.registry import badges_for, tiles_for

HEADS_SCOPE = Scope(ScopeRole.PROVINCE, (50,), cleared=True)
WHY = "โทรนัดมาให้ถ้อยคำพรุ่งนี้"


@pytest.fixture
def mentor(chiang_mai_officer):
    return chiang_mai_officer


@pytest.fixture
def officer(chiang_mai):
    office = Office.objects.get(province=chiang_mai, agency="DOE")
    return UserFactory(role=Role.PARTNER_OFFICER, province=chiang_mai, office=office)


@pytest.fixture
def at(client):
    """`at(user)` is a browser in which that person is signed in."""

    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in


def typed(**changes):
    return {
        "topic": "labour_protection",
        "urgency": "normal",
        "need": "นายจ้างค้างค่าจ้าง 2 เดือน",
        "screening": "",
        "volunteer": "",
        "subdistrict": "ต.สุเทพ อ.เมืองเชียงใหม่",
        "is_anonymous": "",
        "called_name": "ป้าสมใจ",
        "phone": "081 234 5678",
        "sex": "female",
        "age_band": "adult",
        "nationality": "thai",
        "notice_given": "on",
        "activity": "",
        "submission": str(uuid.uuid4()),
        **changes,
    }


def text_of(response):
    return response.content.decode()


def rows_of(response):
    return [row.pk for row in response.context["rows"]]


# Opening


def test_three_clicks_from_an_activity_to_the_office(at, mentor, chiang_mai):
    activity = ActivityFactory(
        volunteer=VolunteerFactory(province=chiang_mai), category=Category.SOCIAL_SECURITY
    )
    client = at(mentor)

    page = text_of(client.get(activity.get_absolute_url()))
    assert f"/cases/new/?activity={activity.pk}" in page
    form = client.get(f"/cases/new/?activity={activity.pk}")
    assert "สำนักงานประกันสังคมจังหวัดเชียงใหม่" in text_of(form)
    assert 'value="social_security" selected' in text_of(form)
    sent = client.post(
        "/cases/new/",
        typed(topic="social_security", activity=activity.pk, volunteer=activity.volunteer_id),
        follow=True,
    )

    case = sent.context["case"]
    assert (case.activity_id, case.state) == (activity.pk, CaseState.REFERRED)
    assert "ต้องตอบรับภายใน" in text_of(sent)
    assert case.get_absolute_url() in text_of(client.get(activity.get_absolute_url()))


def test_the_office_and_the_day_appear_by_topic(at, mentor):
    address = "/cases/new/route/?topic=vocational_training&urgency=urgent"
    answer = text_of(at(mentor).get(address, headers={"HX-Request": "true"}))

    assert "พัฒนาฝีมือแรงงาน" in answer
    assert "15 วัน" in answer
    assert "<html" not in answer


@pytest.mark.parametrize("topic", ["", "public_information", "no-such-topic"])
def test_no_route_for_what_is_no_topic(at, mentor, topic):
    address = f"/cases/new/route/?topic={topic}"
    assert "เลือกเรื่องแล้ว" in text_of(at(mentor).get(address, headers={"HX-Request": "true"}))


def test_the_route_as_a_page_is_the_form(at, mentor):
    response = at(mentor).get("/cases/new/route/?topic=safety")

    assert response.headers["Location"] == "/cases/new/?topic=safety"


def test_a_wrong_form_comes_back_with_everything_typed(at, mentor):
    response = at(mentor).post("/cases/new/", typed(notice_given="", topic=""))

    page = text_of(response)
    assert response.status_code == 422
    assert "นายจ้างค้างค่าจ้าง 2 เดือน" in page
    assert "ป้าสมใจ" in page


def test_the_missing_tick_is_marked_at_its_field(at, mentor):
    response = at(mentor).post("/cases/new/", typed(notice_given=""))

    assert "แจ้งประกาศความเป็นส่วนตัว" in str(response.context["form"].errors["notice_given"])


def test_it_can_be_kept_without_sending(at, mentor):
    sent = at(mentor).post("/cases/new/", typed(keep="1"), follow=True)

    assert sent.context["case"].state == CaseState.OPENED
    assert "เก็บเรื่อง" in text_of(sent)


def test_a_foreign_activity_or_volunteer_in_the_address_is_not_offered(at, mentor, songkhla):
    theirs = ActivityFactory(volunteer=VolunteerFactory(province=songkhla))

    page = text_of(at(mentor).get(f"/cases/new/?activity={theirs.pk}"))

    assert f'name="activity" value="{theirs.pk}"' not in page


def test_the_sender_of_trafficking_is_told_where_it_went_and_cannot_open_it(
    at, mentor, chiang_mai_head
):
    sent = at(mentor).post("/cases/new/", typed(topic="trafficking"), follow=True)

    assert sent.redirect_chain[0][0] == "/cases/"
    assert str(chiang_mai_head) in text_of(sent)
    with open_scope(HEADS_SCOPE):
        case = Case.objects.get()
    assert at(mentor).get(case.get_absolute_url()).status_code == 404
    assert at(chiang_mai_head).get(case.get_absolute_url()).status_code == 200


# The list


def test_the_most_overdue_stands_first_and_the_finished_last(at, mentor):
    today = timezone.localdate()
    finished = CaseFactory(opened_by=mentor, state=CaseState.TOLD, due_on=today)
    soon = CaseFactory(opened_by=mentor, due_on=today + timedelta(days=1))
    late = CaseFactory(opened_by=mentor, due_on=today - timedelta(days=9))

    response = at(mentor).get("/cases/")

    assert rows_of(response) == [late.pk, soon.pk, finished.pk]
    assert "เลยกำหนด 9 วัน" in text_of(response)


def filtered(client, query):
    return rows_of(client.get(f"/cases/?{query}"))


def test_filters_narrow_the_list(at, mentor, chiang_mai):
    today = timezone.localdate()
    mine = CaseFactory(opened_by=mentor, state=CaseState.CLOSED, need="ขอฝึกช่างเชื่อม", number=12)
    others = CaseFactory(topic=Category.SOCIAL_SECURITY, due_on=today - timedelta(days=1))
    client = at(mentor)

    assert filtered(client, "mine=sent") == [mine.pk]
    assert filtered(client, "mine=waiting") == [mine.pk]
    assert filtered(client, "overdue=1") == [others.pk]
    assert filtered(client, "state=closed") == [mine.pk]
    assert filtered(client, "topic=social_security") == [others.pk]
    assert filtered(client, "agency=SSO") == [others.pk]
    assert filtered(client, "q=ช่างเชื่อม") == [mine.pk]
    assert filtered(client, "q=50-2570/0012") == [mine.pk]
    assert filtered(client, f"volunteer={others.volunteer_id}") == [others.pk]
    assert set(filtered(client, f"month={today.replace(day=1)}")) == {mine.pk, others.pk}


def test_a_mentor_waits_for_own_answers_and_the_own_office(mentor, chiang_mai_head):
    mine = CaseFactory(opened_by=mentor, state=CaseState.DECLINED)
    ours = CaseFactory(topic=Category.INFORMAL_WORKERS)
    climbed = CaseFactory(escalated_to=Escalation.HEAD)
    CaseFactory()

    with open_scope(mentor.scope):
        assert set(Case.objects.waiting_for(mentor)) == {mine, ours}
    with open_scope(chiang_mai_head.scope):
        assert set(Case.objects.waiting_for(chiang_mai_head)) == {ours, climbed}


def test_the_centre_waits_for_what_climbed_to_it(central_officer):
    CaseFactory(escalated_to=Escalation.HEAD)
    climbed = CaseFactory(escalated_to=Escalation.CENTRE)

    with open_scope(central_officer.scope):
        assert list(Case.objects.waiting_for(central_officer)) == [climbed]


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_a_file_holds_no_contact(at, mentor, officer, form):
    case = CaseFactory(opened_by=mentor, state=CaseState.ACCEPTED)
    CaseClientFactory(case=case)

    for user in (mentor, officer):
        file = b"".join(at(user).get(f"/cases/?export={form}"))
        text = in_cells(file) if form == "xlsx" else file.decode("utf-8-sig")
        assert case.code in text
        assert "สมใจ" not in text
        assert "0812345678" not in text
        assert (case.volunteer.last_name in text) == (user is mentor)


def in_cells(file):
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(file)).get_sheet_by_index(0)
    return " ".join(str(cell) for row in sheet.to_python() for cell in row)


def test_the_filter_does_not_offer_what_one_may_not_know(at, mentor, chiang_mai_head):
    assert "trafficking" not in text_of(at(mentor).get("/cases/"))
    assert "trafficking" in text_of(at(chiang_mai_head).get("/cases/"))


def test_an_office_is_offered_neither_volunteers_nor_places_of_others(at, officer):
    CaseFactory()

    response = at(officer).get("/cases/?province=50&volunteer=1&agency=SSO")

    assert response.status_code == 200
    assert len(rows_of(response)) == 1
    assert not {"province", "volunteer", "agency"} & response.context["filters"].fields.keys()


# One case


def test_an_officer_takes_a_case_on_answers_it_and_the_mentor_brings_it_home(at, mentor, officer):
    case = CaseFactory(opened_by=mentor)
    CaseClientFactory(case=case)
    client = at(officer)

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

    client = at(mentor)
    told = text_of(client.get(f"{case.get_absolute_url()}tell/"))
    assert "ได้งานแล้ว" in told
    assert f"tel:{case.volunteer.phone}" in told
    client.post(f"{case.get_absolute_url()}tell/", {"version": 3, "text": ""})
    story = text_of(client.get(case.volunteer.get_absolute_url()))
    assert "เรื่องที่แจ้ง: ได้รับบริการแล้ว ในวันเดียว" in story


def test_who_is_next_and_until_when_stands_on_the_page(at, mentor):
    case = CaseFactory(opened_by=mentor, due_on=timezone.localdate() + timedelta(days=2))

    page = text_of(at(mentor).get(case.get_absolute_url()))

    assert "รอสำนักงานจัดหางานจังหวัดเชียงใหม่รับเรื่อง" in page
    assert "เหลือ 2 วัน" in page


def test_the_second_tab_gets_the_conflict_in_words_and_keeps_what_was_typed(at, mentor, officer):
    case = CaseFactory(opened_by=mentor)
    client = at(officer)
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


def test_a_move_that_is_not_ones_own_is_refused_in_words(at, mentor):
    case = CaseFactory(opened_by=mentor)

    response = at(mentor).post(f"{case.get_absolute_url()}accept/", {"version": 1})

    assert response.status_code == 422
    assert "เจ้าหน้าที่ของสำนักงานนั้นเป็นผู้ตอบ" in text_of(response)


def test_a_case_of_another_office_does_not_exist_for_an_officer(at, officer):
    theirs = CaseFactory(topic=Category.SOCIAL_SECURITY)
    client = at(officer)

    for path in ("", "accept/", "decline/", "progress/", "close/", "reveal/"):
        for ask in (client.get, client.post):
            assert ask(f"{theirs.get_absolute_url()}{path}").status_code == 404


def test_an_officer_lacks_what_belongs_to_the_province(at, officer):
    case = CaseFactory()

    for path in ("refer/", "tell/", "withdraw/", "reopen/"):
        assert at(officer).get(f"{case.get_absolute_url()}{path}").status_code == 403
    assert at(officer).get("/cases/new/").status_code == 403


def test_the_centre_and_inspectors_read_without_the_contact(at, central_officer, inspector):
    case = CaseFactory(state=CaseState.ACCEPTED)
    CaseClientFactory(case=case)

    for user in (central_officer, inspector):
        page = at(user).get(case.get_absolute_url())
        assert page.status_code == 200
        assert not page.context["actions"]
        assert "ขอดู ต้องบอกเหตุ" not in text_of(page)
    asked = at(central_officer).post(f"{case.get_absolute_url()}reveal/", {"reason": WHY})
    assert asked.status_code == 422
    assert "ส่วนกลางเห็นวิธีติดต่อได้เมื่อเรื่องเลยกำหนดมาถึงส่วนกลาง" in text_of(asked)
    assert at(inspector).post(f"{case.get_absolute_url()}reveal/").status_code == 403


def test_the_centre_opens_the_contact_of_a_case_that_climbed_to_it(at, central_officer):
    case = CaseFactory(state=CaseState.ACCEPTED, escalated_to=Escalation.CENTRE)
    CaseClientFactory(case=case)
    reveal = f"{case.get_absolute_url()}reveal/"

    page = text_of(at(central_officer).get(case.get_absolute_url()))
    short = at(central_officer).post(reveal, {"reason": "สั้น"})
    shown = text_of(at(central_officer).post(reveal, {"reason": WHY}))

    assert "ขอดู ต้องบอกเหตุ" in page
    assert "ป้าสมใจ" not in page
    assert short.status_code == 422
    assert "ป้าสมใจ" in shown
    with open_scope(central_officer.scope):
        event = AuditEvent.objects.visible_to(central_officer).get(verb="case.client_revealed")
    assert (event.actor, event.detail["reason"]) == (central_officer.pk, WHY)


def test_an_erased_contact_says_when_and_is_asked_for_by_nobody(at, mentor):
    case = CaseFactory(
        state=CaseState.TOLD,
        opened_by=mentor,
        contact_erased_at=datetime(2026, 11, 3, 2, 35, tzinfo=ZoneInfo("Asia/Bangkok")),
    )

    page = text_of(at(mentor).get(case.get_absolute_url()))
    asked = at(mentor).post(f"{case.get_absolute_url()}reveal/", {"reason": WHY})

    assert "ลบข้อมูลติดต่อแล้วเมื่อ 3 พ.ย. 2569" in page
    assert "ขอดู ต้องบอกเหตุ" not in page
    assert "ลบข้อมูลติดต่อของเรื่องนี้แล้ว" in text_of(asked)


@pytest.mark.parametrize(("by_volunteer", "informant"), [(True, "อสร."), (False, "ผู้แจ้ง")])
def test_the_answer_goes_to_whoever_brought_the_case(at, mentor, by_volunteer, informant):
    case = CaseFactory(opened_by=mentor, state=CaseState.CLOSED)
    if not by_volunteer:
        with open_scope(mentor.scope):
            Case.objects.filter(pk=case.pk).update(volunteer=None)

    page = text_of(at(mentor).get(case.get_absolute_url()))
    form = text_of(at(mentor).get(f"{case.get_absolute_url()}tell/"))
    told = text_of(at(mentor).post(f"{case.get_absolute_url()}tell/", {"version": 1}, follow=True))

    assert f"แจ้งผลให้ {informant}</a>" in page
    assert f"<h1>แจ้งผลให้ {informant}</h1>" in form
    assert f"แจ้งผลให้ {informant} แล้ว" in told
    assert f"จบแล้ว ผลกลับถึง {informant}" in told


def test_looking_at_a_case_is_noted(at, officer):
    case = CaseFactory()

    at(officer).get(case.get_absolute_url())

    with open_scope(officer.scope):
        event = AuditEvent.objects.visible_to(officer).get(verb="case.viewed")
    assert (event.actor, event.target) == (officer.pk, str(case.pk))


# What else shows cases


def test_trafficking_shows_nowhere_to_a_mentor_and_everywhere_to_a_head(
    at, mentor, chiang_mai_head, chiang_mai
):
    volunteer = VolunteerFactory(province=chiang_mai)
    case = CaseFactory(
        volunteer=volunteer,
        topic=Category.TRAFFICKING,
        need="พบแรงงานถูกยึดเอกสาร",
        keeper=chiang_mai_head,
        opened_by=mentor,
        due_on=timezone.localdate() - timedelta(days=1),
    )
    paths = (
        "/",
        "/cases/",
        "/cases/?mine=sent",
        "/cases/?export=csv",
        volunteer.get_absolute_url(),
    )

    for user, shown in ((mentor, False), (chiang_mai_head, True)):
        for path in paths[1:]:
            response = at(user).get(path)
            text = b"".join(response).decode() if response.streaming else text_of(response)
            wanted = shown and "mine=sent" not in path
            assert (case.code in text or f"/cases/{case.pk}/" in text) == wanted, path
        with open_scope(user.scope):
            assert bool(case_entries.find(user, "ยึดเอกสาร", 5)) == shown
            assert case_entries.waiting(user) == shown
            tiles = {tile.title: tile.figures.number for tile in tiles_for(user)}
            assert ("เรื่องส่งต่อเลยกำหนด" in tiles) == shown


def test_the_home_of_a_partner_officer_says_what_waits(at, officer):
    today = timezone.localdate()
    CaseFactory(due_on=today + timedelta(days=1))
    CaseFactory(state=CaseState.ACCEPTED, due_on=today + timedelta(days=4))
    CaseFactory(state=CaseState.CLOSED)
    CaseFactory(state=CaseState.IN_PROGRESS, due_on=today - timedelta(days=2))

    page = at(officer).get("/")

    assert page.context["turn"].figures.number == 1
    numbers = [tile.figures.number for tile in page.context["tiles"]]
    assert numbers == [1, 1, 1]
    assert "ตอบรับ 1 เรื่อง" in text_of(page)


def test_the_home_of_an_office_without_cases_is_calm(at, officer):
    page = at(officer).get("/")

    assert "วันนี้ไม่มีงานค้าง" in text_of(page)


def test_a_mentor_is_shown_answers_that_have_not_come_home(at, mentor):
    CaseFactory(opened_by=mentor, state=CaseState.CLOSED)

    assert "แจ้งผล 1 เรื่อง" in text_of(at(mentor).get("/"))


def test_the_badge_counts_what_waits(officer):
    CaseFactory.create_batch(2)
    CaseFactory(state=CaseState.TOLD)

    with open_scope(officer.scope):
        assert badges_for(officer)["cases:list"] == 2


def test_open_cases_stand_beside_the_volunteer(at, mentor):
    case = CaseFactory(opened_by=mentor)
    CaseFactory(volunteer=case.volunteer, state=CaseState.WITHDRAWN, topic=Category.OTHER)

    page = text_of(at(mentor).get(case.volunteer.get_absolute_url()))

    assert "เรื่องส่งต่อที่ยังเปิด" in page
    assert f"/cases/new/?volunteer={case.volunteer_id}" in page


def test_an_activity_with_a_case_stays_and_says_why(at, mentor, chiang_mai):
    activity = ActivityFactory(volunteer=VolunteerFactory(province=chiang_mai))
    CaseFactory(volunteer=activity.volunteer, activity=activity)

    response = at(mentor).post(f"{activity.get_absolute_url()}remove/", follow=True)

    assert "มีเรื่องส่งต่อที่อ้างกิจกรรมนี้" in text_of(response)


@pytest.mark.parametrize("words", ["50-2570/0007", "ช่างเชื่อม"])
def test_search_finds_a_case_by_number_and_by_words(mentor, officer, words):
    case = CaseFactory(opened_by=mentor, need="ขอฝึกช่างเชื่อม", number=7)

    for user in (mentor, officer):
        with open_scope(user.scope):
            (hit,) = case_entries.find(user, words, 5)
        assert hit.href == case.get_absolute_url()
