"""Logging, changing, removing and restoring what volunteers did."""

import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import Http404
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from tests.factories import ActivityFactory, TermFactory, UserFactory, VolunteerFactory
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.enums import ActivityKind, Category, TargetGroup
from volunteer_network.errors import RuleViolation
from volunteer_network.models import (
    Activity,
    ActivityDelta,
    Agency,
    AuditEvent,
    StoredFile,
    Subdistrict,
)
from volunteer_network.services import activities
from volunteer_network.services.activities import (
    change_activity,
    log_activity,
    remove_activity,
    removed_activity,
    restore_activity,
)
from volunteer_network.services.edits import StaleEdit
from volunteer_network.services.figures import (
    Totals,
    by_category,
    by_district,
    fold_figures,
    month_totals,
)
from volunteer_network.uploads import CleanPhoto

TERM = {"starts_on": date(2025, 6, 11), "ends_on": date(2028, 6, 10)}
DAY = date(2026, 11, 3)
MONTH = DAY.replace(day=1)


@pytest.fixture
def volunteer(chiang_mai):
    volunteer = VolunteerFactory(province=chiang_mai)
    TermFactory(volunteer=volunteer, **TERM)
    return volunteer


@pytest.fixture
def files(settings, tmp_path):
    """Where photos lie during the test; call it for the names of those that are there."""
    settings.FILES_DIR = tmp_path
    return lambda: sorted(path.name for path in tmp_path.rglob("*.*"))


def a_deed(volunteer, **changes):
    """What the form hands to the service."""
    return {
        "volunteer": volunteer,
        "on_date": DAY,
        "category": Category.SAFETY,
        "kind": ActivityKind.FIELD_VISIT,
        "agency": None,
        "subdistrict": None,
        "village": "หมู่ 4",
        "target_groups": [TargetGroup.ELDERLY],
        "people_male": 3,
        "people_female": 4,
        "spotted": 3,
        "screened": 2,
        "referred": 1,
        "mentor_present": True,
        "note": "ตรวจเครื่องจักร",
        "photo": None,
        "submission": uuid.uuid4(),
        **changes,
    }


def log(by, volunteer, **changes):
    with open_scope(by.scope):
        return log_activity(by=by, **a_deed(volunteer, **changes))


def change(by, activity, **changes):
    with open_scope(by.scope):
        deed = a_deed(activity.volunteer, version=activity.version, **changes)
        del deed["submission"]
        return change_activity(activity=activity, by=by, **deed)


def remove(by, activity):
    with open_scope(by.scope):
        return remove_activity(activity=activity, by=by)


def restore(by, pk):
    with open_scope(by.scope):
        return restore_activity(removed=removed_activity(pk, user=by), by=by)


def a_photo(colour="red"):
    content = BytesIO()
    Image.new("RGB", (4, 4), colour).save(content, "PNG")
    return CleanPhoto(content.getvalue(), "png", 4, 4)


def test_everything_that_was_typed_is_kept(chiang_mai_officer, volunteer, everywhere):
    place = Subdistrict.objects.filter(province=50).order_by("-pk").first()

    log(
        chiang_mai_officer,
        volunteer,
        subdistrict=place,
        agency=Agency.objects.get(pk="SSO"),
    )

    typed = a_deed(volunteer)
    with everywhere():
        kept = Activity.objects.get()
        assert {name: getattr(kept, name) for name in activities.PLAIN_FIELDS} == {
            name: typed[name] for name in activities.PLAIN_FIELDS
        }
        assert (kept.volunteer, kept.people, kept.agency_id) == (volunteer, 7, "SSO")
        assert (kept.subdistrict, kept.district_id) == (place, place.district_id)
        assert (kept.recorded_by, kept.province_id) == (chiang_mai_officer, 50)
        [event] = AuditEvent.objects.filter(verb="activity.logged")
        assert (event.actor, event.target) == (chiang_mai_officer.pk, str(kept.pk))


def test_place_and_agency_follow_from_person_and_category(chiang_mai_officer, volunteer):
    activity = log(chiang_mai_officer, volunteer)

    assert activity.subdistrict_id == volunteer.subdistrict_id
    assert activity.agency_id == "DLPW"


