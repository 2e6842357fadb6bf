"""The centre's pages of plans, as they answer."""

import re

import pytest
from django.urls import reverse

from reports.enums import PlanState, ReturnReason
from reports.models import Ceiling, Plan, PlanComment, PlanLine
from tests.factories.plans import DirectionFactory, PlanFactory, PlanLineFactory
from tests.reports.sending import YEAR, sent_plan
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.models import AuditEvent, Province

QUEUE = "/plans/decisions/"
FOUND, WRONG, NOT_FOUND = 302, 422, 404


def page(client, path):
    return client.get(path).content.decode()


def last_year(plan, **changes):
    """An approved plan of the year before with the same work."""
    former = PlanFactory(
        province=plan.province,
        fiscal_year=YEAR - 1,
        state=PlanState.APPROVED,
        sent_at=plan.sent_at,
        sent_by=plan.sent_by,
        approved_at=plan.sent_at,
        approved_by=plan.sent_by,
    )
    with open_scope(NATION):
        lines = list(PlanLine.objects.filter(plan=plan))
    for line in lines:
        PlanLineFactory(plan=former, lineage=line.lineage, title=line.title, **changes)


def state_of(plan):
    with open_scope(NATION):
        return Plan.objects.get(pk=plan.pk).state


def lines_of(plan):
    with open_scope(NATION):
        return list(PlanLine.objects.filter(plan=plan).order_by("place", "pk"))


def test_without_an_open_year_the_table_says_what_to_do(centre):
    assert "ยังไม่ได้เปิดปีใด" in page(centre, QUEUE)
    assert "ยังไม่ได้เปิดปีใด" in page(centre, f"{QUEUE}late/")


def test_plans_stand_in_the_group_of_their_gravest_finding(centre):
    alike, dearer = sent_plan(50), sent_plan(51)
    last_year(alike)
    last_year(dearer)
    with open_scope(NATION):
        Ceiling.objects.filter(province=51).update(amount=1)

    html = page(centre, QUEUE)

    titles = re.findall(r'<h2 id="group-(\w+)">', html)
    assert titles == ["alike", "over_ceiling"]
    assert "อนุมัติทั้งกลุ่ม 1 แผน" in html


def test_a_year_that_the_centre_has_not_begun_is_not_found(centre):
    DirectionFactory(fiscal_year=YEAR)

    assert centre.get(f"{QUEUE}?fy=2590").status_code == NOT_FOUND
    assert centre.get("/plans/decisions/2590/50/").status_code == NOT_FOUND


def test_a_province_without_a_plan_or_office_is_not_found(centre):
    DirectionFactory(fiscal_year=YEAR)

    for code in (50, 10, 99):
        assert centre.get(f"/plans/decisions/{YEAR}/{code}/").status_code == NOT_FOUND


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_the_table_is_exported_with_its_groups(centre, form):
    sent_plan()

    answer = centre.get(QUEUE, {"export": form})

    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].endswith(form)
    with open_scope(NATION):
        assert AuditEvent.objects.filter(verb="plan.queue_exported").exists()
    if form == "csv":
        text = b"".join(answer).decode()
        assert "เชียงใหม่" in text
        assert "ไม่มีแผนปีก่อนให้เทียบ" in text


def test_the_group_is_approved_with_one_confirmation_that_names_all(centre, central_officer):
    plans = [sent_plan(50), sent_plan(51)]
    for plan in plans:
        last_year(plan)

    asking = page(centre, f"/plans/decisions/{YEAR}/approve/")
    ticked = re.findall(r'name="plan" value="([^"]+)"', asking)
    answer = centre.post(f"/plans/decisions/{YEAR}/approve/", {"plan": ticked}, follow=True)

    assert all(plan.province.name in asking for plan in plans)
    assert central_officer.display_name in asking
    text = answer.content.decode()
    assert "อนุมัติ 2 แผนแล้ว" in text
    assert "วันนี้อนุมัติ 2 ส่งกลับ 0" in text
    assert {state_of(plan) for plan in plans} == {PlanState.APPROVED}


