"""Pages of a quarter: who sees which figures, who may press what, and what the pressing does."""

import pytest
from django.urls import reverse

from reports.enums import DirectionState, PlanState
from reports.models import Direction, Plan, QuarterReport
from tests.factories import UserFactory
from tests.factories.plans import DirectionFactory
from tests.reports.quarters import YEAR, stage_in
from volunteer_network.access.roles import Role
from volunteer_network.access.scope import NATION, open_scope


def address(name="quarter", code=50, quarter=1):
    numbered = [] if name == "quarters" else [quarter]
    return reverse(f"plans:{name}", args=[YEAR, code, *numbered])


def page(client, by, *where, **how):
    client.force_login(by)
    return client.get(address(*where, **how))


def words(response):
    return " ".join(response.content.decode().split())


def press(client, by, name, quarter=1, **given):
    client.force_login(by)
    return client.post(address(name, quarter=quarter), given, follow=True)


def test_from_preparing_to_the_ledger(client, stage):
    waiting = words(page(client, stage.maker))
    assert "รอเจ้าหน้าที่พี่เลี้ยงเตรียม" in waiting
    assert address("quarter-sign") not in waiting
    prepared = words(press(client, stage.maker, "quarter-prepare"))
    assert "รอแรงงานจังหวัดลงนาม" in prepared
    assert address("quarter-prepare") not in prepared  # done by this person already

    opened = page(client, stage.head)
    assert address("quarter-prepare") not in words(opened)  # who prepares cannot sign
    signed = words(press(client, stage.head, "quarter-sign", seen=opened.context["seen"]))

    assert stage.reread().short_digest in signed
    assert "ไม่มีอะไรเปลี่ยน" in signed
    assert address("quarter-undo") in signed
    assert stage.head.display_name in signed


def test_in_a_closed_year_nobody_is_told_to_fill_in_what_is_missing(client, stage):
    assert "ควรลงให้ครบก่อนลงนาม" in words(page(client, stage.maker))

    DirectionFactory(fiscal_year=YEAR)
    with open_scope(NATION):
        Direction.objects.filter(fiscal_year=YEAR).update(state=DirectionState.CLOSED)
    closed = words(page(client, stage.maker))

    assert "ปีปิดแล้ว ลงเพิ่มไม่ได้ ลงนามตามที่มี" in closed
    assert "ควรลงให้ครบก่อนลงนาม" not in closed
    assert "เปิดแบบบันทึกผล" not in closed


def test_what_came_later_stands_beside_the_signed_figure(client, stage):
    stage.signed()
    new = stage.log(people=12)

    shown = words(page(client, stage.maker))

    assert "ผล +12 คน" in shown
    assert new.get_absolute_url() in shown
    assert ">7</b>" in shown  # as it was signed


def test_one_press_signs_and_adopts(client, stage):
    stage.signed()
    stage.log(people=12)
    stage.prepare(2)
    opened = page(client, stage.head, quarter=2)
    assert "รับยอดปรับ 1 เรื่อง" in words(opened)

    press(client, stage.head, "quarter-sign", 2, seen=opened.context["seen"], adopt="yes")

    [adopted] = stage.reread(2).figures.adjustments
    assert (adopted.quarter, adopted.amounts.actual) == (1, 12)
    first = words(page(client, stage.head))
    assert "รับไว้ในไตรมาสถัดไป" in first
    assert "ไม่มีอะไรเปลี่ยน" in first
    assert "ปรับยอดไตรมาสก่อน" in words(page(client, stage.head, quarter=2))


def test_the_other_button_leaves_it_in_the_ledger(client, stage):
    stage.signed()
    stage.log(people=12)
    stage.prepare(2)
    opened = page(client, stage.head, quarter=2)

    press(client, stage.head, "quarter-sign", 2, seen=opened.context["seen"])

    assert stage.reread(2).figures.adjustments == ()
    assert "ผล +12 คน" in words(page(client, stage.head))


def test_an_old_page_is_told_and_nothing_is_signed(client, stage):
    stage.prepare()

    for given in ({"seen": "0" * 64}, {}):
        answer = words(press(client, stage.head, "quarter-sign", **given))
        assert "ลงนามอีกครั้ง" in answer
    assert stage.reread().signed_at is None


def test_a_signature_is_taken_back_from_its_page(client, stage):
    stage.signed()

    assert "เรียกคืนการลงนาม" in words(press(client, stage.head, "quarter-undo"))
    assert stage.reread().signed_at is None