@pytest.mark.parametrize("day", [TERM["starts_on"], TERM["ends_on"]])
def test_the_first_and_the_last_day_of_a_term_count(chiang_mai_officer, volunteer, day):
    assert log(chiang_mai_officer, volunteer, on_date=day).pk


@pytest.mark.parametrize(
    "day", [TERM["starts_on"] - timedelta(days=1), TERM["ends_on"] + timedelta(days=1)]
)
def test_a_day_outside_every_term_is_refused_with_the_term(
    chiang_mai_officer, volunteer, everywhere, day
):
    with pytest.raises(RuleViolation) as refused:
        log(chiang_mai_officer, volunteer, on_date=day)

    assert refused.value.field == "on_date"
    assert "11 มิ.ย. 2568 – 10 มิ.ย. 2571" in refused.value.message
    with everywhere():
        assert not Activity.objects.exists()


def test_who_was_never_appointed_is_to_be_appointed_first(chiang_mai_officer, chiang_mai):
    with pytest.raises(RuleViolation, match="แต่งตั้งก่อน"):
        log(chiang_mai_officer, VolunteerFactory(province=chiang_mai))


def test_a_place_of_another_province_is_refused(chiang_mai_officer, volunteer):
    foreign = Subdistrict.objects.filter(province=90).first()

    with pytest.raises(RuleViolation) as refused:
        log(chiang_mai_officer, volunteer, subdistrict=foreign)

    assert refused.value.field == "subdistrict"


@pytest.mark.parametrize(
    "counts", [{"spotted": 1, "screened": 2, "referred": 0}, {"screened": 0, "referred": 1}]
)
def test_the_database_refuses_more_screened_than_spotted(chiang_mai_officer, volunteer, counts):
    with pytest.raises(IntegrityError, match="were_"), transaction.atomic():
        log(chiang_mai_officer, volunteer, **counts)


def test_a_form_sent_twice_is_saved_once(chiang_mai_officer, volunteer, everywhere):
    number = uuid.uuid4()

    first = log(chiang_mai_officer, volunteer, submission=number)
    second = log(chiang_mai_officer, volunteer, submission=number)

    assert first == second
    with everywhere():
        assert Activity.objects.count() == 1
        assert AuditEvent.objects.filter(verb="activity.logged").count() == 1


def test_a_form_sent_twice_at_the_same_moment_is_saved_once(committed, files):
    volunteer = VolunteerFactory()
    TermFactory(volunteer=volunteer, **TERM)
    officer = UserFactory(province=volunteer.province)
    barrier, number = threading.Barrier(4), uuid.uuid4()

    def send(_):
        barrier.wait()
        try:
            return log(officer, volunteer, submission=number, photo=a_photo()).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        saved = set(pool.map(send, range(4)))

    with open_scope(NATION):
        assert saved == set(Activity.objects.values_list("pk", flat=True))
        assert len(saved) == len(files()) == StoredFile.objects.count() == 1


def test_another_province_may_use_the_same_number(
    chiang_mai_officer, songkhla_officer, volunteer, songkhla
):
    number = uuid.uuid4()
    theirs = VolunteerFactory(province=songkhla)
    TermFactory(volunteer=theirs, **TERM)

    first = log(songkhla_officer, theirs, submission=number)

    assert log(chiang_mai_officer, volunteer, submission=number) != first


def test_a_change_is_kept_with_its_trace(chiang_mai_officer, volunteer, everywhere):
    activity = log(chiang_mai_officer, volunteer)

    change(chiang_mai_officer, activity, note="ใหม่", on_date=date(2026, 10, 1))

    with everywhere():
        kept = Activity.objects.get()
        assert (kept.note, kept.on_date, kept.version) == ("ใหม่", date(2026, 10, 1), 2)
        traces = Activity.pgh_event_model.objects.filter(pgh_obj_id=kept.pk)
        assert [(one.pgh_label, one.note) for one in traces] == [("update", "ใหม่")]
        assert AuditEvent.objects.filter(verb="activity.changed").count() == 1


def test_a_colleagues_newer_save_is_not_overwritten(chiang_mai_officer, volunteer, everywhere):
    activity = log(chiang_mai_officer, volunteer)
    change(chiang_mai_officer, activity, note="ของเพื่อน")

    with pytest.raises(StaleEdit):
        change(chiang_mai_officer, activity, note="ของเรา")

    with everywhere():
        assert Activity.objects.get().note == "ของเพื่อน"


