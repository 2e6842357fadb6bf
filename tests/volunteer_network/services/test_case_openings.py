"""Opening a case: where it goes, who keeps it, what is sealed, what is refused."""

import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection
from django.utils import timezone

from tests.factories import ActivityFactory, UserFactory, VolunteerFactory
from volunteer_network import sealing
from volunteer_network.access.roles import Role
from volunteer_network.access.scope import Scope, ScopeRole, open_scope
from volunteer_network.case_steps import NOTICE_VERSION, TOPICS
from volunteer_network.enums import (
    AGENCY_OF_CATEGORY,
    AgeBand,
    CaseAction,
    CaseState,
    Category,
    NationalityGroup,
    Sex,
    Urgency,
)
from volunteer_network.errors import RuleViolation
from volunteer_network.models import (
    AuditEvent,
    Case,
    CaseClient,
    CaseEvent,
    Notice,
    Office,
    Province,
    Subdistrict,
)
from volunteer_network.services import case_openings
from volunteer_network.services.activities import remove_activity
from volunteer_network.services.case_clients import reveal_client
from volunteer_network.services.case_openings import open_case

HEADS_SCOPE = Scope(ScopeRole.PROVINCE, (50,), cleared=True)


@pytest.fixture
def mentor(chiang_mai):
    return UserFactory(province=chiang_mai)


def a_case(by, **changes):
    """What the form hands to the service, carried out in the scope of whoever fills it in."""
    details = {
        "topic": Category.LABOUR_PROTECTION,
        "urgency": Urgency.NORMAL,
        "need": "นายจ้างค้างค่าจ้าง 2 เดือน",
        "screening": "มีสลิปแล้ว",
        "volunteer": None,
        "activity": None,
        "subdistrict": None,
        "is_anonymous": False,
        "called_name": "ป้าสมใจ",
        "phone": "0812345678",
        "sex": Sex.FEMALE,
        "age_band": AgeBand.ADULT,
        "nationality": NationalityGroup.THAI,
        "notice_given": True,
        "submission": uuid.uuid4(),
        "refer": True,
    }
    with open_scope(by.scope):
        return open_case(**details | changes, by=by)


@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_goes_to_its_agencys_office_in_the_province(topic, mentor, volunteer):
    case = a_case(mentor, topic=topic, volunteer=volunteer)

    assert case.office == Office.objects.get(province=50, agency=AGENCY_OF_CATEGORY[topic])
    assert (case.state, case.opened_by) == (CaseState.REFERRED, mentor)


def test_the_deadline_runs_by_topic_and_is_halved_when_urgent(mentor, volunteer):
    today = timezone.localdate()

    calm = a_case(mentor, volunteer=volunteer)
    urgent = a_case(mentor, volunteer=volunteer, urgency=Urgency.URGENT)

    assert (calm.due_on, calm.finish_by) == (today + timedelta(days=3), today + timedelta(days=30))
    assert (urgent.due_on, urgent.finish_by) == (
        today + timedelta(days=1),
        today + timedelta(days=15),
    )


def test_one_that_is_to_wait_is_with_its_sender(mentor, volunteer):
    case = a_case(mentor, volunteer=volunteer, refer=False)

    assert (case.state, case.office, case.owner) == (CaseState.OPENED, None, mentor)


def test_from_an_activity_it_takes_volunteer_and_place(mentor, volunteer, everywhere):
    activity = ActivityFactory(volunteer=volunteer)

    case = a_case(mentor, activity=activity)

    with everywhere():
        assert Case.objects.get(pk=case.pk).activity == activity
    assert (case.volunteer, case.subdistrict_id) == (volunteer, activity.subdistrict_id)


def test_without_volunteer_a_place_has_to_be_named(mentor):
    with pytest.raises(RuleViolation, match="กรอกตำบล"):
        a_case(mentor)

    case = a_case(mentor, subdistrict=Subdistrict.objects.filter(province=50).first())
    assert case.volunteer is None


def test_a_place_of_another_province_is_refused(mentor):
    with pytest.raises(RuleViolation, match="จังหวัดอื่น"):
        a_case(mentor, subdistrict=Subdistrict.objects.filter(province=90).first())


def test_what_is_no_need_is_no_case(mentor, volunteer):
    with pytest.raises(RuleViolation, match="กิจกรรม"):
        a_case(mentor, volunteer=volunteer, topic=Category.PUBLIC_INFORMATION)


def test_numbers_run_by_province_and_fiscal_year(mentor, volunteer, songkhla):
    theirs = UserFactory(province=songkhla)

    numbers = [a_case(mentor, volunteer=volunteer).number for _ in range(3)]

    assert numbers == [1, 2, 3]
    assert a_case(theirs, volunteer=VolunteerFactory(province=songkhla)).number == 1


def test_the_same_form_sent_twice_is_one_case(mentor, volunteer, everywhere):
    token = uuid.uuid4()

    first, second = (a_case(mentor, volunteer=volunteer, submission=token) for _ in range(2))

    with everywhere():
        assert first == second
        assert Case.objects.count() == 1
        assert Notice.objects.count() == 0


def test_the_contact_is_sealed_with_the_notice_that_was_given(mentor, volunteer):
    case = a_case(mentor, volunteer=volunteer)

    with open_scope(HEADS_SCOPE):
        client = CaseClient.objects.get(case=case)
    text = sealing.unseal(bytes(client.sealed), table="case.client", row=str(client.reference))
    assert text == '["ป้าสมใจ", "0812345678"]'
    assert "สมใจ".encode() not in bytes(client.sealed)
    assert client.notice_version == NOTICE_VERSION


