from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from tests.factories import VolunteerFactory
from volunteer_network import audit
from volunteer_network.access.scope import open_scope
from volunteer_network.enums import EndReason
from volunteer_network.services.terms import appoint, close_finished_terms, end_term
from volunteer_network.services.volunteers import reveal_national_id


def test_the_trail_tells_who_looked_and_why_a_number_was_revealed(client, chiang_mai_officer):
    volunteer = VolunteerFactory(province=chiang_mai_officer.province)
    with open_scope(chiang_mai_officer.scope):
        reveal_national_id(
            volunteer=volunteer, reason="ตรวจเอกสารเบิกค่าตอบแทน", by=chiang_mai_officer
        )
    client.force_login(chiang_mai_officer)
    client.get(reverse("volunteers:detail", args=[volunteer.pk]))

    response = client.get(reverse("volunteers:trail", args=[volunteer.pk]))

    assert [(step.what, step.detail) for step in response.context["steps"]] == [
        ("เปิดดูประวัติ", ""),
        ("ขอดูเลขประจำตัวประชาชน", "เหตุ: ตรวจเอกสารเบิกค่าตอบแทน"),
    ]
    assert response.context["colleagues"] == [chiang_mai_officer]


def test_the_trail_of_a_foreign_person_does_not_exist(client, chiang_mai_officer, songkhla):
    theirs = VolunteerFactory(province=songkhla)
    client.force_login(chiang_mai_officer)

    response = client.get(reverse("volunteers:trail", args=[theirs.pk]))

    assert response.status_code == 404


def test_the_trail_keeps_a_term_that_was_cancelled_before_it_began(client, chiang_mai_officer):
    by, today = chiang_mai_officer, timezone.localdate()
    volunteer = VolunteerFactory(province=by.province)
    order = {"order_number": "1/2569", "order_date": None, "by": by}
    with open_scope(by.scope):
        now = appoint(volunteer=volunteer, starts_on=today - timedelta(days=9), **order)
        appoint(volunteer=volunteer, starts_on=now.ends_on + timedelta(days=1), **order)
        end_term(volunteer=volunteer, ended_on=today, end_reason=EndReason.RESIGNED, by=by)
    client.force_login(by)

    response = client.get(reverse("volunteers:trail", args=[volunteer.pk]))

    assert sorted(step.what for step in response.context["steps"]) == sorted(
        ["เริ่มวาระ", "เริ่มวาระ", "ยกเลิกวาระที่ยังไม่เริ่ม", "พ้นจากวาระ"]
    )


def test_the_trail_says_in_thai_that_a_term_ran_out(client, chiang_mai_officer):
    by, today = chiang_mai_officer, timezone.localdate()
    volunteer = VolunteerFactory(province=by.province)
    with open_scope(by.scope):
        appoint(
            volunteer=volunteer,
            order_number="1/2560",
            order_date=None,
            starts_on=today.replace(year=today.year - 4, day=1),
            by=by,
        )
        volunteer.status = "active"
        volunteer.save(update_fields=["status"])
    close_finished_terms()
    client.force_login(by)

    response = client.get(reverse("volunteers:trail", args=[volunteer.pk]))

    assert [step.what for step in response.context["steps"]] == ["ครบวาระ", "เริ่มวาระ"]


def test_the_trail_has_thai_words_for_a_call_a_photo_and_a_name(client, chiang_mai_officer):
    by = chiang_mai_officer
    volunteer = VolunteerFactory(province=by.province)
    with open_scope(by.scope):
        audit.record("contact.noted", by=by, target=volunteer, province_code=50)
        audit.record("mentorship.ended", by=by, target=volunteer, province_code=50)
        audit.record(
            "volunteer.changed",
            by=by,
            target=volunteer,
            province_code=50,
            detail={"fields": ["first_name", "match_key", "photo"]},
        )
    client.force_login(by)

    steps = client.get(reverse("volunteers:trail", args=[volunteer.pk])).context["steps"]

    assert {(step.what, step.detail) for step in steps} == {
        ("บันทึกผลการติดต่อ", ""),
        ("สิ้นสุดการมีพี่เลี้ยง เพราะพ้นหน้าที่", ""),
        ("แก้ข้อมูล", "ชื่อ, รูปถ่าย"),
    }