def test_the_head_hands_back_and_the_mentor_prepares_again(client, stage):
    stage.prepare()
    page_of_head = words(page(client, stage.head))
    assert address("quarter-return") in page_of_head
    asked = words(page(client, stage.head, "quarter-return"))
    assert f"{stage.maker} ได้รับแจ้ง" in asked
    assert client.post(address("quarter-return"), {"reason": " "}).status_code == 422

    back = words(press(client, stage.head, "quarter-return", reason="แนบใบสำคัญ งานที่ 2"))

    assert "กลับแก้ไขแล้ว" in back
    assert address("quarter-sign") not in back
    shown = words(page(client, stage.maker))
    assert f"{stage.head} ส่งกลับแก้ไข" in shown
    assert "แนบใบสำคัญ งานที่ 2" in shown
    assert "เตรียมไตรมาส 1 ใหม่" in shown
    assert "ส่งกลับแก้ไข รอเตรียมใหม่" in words(page(client, stage.maker, "quarters"))
    press(client, stage.maker, "quarter-prepare")
    again = words(page(client, stage.head))
    assert "แนบใบสำคัญ งานที่ 2" in again  # so that the head knows what to look at
    assert address("quarter-sign") in again


def test_what_cannot_be_handed_back_leads_to_its_page(client, stage):
    for arrange in (lambda: None, stage.signed):
        arrange()
        client.force_login(stage.head)
        for method in (client.get, client.post):
            answer = method(address("quarter-return"), {"reason": "แก้"}, follow=True)
            assert "จึงส่งกลับไม่ได้" in words(answer)


def test_a_mentor_or_the_preparer_is_not_offered_to_hand_back(client, stage):
    stage.prepare(by=stage.head)

    for person in (stage.maker, stage.head):
        assert address("quarter-return") not in words(page(client, person))


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("quarter-return", Role.MENTOR),
        ("quarter-prepare", Role.CENTRAL_OFFICER),
        ("quarter-sign", Role.MENTOR),
        ("quarter-undo", Role.MENTOR),
        ("quarter-sign", Role.CENTRAL_OFFICER),
        ("quarter", Role.PARTNER_OFFICER),
    ],
)
def test_who_lacks_the_capability_is_refused(client, stage, name, role):
    stage.prepare()
    home = {} if role == Role.CENTRAL_OFFICER else {"province": stage.province}
    client.force_login(UserFactory(role=role, **{"province": None, **home}))

    method = client.get if name == "quarter" else client.post
    assert method(address(name)).status_code == 403
    assert stage.reread().signed_at is None


def test_another_province_is_not_found_both_ways(client, stage):
    theirs = stage_in(90)
    theirs.signed()
    stage.signed()

    for by, code in ((stage.head, 90), (theirs.head, 50)):
        client.force_login(by)
        assert client.get(address(code=code)).status_code == 404
        assert client.get(address("quarters", code=code)).status_code == 404
        for name in ("quarter-prepare", "quarter-return", "quarter-sign", "quarter-undo"):
            assert client.post(address(name, code=code)).status_code == 404


def test_the_wall_alone_keeps_reports_of_other_provinces(stage):
    theirs = stage_in(90)
    theirs.signed()
    stage.signed()

    with stage.open(stage.head):
        assert [one.province_id for one in QuarterReport.objects.all()] == [50]


def test_the_door_alone_keeps_reports_of_other_provinces(stage):
    theirs = stage_in(90)
    theirs.signed()

    with open_scope(NATION):
        assert not QuarterReport.objects.visible_to(stage.head).exists()


def test_the_centre_sees_and_the_executive_sees_no_records(
    client, stage, central_officer, executive
):
    stage.signed()
    recorder = UserFactory(first_name="กัลยกร", province=stage.province)
    new = stage.log(people=12, recorded_by=recorder)

    assert "กัลยกร" in words(page(client, central_officer))
    assert new.get_absolute_url() in words(page(client, central_officer))
    shown = words(page(client, executive))
    assert "ผล +12 คน" in shown
    assert new.get_absolute_url() not in shown
    assert "กัลยกร" not in shown


def test_the_list_says_whose_turn_each_quarter_is(client, stage):
    stage.signed()
    stage.prepare(3)

    shown = words(page(client, stage.maker, "quarters"))

    for text in ("ลงนามแล้ว", "รอเจ้าหน้าที่พี่เลี้ยงเตรียม", "รอลงนามไตรมาสก่อน"):
        assert text in shown
    assert stage.reread().short_digest in shown
    plan = words(client.get(stage.plan.get_absolute_url()))
    assert address(quarter=4) in plan