def test_an_anonymous_case_keeps_nobody(mentor, volunteer):
    case = a_case(
        mentor,
        volunteer=volunteer,
        is_anonymous=True,
        called_name="",
        phone="",
        notice_given=False,
    )

    with open_scope(HEADS_SCOPE):
        assert not CaseClient.objects.exists()
    with pytest.raises(RuleViolation, match="ไม่ระบุตัว"), open_scope(mentor.scope):
        reveal_client(case=case, reason="ต้องโทรนัดพรุ่งนี้", by=mentor)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"notice_given": False}, "notice_given"),
        ({"called_name": "", "phone": ""}, "called_name"),
        ({"is_anonymous": True}, "is_anonymous"),
    ],
)
def test_nobody_is_named_without_having_been_told(changes, field, mentor, volunteer):
    with pytest.raises(RuleViolation) as refusal:
        a_case(mentor, volunteer=volunteer, **changes)

    assert refusal.value.field == field


def test_the_office_is_told_in_a_sentence_without_the_client(mentor, volunteer, chiang_mai):
    office = Office.objects.get(province=50, agency="DLPW")
    officer = UserFactory(
        role=Role.PARTNER_OFFICER, province=chiang_mai, office=office, email="o@example.go.th"
    )
    other = UserFactory(
        role=Role.PARTNER_OFFICER,
        province=chiang_mai,
        office=Office.objects.get(province=50, agency="SSO"),
    )

    case = a_case(mentor, volunteer=volunteer)

    with open_scope(officer.scope):
        notice = Notice.objects.visible_to(officer).get()
    assert case.code in notice.text
    assert "สมใจ" not in notice.text
    assert notice.href == case.get_absolute_url()
    with open_scope(other.scope):
        assert not Notice.objects.visible_to(other).exists()


def test_opening_leaves_a_timeline_and_a_trail(mentor, volunteer):
    case = a_case(mentor, volunteer=volunteer)

    with open_scope(mentor.scope):
        events = CaseEvent.objects.filter(case=case).order_by("pk").values_list("action", flat=True)
        trail = AuditEvent.objects.filter(target=str(case.pk)).order_by("pk")
        assert list(events) == [CaseAction.OPEN, CaseAction.REFER]
        assert [event.verb for event in trail] == ["case.open", "case.refer"]


@pytest.fixture
def head(chiang_mai):
    return UserFactory(role=Role.PROVINCIAL_HEAD, province=chiang_mai)


def test_trafficking_goes_to_the_head_and_its_sender_sees_it_no_more(mentor, volunteer, head):
    activity = ActivityFactory(volunteer=volunteer)

    case = a_case(mentor, topic=Category.TRAFFICKING, activity=activity)

    assert (case.keeper, case.office.agency_id) == (head, "OPS")
    assert case.activity is None  # the log is open to the whole office
    with open_scope(mentor.scope):
        assert not Case.objects.filter(pk=case.pk).exists()
        assert not CaseEvent.objects.exists()
        assert not CaseClient.objects.exists()
        assert not AuditEvent.objects.filter(target_type="case").exists()
        assert not Notice.objects.visible_to(mentor).exists()
    with open_scope(head.scope):
        assert Case.objects.visible_to(head).get() == case
        notice = Notice.objects.visible_to(head).get()
    assert case.code not in notice.text
    assert str(case.get_topic_display()) not in notice.text


def test_no_gap_in_the_numbers_tells_of_trafficking(mentor, volunteer, head):
    numbers = [
        a_case(mentor, volunteer=volunteer, topic=topic).code
        for topic in (Category.OTHER, Category.TRAFFICKING, Category.OTHER, Category.TRAFFICKING)
    ]

    assert [code.partition("/")[2] for code in numbers] == ["0001", "ป0001", "0002", "ป0002"]


def test_without_a_head_the_centre_keeps_it(mentor, volunteer, central_officer):
    case = a_case(mentor, topic=Category.TRAFFICKING, volunteer=volunteer)

    assert case.keeper == central_officer


def test_an_activity_that_a_case_names_stays_in_the_log(mentor, volunteer):
    activity = ActivityFactory(volunteer=volunteer)
    a_case(mentor, activity=activity)

    with pytest.raises(RuleViolation, match="เรื่องส่งต่อ"), open_scope(mentor.scope):
        remove_activity(activity=activity, by=mentor)


def test_an_activity_that_left_the_log_cannot_be_named(mentor, volunteer):
    activity = ActivityFactory(volunteer=volunteer)
    with open_scope(mentor.scope):
        remove_activity(activity=activity, by=mentor)

    with pytest.raises(RuleViolation, match="เอาออกจากบันทึก"):
        a_case(mentor, activity=activity)


def at_the_same_moment(monkeypatch=None):
    """Two mentors of Chiang Mai open a case each, in threads of their own; returns what came."""
    chiang_mai = Province.objects.get(pk=50)
    mentors = [UserFactory(province=chiang_mai) for _ in range(2)]
    volunteer, barrier = VolunteerFactory(province=chiang_mai), threading.Barrier(2)

    def open_one(mentor):
        try:
            barrier.wait()
            return a_case(mentor, volunteer=volunteer).number
        except IntegrityError as clash:
            return clash
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(open_one, mentors))


def test_two_mentors_never_get_one_number(committed):
    for _ in range(5):
        assert not [one for one in at_the_same_moment() if isinstance(one, IntegrityError)]


def test_without_the_lock_they_would(committed, monkeypatch):
    both_counted = threading.Barrier(2)
    count = case_openings._next_number

    def slowly(case):
        number = count(case)
        both_counted.wait(10)
        return number

    monkeypatch.setattr(case_openings, "wait_in_transaction", lambda *lock: None)
    monkeypatch.setattr(case_openings, "_next_number", slowly)

    assert [one for one in at_the_same_moment() if isinstance(one, IntegrityError)] != []