def test_a_plan_that_changed_meanwhile_is_skipped_by_name(centre):
    plan = sent_plan()
    last_year(plan)

    answer = centre.post(
        f"/plans/decisions/{YEAR}/approve/", {"plan": f"{plan.pk}:{plan.version - 1}"}, follow=True
    )

    assert "ข้าม จังหวัดเชียงใหม่" in answer.content.decode()
    assert state_of(plan) == PlanState.SENT


@pytest.mark.parametrize(
    "sent", [{}, {"plan": "x"}, {"plan": "1"}, {"plan": ["9" * 30 + ":1", ":"]}]
)
def test_nonsense_approves_nothing(centre, sent):
    plan = sent_plan()

    assert centre.post(f"/plans/decisions/{YEAR}/approve/", sent).status_code == FOUND
    assert state_of(plan) == PlanState.SENT


def test_the_differences_to_last_year_and_to_the_former_edition_are_marked(centre):
    plan = sent_plan()
    last_year(plan, target=80, target_1=50, allotted=20_000)
    centre.post(f"/plans/decisions/{YEAR}/50/approve/", {"version": plan.version})
    second = sent_plan(edition=2)
    changed, added = lines_of(second)
    with open_scope(NATION):
        first = PlanLine.objects.filter(plan=plan).order_by("pk").first()
    with open_scope(second.made_by.scope):
        PlanLine.objects.filter(pk=changed.pk).update(lineage=first.lineage, target=44, target_1=14)

    html = page(centre, f"/plans/decisions/{YEAR}/50/")

    assert "เป้าลดแต่เงินเพิ่ม" in html
    assert "-45%" in html
    assert "เดิม 10" in html
    assert "ฉบับเดิม 40" in html
    assert "เพิ่มในฉบับนี้" in html
    assert "ฉบับก่อนมี ฉบับนี้ไม่มี" in html
    assert added.title in html


def test_after_a_decision_the_next_plan_opens(centre):
    first, second = sent_plan(50), sent_plan(51)
    data = {"version": first.version, "next": "51"}

    answer = centre.post(f"/plans/decisions/{YEAR}/50/approve/", data)

    assert answer.headers["Location"] == f"/plans/decisions/{YEAR}/51/"
    last = centre.post(f"/plans/decisions/{YEAR}/51/approve/", {"version": second.version})
    assert last.headers["Location"] == f"{QUEUE}?fy={YEAR}"


def test_several_lines_come_back_at_once(centre):
    plan = sent_plan()
    first, second = lines_of(plan)
    data = {"version": plan.version}
    for line in (first, second):
        data |= {f"reason-{line.pk}": ReturnReason.COST, f"text-{line.pk}": "สูงกว่าปีก่อนมาก"}

    answer = centre.post(f"/plans/decisions/{YEAR}/50/return/", data, follow=True)

    assert "ส่งแผนจังหวัดเชียงใหม่กลับแก้ไขแล้ว" in answer.content.decode()
    with open_scope(NATION):
        assert PlanComment.objects.filter(plan=plan, returns=True).count() == 2


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({}, "อย่างน้อยหนึ่งงาน"),
        ({"reason": "cost"}, "เขียนหนึ่งประโยค"),
        ({"text": "สูงกว่าปีก่อน"}, "เลือกเรื่องหนึ่งเรื่อง"),
        ({"text": "สูงกว่าปีก่อน", "reason": "nonsense"}, "เลือกเรื่องหนึ่งเรื่อง"),
        ({"reason": "cost", "text": "ก" * 501}, "ไม่เกิน 500 ตัวอักษร"),
    ],
)
def test_a_wrong_return_comes_back_with_what_was_typed(centre, typed, message):
    plan = sent_plan()
    line = lines_of(plan)[0]
    data = {f"{name}-{line.pk}": value for name, value in typed.items()}

    answer = centre.post(f"/plans/decisions/{YEAR}/50/return/", data | {"version": plan.version})

    html = answer.content.decode()
    assert answer.status_code == WRONG
    assert message in html
    assert typed.get("text", "") in html
    assert state_of(plan) == PlanState.SENT