def test_the_year_shows_what_came_after_its_last_quarter(client, stage):
    for quarter in (1, 2, 3):
        stage.signed(quarter)
    stage.log(4, people=3)
    assert "ตั้งแต่ลงนามครบปี" not in words(page(client, stage.maker, "quarters"))
    stage.signed(4)
    nothing = words(page(client, stage.maker, "quarters"))
    assert "ตั้งแต่ลงนามครบปี" in nothing
    assert "ไม่มีอะไรเปลี่ยน" in nothing

    first, last = stage.log(1, people=12), stage.log(4, people=8)

    shown = page(client, stage.maker, "quarters")
    assert [quarter for quarter, _rows in shown.context["open_quarters"]] == [1, 4]
    for text in ("ผล +12 คน", "ผล +8 คน", first.get_absolute_url(), last.get_absolute_url()):
        assert text in words(shown)
    assert "ปีถัดไปไม่รับยอดปรับ" in words(page(client, stage.maker, quarter=4))


def test_the_year_shows_no_record_to_who_sees_none(client, stage, executive):
    for quarter in (1, 2, 3, 4):
        stage.signed(quarter)
    new = stage.log(4, people=8)

    shown = words(page(client, executive, "quarters"))

    assert "ผล +8 คน" in shown
    assert new.get_absolute_url() not in shown


def test_a_year_without_a_plan_in_force_says_so(client, stage):
    with stage.open():
        Plan.objects.filter(pk=stage.plan.pk).update(state=PlanState.SENT)

    assert "ลงนามรายไตรมาสได้เมื่อส่วนกลางอนุมัติ" in words(page(client, stage.maker))
    assert page(client, stage.maker, quarter=5).status_code == 404


def test_figures_that_were_tampered_with_are_told(client, stage, everywhere):
    report = stage.signed()
    content = report.content.replace('"actual":7', '"actual":9')
    with stage.open():
        QuarterReport.objects.create(
            province=stage.province, fiscal_year=YEAR, quarter=2, plan=stage.plan,
            prepared_by=stage.maker, prepared_at=report.prepared_at, signed_by=stage.head,
            signed_at=report.signed_at, content=content, digest=report.digest, rows=report.rows,
        )  # fmt: skip

    assert "ไม่ตรงกับลายนิ้วมือ" not in words(page(client, stage.maker))
    assert "ไม่ตรงกับลายนิ้วมือ" in words(page(client, stage.maker, quarter=2))


def test_the_centre_sees_who_has_signed_and_why_the_others_have_not(client, stage, central_officer):
    stage.signed()
    stage_in(90).prepare()
    stage_in(55)
    client.force_login(central_officer)
    asked = {
        "kind": "progress",
        "fiscal_year": YEAR,
        "quarter": 1,
        "digits": "arabic",
        "file": "pdf",
    }

    shown = words(client.get(reverse("reports:bundle-new"), asked))

    assert "1 จังหวัดลงนามแล้ว 75 จังหวัดยังไม่ลงนาม" in shown
    assert "รอแรงงานจังหวัดลงนาม" in shown
    assert "เตรียมแล้วเมื่อ" in shown
    assert "รอเจ้าหน้าที่พี่เลี้ยงเตรียม" in shown
    assert "ยังไม่มีแผนที่อนุมัติแล้ว" in shown
    for code in (50, 90, 55):
        assert address(code=code) in shown
    other = words(client.get(reverse("reports:bundle-new"), {**asked, "kind": "plan"}))
    assert "ลงนามแล้ว" not in other


def test_the_report_is_asked_for_from_the_page(client, stage):
    stage.signed()
    client.force_login(stage.maker)
    given = {"fiscal_year": YEAR, "province": 50, "quarter": 1}

    answer = client.post(reverse("reports:make-quarter-document"), given)

    assert answer.status_code == 302
    assert answer.url.startswith("/reports/")
    foreign = client.post(reverse("reports:make-quarter-document"), {**given, "province": 90})
    assert foreign.status_code == 404


def test_the_home_of_the_head_leads_to_what_waits(client, stage):
    stage.prepare()
    client.force_login(stage.head)

    home = words(client.get("/"))

    assert "อ่านและลงนามไตรมาส 1" in home
    assert address() in home
    client.force_login(stage.maker)
    assert "อ่านและลงนาม" not in words(client.get("/"))
    stage.hand_back()
    client.force_login(stage.head)
    assert "อ่านและลงนาม" not in words(client.get("/"))


def test_typing_of_a_signed_quarter_says_where_it_will_stand(client, stage):
    note = "สิ่งที่แก้จากนี้ไม่เปลี่ยนตัวเลขที่ลงนาม"
    client.force_login(stage.maker)
    form = reverse("plans:progress", args=[YEAR, 50, 1])
    assert note not in words(client.get(form))
    stage.signed()

    assert note in words(client.get(form))
