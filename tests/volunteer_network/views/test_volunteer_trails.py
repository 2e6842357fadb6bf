from django.urls import reverse

from tests.factories import VolunteerFactory
from volunteer_network.access.scope import open_scope
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