def test_a_plan_decided_meanwhile_keeps_what_was_typed(centre):
    plan = sent_plan()
    line = lines_of(plan)[0]
    centre.post(f"/plans/decisions/{YEAR}/50/approve/", {"version": plan.version})
    data = {
        "version": plan.version,
        f"reason-{line.pk}": "cost",
        f"text-{line.pk}": "สูงกว่าปีก่อน",
    }

    html = centre.post(f"/plans/decisions/{YEAR}/50/return/", data).content.decode()

    assert "ส่วนกลางอนุมัติ” จึงส่งกลับแก้ไขโดยส่วนกลางไม่ได้" in html
    assert state_of(plan) == PlanState.APPROVED


def test_a_decision_is_taken_back_from_the_page(centre):
    plan = sent_plan()
    centre.post(f"/plans/decisions/{YEAR}/50/approve/", {"version": plan.version})
    assert "เรียกคืน 1 แผน" in page(centre, QUEUE)

    answer = centre.post(f"/plans/decisions/{YEAR}/undo/", {"plan": plan.pk}, follow=True)

    assert "เรียกคืนการพิจารณา 1 แผนแล้ว" in answer.content.decode()
    assert state_of(plan) == PlanState.SENT


def test_the_late_are_reminded_once_a_day_and_that_is_taken_back(centre):
    DirectionFactory(fiscal_year=YEAR)
    sent_plan(50)
    html = page(centre, f"{QUEUE}late/")
    assert "ยังไม่ส่งแผนปี 2570 75 จังหวัด" in html
    assert "เชียงใหม่" not in re.sub(r"<nav.*?</nav>", "", html, flags=re.DOTALL)

    def post(name, data=None):
        address = reverse(f"decisions:{name}", args=[YEAR])
        return centre.post(address, data or {}, follow=True).content.decode()

    assert "ส่งเตือน 2 จังหวัดแล้ว" in post("remind", {"province": [51, 52, 50]})
    assert "เตือนซ้ำได้พรุ่งนี้" in post("remind", {"province": [51]})
    assert "เรียกคืนการเตือน 2 จังหวัดแล้ว" in post("recall")
    assert "เรียกคืนได้ภายใน 2 นาที" in post("recall")
    assert "ส่งเตือน 1 จังหวัดแล้ว" in post("remind", {"province": [51]})


def test_a_province_whose_revision_is_open_is_not_late(centre):
    plan = sent_plan(50)
    centre.post(f"/plans/decisions/{YEAR}/50/approve/", {"version": plan.version})
    PlanFactory(province=plan.province, fiscal_year=YEAR, edition=2)

    assert "75 จังหวัด" in page(centre, f"{QUEUE}late/")


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_the_late_are_exported(centre, form):
    DirectionFactory(fiscal_year=YEAR)

    assert centre.get(f"{QUEUE}late/", {"export": form}).status_code == 200


def test_the_home_page_says_how_many_wait(centre):
    sent_plan()

    html = page(centre, "/")

    assert "แผนรอพิจารณา" in html
    assert "พิจารณา 1 แผน" in html
    assert "จาก 76" in html


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("แผน 2570 เชียงใหม่", True),
        ("แผน2570", True),
        ("แผนเชียงใหม่", True),
        ("แผน จ.เชียงใหม่", True),
        ("plan 2570", True),
        ("แผน 2569", False),
        ("แผน สงขลา", False),
    ],
)
def test_plans_are_found_by_year_and_province(centre, words, found):
    sent_plan()

    html = centre.get("/search", {"q": words}).content.decode()

    assert (f'href="/plans/decisions/{YEAR}/50/"' in html) == found


def test_a_province_finds_only_its_own_plan(client, songkhla_officer):
    sent_plan(50)
    sent_plan(90)
    client.force_login(songkhla_officer)

    html = client.get("/search", {"q": "แผน 2570"}).content.decode()

    assert f"/plans/{YEAR}/90/" in html
    assert f"/plans/{YEAR}/50/" not in html


def test_the_centre_finds_what_it_can_do(centre):
    html = centre.get("/search", {"q": "พิจารณาแผน"}).content.decode()
    assert f'href="{QUEUE}"' in html
    assert 'href="/plans/directions/"' in centre.get("/search", {"q": "แนวทาง"}).content.decode()


def test_all_76_on_the_table_cost_no_more_queries(centre, django_assert_max_num_queries):
    for province in Province.objects.filter(has_office=True)[:12]:
        sent_plan(province.pk)
    page(centre, QUEUE)

    with django_assert_max_num_queries(24):
        page(centre, QUEUE)
