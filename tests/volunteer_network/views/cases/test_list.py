"""The list of cases, its filters and files, and the other pages that show cases."""

import io
from datetime import timedelta

import pytest
from django.utils import timezone
from python_calamine import CalamineWorkbook

from tests.factories import ActivityFactory, CaseClientFactory, CaseFactory, VolunteerFactory
from tests.volunteer_network.views.cases.case_pages import text_of
from volunteer_network import case_entries
from volunteer_network.access.scope import open_scope
from volunteer_network.enums import CaseState, Category, Escalation
from volunteer_network.models import Case
from volunteer_network.ui.registry import badges_for, tiles_for


def rows_of(response):
    return [row.pk for row in response.context["rows"]]


# The list


def test_the_most_overdue_stands_first_and_the_finished_last(sign_in, mentor):
    today = timezone.localdate()
    finished = CaseFactory(opened_by=mentor, state=CaseState.TOLD, due_on=today)
    soon = CaseFactory(opened_by=mentor, due_on=today + timedelta(days=1))
    late = CaseFactory(opened_by=mentor, due_on=today - timedelta(days=9))

    response = sign_in(mentor).get("/cases/")

    assert rows_of(response) == [late.pk, soon.pk, finished.pk]
    assert "เลยกำหนด 9 วัน" in text_of(response)


def filtered(client, query):
    return rows_of(client.get(f"/cases/?{query}"))


def test_filters_narrow_the_list(sign_in, mentor, chiang_mai):
    today = timezone.localdate()
    mine = CaseFactory(opened_by=mentor, state=CaseState.CLOSED, need="ขอฝึกช่างเชื่อม", number=12)
    others = CaseFactory(topic=Category.SOCIAL_SECURITY, due_on=today - timedelta(days=1))
    client = sign_in(mentor)

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
def test_a_file_holds_no_contact(sign_in, mentor, officer, form):
    case = CaseFactory(opened_by=mentor, state=CaseState.ACCEPTED)
    CaseClientFactory(case=case)

    for user in (mentor, officer):
        file = b"".join(sign_in(user).get(f"/cases/?export={form}"))
        text = in_cells(file) if form == "xlsx" else file.decode("utf-8-sig")
        assert case.code in text
        assert "สมใจ" not in text
        assert "0812345678" not in text
        assert (case.volunteer.last_name in text) == (user is mentor)


def in_cells(file):
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(file)).get_sheet_by_index(0)
    return " ".join(str(cell) for row in sheet.to_python() for cell in row)


def test_the_filter_does_not_offer_what_one_may_not_know(sign_in, mentor, chiang_mai_head):
    assert "trafficking" not in text_of(sign_in(mentor).get("/cases/"))
    assert "trafficking" in text_of(sign_in(chiang_mai_head).get("/cases/"))


def test_an_office_is_offered_neither_volunteers_nor_places_of_others(sign_in, officer):
    CaseFactory()

    response = sign_in(officer).get("/cases/?province=50&volunteer=1&agency=SSO")

    assert response.status_code == 200
    assert len(rows_of(response)) == 1
    assert not {"province", "volunteer", "agency"} & response.context["filters"].fields.keys()


# What else shows cases


def test_trafficking_shows_nowhere_to_a_mentor_and_everywhere_to_a_head(
    sign_in, mentor, chiang_mai_head, chiang_mai
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
            response = sign_in(user).get(path)
            text = b"".join(response).decode() if response.streaming else text_of(response)
            wanted = shown and "mine=sent" not in path
            assert (case.code in text or f"/cases/{case.pk}/" in text) == wanted, path
        with open_scope(user.scope):
            assert bool(case_entries.find(user, "ยึดเอกสาร", 5)) == shown
            assert case_entries.waiting(user) == shown
            tiles = {tile.title: tile.figures.number for tile in tiles_for(user)}
            assert ("เรื่องส่งต่อเลยกำหนด" in tiles) == shown


def test_the_home_of_a_partner_officer_says_what_waits(sign_in, officer):
    today = timezone.localdate()
    CaseFactory(due_on=today + timedelta(days=1))
    CaseFactory(state=CaseState.ACCEPTED, due_on=today + timedelta(days=4))
    CaseFactory(state=CaseState.CLOSED)
    CaseFactory(state=CaseState.IN_PROGRESS, due_on=today - timedelta(days=2))

    page = sign_in(officer).get("/")

    assert page.context["turn"].figures.number == 1
    numbers = [tile.figures.number for tile in page.context["tiles"]]
    assert numbers == [1, 1, 1]
    assert "ตอบรับ 1 เรื่อง" in text_of(page)


def test_the_home_of_an_office_without_cases_is_calm(sign_in, officer):
    page = sign_in(officer).get("/")

    assert "วันนี้ไม่มีงานค้าง" in text_of(page)


def test_a_mentor_is_shown_answers_that_have_not_come_home(sign_in, mentor):
    CaseFactory(opened_by=mentor, state=CaseState.CLOSED)

    assert "แจ้งผล 1 เรื่อง" in text_of(sign_in(mentor).get("/"))


def test_the_badge_counts_what_waits(officer):
    CaseFactory.create_batch(2)
    CaseFactory(state=CaseState.TOLD)

    with open_scope(officer.scope):
        assert badges_for(officer)["cases:list"] == 2


def test_open_cases_stand_beside_the_volunteer(sign_in, mentor):
    case = CaseFactory(opened_by=mentor)
    CaseFactory(volunteer=case.volunteer, state=CaseState.WITHDRAWN, topic=Category.OTHER)

    page = text_of(sign_in(mentor).get(case.volunteer.get_absolute_url()))

    assert "เรื่องส่งต่อที่ยังเปิด" in page
    assert f"/cases/new/?volunteer={case.volunteer_id}" in page


def test_an_activity_with_a_case_stays_and_says_why(sign_in, mentor, chiang_mai):
    activity = ActivityFactory(volunteer=VolunteerFactory(province=chiang_mai))
    CaseFactory(volunteer=activity.volunteer, activity=activity)

    response = sign_in(mentor).post(f"{activity.get_absolute_url()}remove/", follow=True)

    assert "มีเรื่องส่งต่อที่อ้างกิจกรรมนี้" in text_of(response)


@pytest.mark.parametrize("words", ["50-2570/0007", "ช่างเชื่อม"])
def test_search_finds_a_case_by_number_and_by_words(mentor, officer, words):
    case = CaseFactory(opened_by=mentor, need="ขอฝึกช่างเชื่อม", number=7)

    for user in (mentor, officer):
        with open_scope(user.scope):
            (hit,) = case_entries.find(user, words, 5)
        assert hit.href == case.get_absolute_url()
