"""An activity changed, removed and brought back."""

from datetime import date

import pytest
from django.http import Http404

from tests.volunteer_network.services.activities.deeds import change, log, remove, restore
from volunteer_network.access.scope import open_scope
from volunteer_network.errors import RuleViolation
from volunteer_network.models import Activity, AuditEvent
from volunteer_network.services import activities
from volunteer_network.services.activities import removed_activity, restore_activity
from volunteer_network.services.edits import StaleEdit


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
