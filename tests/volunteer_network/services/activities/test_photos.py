"""A photo comes and goes with its activity."""

from tests.volunteer_network.services.activities.deeds import a_photo, change, log, remove, restore
from volunteer_network.models import StoredFile


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
