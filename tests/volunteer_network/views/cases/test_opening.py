"""A case is opened from an activity or from nothing, and finds its office."""

import uuid

import pytest

from tests.factories import ActivityFactory, VolunteerFactory
from tests.volunteer_network.views.cases.case_pages import text_of
from volunteer_network.access.scope import Scope, ScopeRole, open_scope
from volunteer_network.enums import CaseState, Category
from volunteer_network.models import Case

HEADS_SCOPE = Scope(ScopeRole.PROVINCE, (50,), cleared=True)


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


def test_three_clicks_from_an_activity_to_the_office(sign_in, mentor, chiang_mai):
    activity = ActivityFactory(
        volunteer=VolunteerFactory(province=chiang_mai), category=Category.SOCIAL_SECURITY
    )
    client = sign_in(mentor)

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


def test_the_office_and_the_day_appear_by_topic(sign_in, mentor):
    address = "/cases/new/route/?topic=vocational_training&urgency=urgent"
    answer = text_of(sign_in(mentor).get(address, headers={"HX-Request": "true"}))

    assert "พัฒนาฝีมือแรงงาน" in answer
    assert "15 วัน" in answer
    assert "<html" not in answer


@pytest.mark.parametrize("topic", ["", "public_information", "no-such-topic"])
def test_no_route_for_what_is_no_topic(sign_in, mentor, topic):
    address = f"/cases/new/route/?topic={topic}"
    assert "เลือกเรื่องแล้ว" in text_of(sign_in(mentor).get(address, headers={"HX-Request": "true"}))


def test_the_route_as_a_page_is_the_form(sign_in, mentor):
    response = sign_in(mentor).get("/cases/new/route/?topic=safety")

    assert response.headers["Location"] == "/cases/new/?topic=safety"


def test_a_wrong_form_comes_back_with_everything_typed(sign_in, mentor):
    response = sign_in(mentor).post("/cases/new/", typed(notice_given="", topic=""))

    page = text_of(response)
    assert response.status_code == 422
    assert "นายจ้างค้างค่าจ้าง 2 เดือน" in page
    assert "ป้าสมใจ" in page


def test_the_missing_tick_is_marked_at_its_field(sign_in, mentor):
    response = sign_in(mentor).post("/cases/new/", typed(notice_given=""))

    assert "แจ้งประกาศความเป็นส่วนตัว" in str(response.context["form"].errors["notice_given"])


def test_it_can_be_kept_without_sending(sign_in, mentor):
    sent = sign_in(mentor).post("/cases/new/", typed(keep="1"), follow=True)

    assert sent.context["case"].state == CaseState.OPENED
    assert "เก็บเรื่อง" in text_of(sent)


def test_a_foreign_activity_or_volunteer_in_the_address_is_not_offered(sign_in, mentor, songkhla):
    theirs = ActivityFactory(volunteer=VolunteerFactory(province=songkhla))

    page = text_of(sign_in(mentor).get(f"/cases/new/?activity={theirs.pk}"))

    assert f'name="activity" value="{theirs.pk}"' not in page


def test_the_sender_of_trafficking_is_told_where_it_went_and_cannot_open_it(
    sign_in, mentor, chiang_mai_head
):
    sent = sign_in(mentor).post("/cases/new/", typed(topic="trafficking"), follow=True)

    assert sent.redirect_chain[0][0] == "/cases/"
    assert str(chiang_mai_head) in text_of(sent)
    with open_scope(HEADS_SCOPE):
        case = Case.objects.get()
    assert sign_in(mentor).get(case.get_absolute_url()).status_code == 404
    assert sign_in(chiang_mai_head).get(case.get_absolute_url()).status_code == 200
