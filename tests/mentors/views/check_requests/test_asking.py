"""Asking from the list, answering, and who may."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from mentors.enums import CheckState
from mentors.models import CheckRequest
from tests.factories import (
    ActivityFactory,
    CheckRequestFactory,
    MonthReportFactory,
    UserFactory,
    VolunteerFactory,
)
from tests.mentors.views.check_requests.pages import LIST, text_of
from volunteer_network.access.roles import Role
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.services.figures import fold_figures

DAY = date(2026, 11, 20)


@pytest.fixture
def activity(volunteer, chiang_mai_officer):
    return ActivityFactory(
        volunteer=volunteer, recorded_by=chiang_mai_officer, on_date=DAY, people_female=400
    )


def asking(activity, back=""):
    address = reverse("check-requests:create", args=[activity.pk])
    return f"{address}?back={back}" if back else address


def confirming(asked):
    return reverse("check-requests:confirm", args=[asked.pk])


def withdrawing(asked):
    return reverse("check-requests:withdraw", args=[asked.pk])


def now(asked):
    with open_scope(NATION):
        return CheckRequest.objects.get(pk=asked.pk)


def said(response):
    return [str(message) for message in response.context["messages"]]


def test_from_the_list_and_back_to_the_row(sign_in, activity, central_officer):
    client = sign_in(central_officer)
    row = client.get(f"{LIST}?province=50").context["rows"][0]
    assert row.ask_href == asking(activity, "%2Factivities%2F%3Fprovince%3D50")

    form = client.get(row.ask_href)
    data = {"reason": "too_high", "words": "ใบลงชื่อมี 40 คน", "version": 1}
    answer = client.post(row.ask_href, data)

    assert form.status_code == 200
    assert answer.url == f"{LIST}?province=50#activity-{activity.pk}"
    there = client.get(f"{LIST}?province=50")
    assert said(there) == [f"ขอให้ {activity.recorded_by} ตรวจสอบแล้ว"]
    row = there.context["rows"][0]
    assert (row.note.words, row.note.detail, row.ask_href) == ("รอตรวจสอบ", "จำนวนสูงผิดปกติ", "")


def test_a_way_back_that_leads_elsewhere_is_not_taken(sign_in, activity, central_officer):
    client = sign_in(central_officer)

    answer = client.post(
        asking(activity, "https://evil.example/"), {"reason": "no_proof", "version": 1}
    )

    assert answer.url == f"{activity.get_absolute_url()}#activity-{activity.pk}"


def test_what_is_wrong_is_said_in_the_form(sign_in, activity, central_officer):
    client = sign_in(central_officer)

    empty = client.post(asking(activity), {"version": 1})
    other = client.post(asking(activity), {"reason": "other", "words": " ", "version": 1})
    stale = client.post(asking(activity), {"reason": "no_proof", "words": "ภาพ", "version": 7})

    assert [page.status_code for page in (empty, other, stale)] == [422] * 3
    assert "reason" in empty.context["form"].errors
    assert "words" in other.context["form"].errors
    assert "เพิ่งถูกแก้" in text_of(stale)
    assert 'value="ภาพ"' in text_of(stale)


def test_the_reason_that_is_likely_is_chosen(sign_in, volunteer, activity, central_officer):
    for month in (9, 10):
        ActivityFactory(volunteer=volunteer, on_date=date(2026, month, 5))
    twin, _other = (
        ActivityFactory(volunteer=volunteer, on_date=date(2026, 11, 4), people_female=4)
        for _ in range(2)
    )
    fold_figures()
    client = sign_in(central_officer)

    high, double = client.get(asking(activity)), client.get(asking(twin))

    assert high.context["form"].initial["reason"] == "too_high"
    assert "เท่าของคนนี้" in text_of(high)
    assert double.context["form"].initial["reason"] == "duplicate"


@pytest.mark.parametrize(
    ("role", "ask", "confirm", "withdraw"),
    [
        (Role.CENTRAL_OFFICER, 200, 403, 200),
        (Role.PROVINCIAL_HEAD, 200, 200, 200),
        (Role.MENTOR, 403, 200, 403),
        (Role.INSPECTOR, 403, 403, 403),
        (Role.EXECUTIVE, 403, 403, 403),
    ],
)
def test_who_may(sign_in, activity, role, ask, confirm, withdraw):
    asked = CheckRequestFactory(activity=activity)
    regions = [15] if role == Role.INSPECTOR else []
    client = sign_in(UserFactory(role=role, inspection_regions=regions))

    statuses = [
        client.get(url).status_code
        for url in (asking(activity), confirming(asked), withdrawing(asked))
    ]

    assert statuses == [ask, confirm, withdraw]


def test_of_another_province_there_is_no_question(sign_in, activity, songkhla):
    asked = CheckRequestFactory(activity=activity)
    head = UserFactory(role=Role.PROVINCIAL_HEAD, province=songkhla)
    client = sign_in(head)

    for url in (asking(activity), confirming(asked), withdrawing(asked)):
        assert client.get(url).status_code == client.post(url).status_code == 404
    assert client.get(f"{LIST}?check=open").context["noted"] == []


def test_the_mentor_finds_it_and_answers(sign_in, activity, chiang_mai_officer):
    asked = CheckRequestFactory(activity=activity, words="ใบลงชื่อมี 40 คน")
    client = sign_in(chiang_mai_officer)

    home = client.get("/")
    tiles = [*home.context["tiles"], home.context["turn"]]
    tile = next(one for one in tiles if one and str(one.title) == "รายการที่ขอให้ตรวจสอบ").figures
    page = client.get(tile.href)
    refused = client.post(confirming(asked), {"answer": ""})
    answer = client.post(confirming(asked), {"answer": "ใบลงชื่อ 400 คน"})

    assert (tile.number, tile.href) == (1, f"{activity.get_absolute_url()}#checks")
    assert "ใบลงชื่อมี 40 คน" in text_of(page)
    assert confirming(asked) in text_of(page)
    assert reverse("activities:update", args=[activity.pk]) in text_of(page)
    assert refused.status_code == 422
    assert answer.url == activity.get_absolute_url()
    after = text_of(client.get(answer.url))
    assert "ใบลงชื่อ 400 คน" in after
    assert confirming(asked) not in after


def test_of_several_the_tile_leads_to_the_list_of_them(
    sign_in, volunteer, chiang_mai_officer, chiang_mai
):
    mine = [ActivityFactory(volunteer=volunteer, recorded_by=chiang_mai_officer) for _ in range(2)]
    others = ActivityFactory(volunteer=volunteer, recorded_by=UserFactory(province=chiang_mai))
    for one in (*mine, others):
        CheckRequestFactory(activity=one)
    client = sign_in(chiang_mai_officer)

    page = client.get(f"{LIST}?check=mine")

    assert f'href="{LIST}?check=mine"' in text_of(client.get("/"))
    assert {row.pk for row in page.context["rows"]} == {one.pk for one in mine}


def test_a_correction_is_told_in_the_list_and_counted(sign_in, activity, chiang_mai_officer):
    asked = CheckRequestFactory(activity=activity)
    client = sign_in(chiang_mai_officer)
    form = client.get(reverse("activities:update", args=[activity.pk])).context["form"]
    data = {
        "volunteer": activity.volunteer_id,
        "on_date": "20 พ.ย. 2569",
        "category": activity.category,
        "kind": activity.kind,
        "people_male": 2,
        "people_female": 40,
        "version": form["version"].value(),
    }

    answer = client.post(reverse("activities:update", args=[activity.pk]), data)

    assert answer.status_code == 302
    assert now(asked).state == CheckState.CORRECTED
    page = client.get(f"{LIST}?month=2026-11-01")
    assert [(one.label, one.number, one.href) for one in page.context["noted"]] == [
        ("มีรายการที่ขอให้ตรวจสอบ", 1, ""),
        ("แก้แล้ว", 1, "?month=2026-11-01&check=corrected"),
    ]
    assert page.context["rows"][0].note.detail == "หญิง 400 → 40"
    assert "หญิง 400 → 40" in text_of(client.get(activity.get_absolute_url()))


def test_the_counts_are_of_what_the_filters_name(sign_in, volunteer, central_officer, songkhla):
    def asked_on(day, who=volunteer, **details):
        activity = ActivityFactory(volunteer=who, on_date=day)
        return CheckRequestFactory(activity=activity, **details)

    done = {"settled_at": timezone.now(), "settled_by": central_officer}
    asked_on(date(2026, 11, 2))
    asked_on(date(2026, 11, 3), state=CheckState.CONFIRMED, answer="ถูก", **done)
    asked_on(date(2026, 11, 4), state=CheckState.WITHDRAWN, **done)
    gone = asked_on(date(2026, 11, 5), state=CheckState.REMOVED, **done)
    asked_on(date(2026, 10, 5))
    asked_on(date(2026, 11, 6), who=VolunteerFactory(province=songkhla))
    client = sign_in(central_officer)

    def counts(query):
        return {one.label: one.number for one in client.get(f"{LIST}?{query}").context["noted"]}

    assert counts("month=2026-11-01&province=50") == {
        "มีรายการที่ขอให้ตรวจสอบ": 3,
        "รอตรวจสอบ": 1,
        "ตรวจแล้วถูกต้อง": 1,
        "เอาออกจากบันทึกแล้ว": 1,
    }
    assert counts("month=2026-11-01")["มีรายการที่ขอให้ตรวจสอบ"] == 4
    assert counts("q=วัด") == {}
    assert counts("month=2026-09-01") == {}
    assert {row.pk for row in client.get(f"{LIST}?check=open").context["rows"]}.isdisjoint(
        {gone.activity_id}
    )


def test_taking_back_asks_first(sign_in, activity, chiang_mai_head):
    client = sign_in(chiang_mai_head)
    client.post(asking(activity), {"reason": "too_high", "version": 1})
    with open_scope(NATION):
        asked = CheckRequest.objects.get()

    question = client.get(withdrawing(asked))
    assert now(asked).is_open
    answer = client.post(withdrawing(asked), follow=True)

    assert question.status_code == 200
    assert now(asked).state == CheckState.WITHDRAWN
    assert said(answer) == ["ถอนคำขอให้ตรวจสอบแล้ว"]
    again = client.post(withdrawing(asked), follow=True)
    assert said(again) == [f"คำขอนี้จบแล้ว: ถอนคำขอแล้ว โดย {chiang_mai_head}"]


def test_a_closed_month_is_told_to_who_answers(sign_in, activity, chiang_mai_officer):
    CheckRequestFactory(activity=activity)
    client = sign_in(chiang_mai_officer)
    words = "เดือนนี้ปิดงวดแล้ว"
    assert words not in text_of(client.get(activity.get_absolute_url()))

    at = {f"{step}_at": timezone.now() for step in ("sent", "certified", "approved", "locked")}
    by = {f"{step}_by": chiang_mai_officer for step in ("sent", "certified", "approved", "locked")}
    frozen = {
        f"frozen_{name}": 1 for name in ("activities", "people", "spotted", "screened", "referred")
    }
    MonthReportFactory(
        volunteer=activity.volunteer, month=date(2026, 11, 1), state="locked", **at, **by, **frozen
    )

    assert words in text_of(client.get(activity.get_absolute_url()))