def test_what_was_removed_comes_back_as_it_was(chiang_mai_officer, volunteer, everywhere):
    activity = log(chiang_mai_officer, volunteer)

    pk = remove(chiang_mai_officer, activity)
    with everywhere():
        assert not Activity.objects.exists()
    back = restore(chiang_mai_officer, pk)

    names = (*activities.RESTORED_FIELDS, "pk", "people", "recorded_by_id", "recorded_at")
    with everywhere():
        back.refresh_from_db()
        assert {name: getattr(back, name) for name in names} == {
            name: getattr(activity, name) for name in names
        } | {"pk": pk}
        verbs = AuditEvent.objects.order_by("pk").values_list("verb", flat=True)
        assert list(verbs) == ["activity.logged", "activity.removed", "activity.restored"]


def test_it_comes_back_once(chiang_mai_officer, volunteer):
    pk = remove(chiang_mai_officer, log(chiang_mai_officer, volunteer))
    with open_scope(chiang_mai_officer.scope):
        trace = removed_activity(pk, user=chiang_mai_officer)
    restore(chiang_mai_officer, pk)

    with pytest.raises(RuleViolation), open_scope(chiang_mai_officer.scope):
        restore_activity(removed=trace, by=chiang_mai_officer)
    with open_scope(chiang_mai_officer.scope):
        assert removed_activity(pk, user=chiang_mai_officer) is None


def test_removed_twice_it_comes_back_in_its_last_form(chiang_mai_officer, volunteer):
    pk = remove(chiang_mai_officer, log(chiang_mai_officer, volunteer, note="ก่อน"))
    back = restore(chiang_mai_officer, pk)
    remove(chiang_mai_officer, change(chiang_mai_officer, back, note="หลัง"))

    assert restore(chiang_mai_officer, pk).note == "หลัง"


def test_what_another_province_removed_does_not_exist_here(
    chiang_mai_officer, songkhla_officer, volunteer
):
    pk = remove(chiang_mai_officer, log(chiang_mai_officer, volunteer))

    with pytest.raises(Http404), open_scope(songkhla_officer.scope):
        removed_activity(pk, user=songkhla_officer)


def test_the_first_wall_alone_hides_what_another_province_removed(
    chiang_mai_officer, songkhla_officer, volunteer, everywhere
):
    pk = remove(chiang_mai_officer, log(chiang_mai_officer, volunteer))

    with pytest.raises(Http404), everywhere():
        removed_activity(pk, user=songkhla_officer)


# Photos


def test_a_photo_goes_with_its_activity(
    chiang_mai_officer, volunteer, files, everywhere, django_capture_on_commit_callbacks
):
    activity = log(chiang_mai_officer, volunteer, photo=a_photo())
    assert files() == [activity.photo.name]

    with django_capture_on_commit_callbacks(execute=True):
        remove(chiang_mai_officer, activity)

    with everywhere():
        assert not StoredFile.objects.exists()
    assert files() == []


def test_a_photo_stays_while_the_removal_may_still_fail(chiang_mai_officer, volunteer, files):
    activity = log(chiang_mai_officer, volunteer, photo=a_photo())

    remove(chiang_mai_officer, activity)  # the test's transaction never commits

    assert files() == [activity.photo.name]


def test_an_activity_comes_back_without_its_photo(chiang_mai_officer, volunteer, files):
    pk = remove(chiang_mai_officer, log(chiang_mai_officer, volunteer, photo=a_photo()))

    assert restore(chiang_mai_officer, pk).photo is None


def test_a_new_photo_replaces_the_one_before(
    chiang_mai_officer, volunteer, files, everywhere, django_capture_on_commit_callbacks
):
    activity = log(chiang_mai_officer, volunteer, photo=a_photo())

    with django_capture_on_commit_callbacks(execute=True):
        changed = change(chiang_mai_officer, activity, photo=a_photo("blue"))

    assert files() == [changed.photo.name] != [activity.photo.name]
    with everywhere():
        assert StoredFile.objects.count() == 1


def test_a_change_without_a_photo_keeps_the_one_there_is(chiang_mai_officer, volunteer, files):
    activity = log(chiang_mai_officer, volunteer, photo=a_photo())

    changed = change(chiang_mai_officer, activity, note="ใหม่")

    assert files() == [activity.photo.name]
    assert changed.photo_id == activity.photo_id


# Figures


def figures(by, **where):
    with open_scope(by.scope):
        return month_totals(month_from=MONTH, provinces=[50], **where)


def test_a_removal_and_a_return_leave_the_figures_right(chiang_mai_officer, volunteer):
    one = Totals(activities=1, people=7, spotted=3, screened=2, referred=1, volunteers=1)

    pk = log(chiang_mai_officer, volunteer).pk
    assert figures(chiang_mai_officer) == one
    remove(chiang_mai_officer, Activity(pk=pk))
    assert figures(chiang_mai_officer) == Totals(volunteers=0)
    fold_figures()
    assert figures(chiang_mai_officer) == Totals(volunteers=0)
    restore(chiang_mai_officer, pk)

    assert figures(chiang_mai_officer) == one


def test_a_double_post_counts_once(chiang_mai_officer, volunteer):
    number = uuid.uuid4()

    for _ in range(2):
        log(chiang_mai_officer, volunteer, submission=number)

    assert figures(chiang_mai_officer).activities == 1


def test_a_photo_changes_no_figure(chiang_mai_officer, volunteer, files, everywhere):
    log(chiang_mai_officer, volunteer, photo=a_photo())

    with everywhere(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL role = scope_system")
        assert ActivityDelta.objects.count() == 1


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["log", "change", "remove", "restore", "fold"]),
        st.integers(0, 3),  # which of those there are
        st.sampled_from([date(2026, 10, 5), date(2026, 11, 3), date(2026, 11, 20)]),
        st.sampled_from([Category.SAFETY, Category.OTHER]),
        st.sampled_from([0, -1]),  # first or last sub-district of the province
    ),
    max_size=12,
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(STEPS)
def test_figures_equal_a_recount_after_any_course_of_events(chiang_mai_officer, steps):
    with transaction.atomic():
        volunteer = VolunteerFactory()
        TermFactory(volunteer=volunteer, **TERM)
        play(chiang_mai_officer, volunteer, steps)
        with open_scope(chiang_mai_officer.scope):
            compare(list(Activity.objects.select_related("district")))
        transaction.set_rollback(True)


def play(by, volunteer, steps):
    places = list(Subdistrict.objects.filter(province=50).order_by("pk"))
    there, removed = [], []
    for what, which, day, category, place in steps:
        deed = {"on_date": day, "category": category, "subdistrict": places[place]}
        if what == "log":
            there.append(log(by, volunteer, people_male=which, **deed))
        elif what == "change" and there:
            index = which % len(there)
            there[index] = change(by, there[index], people_male=which, **deed)
        elif what == "remove" and there:
            removed.append(remove(by, there.pop(which % len(there))))
        elif what == "restore" and removed:
            there.append(restore(by, removed.pop()))
        elif what == "fold":
            fold_figures()


def compare(rows):
    period = {"month_from": date(2026, 10, 1), "month_to": date(2026, 11, 1), "provinces": [50]}
    assert month_totals(**period).activities == len(rows)
    assert month_totals(**period).people == sum(row.people for row in rows)
    for month in (date(2026, 10, 1), date(2026, 11, 1)):
        kept = month_totals(month_from=month, provinces=[50])
        assert kept.activities == sum(row.on_date.replace(day=1) == month for row in rows)
    by_key = {
        "category": by_category(**period),
        "district_id": by_district(**period),
    }
    for key, kept in by_key.items():
        counted = {getattr(row, key) for row in rows}
        assert set(kept) == counted
        for value, totals in kept.items():
            ours = [row for row in rows if getattr(row, key) == value]
            assert (totals.activities, totals.referred) == (
                len(ours),
                sum(row.referred for row in ours),
            )


def test_a_month_that_is_not_ours_counts_nothing(chiang_mai_officer, songkhla):
    ActivityFactory(volunteer=VolunteerFactory(province=songkhla), on_date=DAY)

    assert figures(chiang_mai_officer).activities == 0
