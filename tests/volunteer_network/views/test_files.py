"""Photos: what is kept of them, and who may see them."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from tests.factories import TermFactory, VolunteerFactory
from tests.volunteer_network.views.activities.pages import CREATE, TERM, typed
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.models import Activity, StoredFile, User
from volunteer_network.models.stored_files import StoredFile as Photo

GPS, MAKER = 0x8825, 0x010F


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    """Where photos lie; call it for those that are there."""
    settings.FILES_DIR = tmp_path
    return lambda: list(tmp_path.rglob("*.*"))


@pytest.fixture
def volunteer(chiang_mai):
    volunteer = VolunteerFactory(province=chiang_mai)
    TermFactory(volunteer=volunteer, **TERM)
    return volunteer


def a_photo(name="photo.jpg"):
    """A photo of a telephone, which writes down where it was taken."""
    exif = Image.Exif()
    exif[MAKER] = "SecretPhone"
    exif.get_ifd(GPS).update({1: "N", 2: (18.0, 47.0, 25.0), 3: "E", 4: (98.0, 59.0, 5.0)})
    content = BytesIO()
    Image.new("RGB", (60, 40), "red").save(content, "JPEG", exif=exif)
    return SimpleUploadedFile(name, content.getvalue(), "image/jpeg")


@pytest.fixture
def photo(client, officer, volunteer):
    """A photo that hangs on an activity of ours."""
    day = timezone.localdate()
    typed_day = f"{day.day}/{day.month}/{day.year + 543}"
    form = typed(volunteer, photo=a_photo("../../สมชาย.jpg"), on_date=typed_day)
    assert client.post(CREATE, form).status_code == 302
    with open_scope(NATION):
        return StoredFile.objects.get()


def address(photo):
    return reverse("files:detail", args=[photo.pk])


def test_a_photo_is_kept_without_place_device_and_name(client, photo, files):
    [path] = files()
    response = client.get(address(photo))
    content = b"".join(response.streaming_content)

    assert path.read_bytes() == content
    assert b"SecretPhone" not in content
    assert dict(Image.open(BytesIO(content)).getexif()) == {}
    assert "สมชาย" not in str(path)
    assert (photo.content_type, photo.size) == ("image/jpeg", len(content))


def test_a_photo_is_served_as_a_photo_and_nothing_else(client, photo):
    response = client.get(address(photo))

    assert response["Content-Type"] == "image/jpeg"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]
    assert photo.name not in response.get("Content-Disposition", "")


def test_the_page_shows_the_photo(client, photo):
    with open_scope(NATION):
        activity = Activity.objects.get()

    assert address(photo) in client.get(activity.get_absolute_url()).content.decode()


def test_a_photo_of_another_province_does_not_exist(client, photo, songkhla_officer):
    client.force_login(songkhla_officer)

    assert client.get(address(photo)).status_code == 404


def test_the_second_wall_alone_hides_it(client, photo, songkhla_officer, monkeypatch):
    from volunteer_network.access.scope import ProvinceScopedQuerySet

    monkeypatch.setattr(ProvinceScopedQuerySet, "visible_to", lambda rows, user: rows)
    client.force_login(songkhla_officer)

    assert client.get(address(photo)).status_code == 404


def test_the_first_wall_alone_hides_it(photo, songkhla_officer):
    with open_scope(NATION):
        assert list(Photo.objects.all()) == [photo]
        assert list(Photo.objects.visible_to(songkhla_officer)) == []


@pytest.mark.parametrize("cast", ["partner_officer", "executive", "central_admin"])
def test_who_sees_no_activities_sees_no_photos(client, photo, request, cast):
    user: User = request.getfixturevalue(cast)
    client.force_login(user)

    assert client.get(address(photo)).status_code == 403


@pytest.mark.parametrize("cast", ["central_officer", "inspector", "chiang_mai_head"])
def test_who_sees_activities_sees_their_photos(client, photo, request, cast):
    client.force_login(request.getfixturevalue(cast))

    assert client.get(address(photo)).status_code == 200


def test_a_stranger_is_asked_to_sign_in(client, photo):
    client.logout()

    assert client.get(address(photo)).status_code == 302


def test_a_photo_whose_file_is_lost_is_not_found(client, photo, files):
    files()[0].unlink()

    assert client.get(address(photo)).status_code == 404


@pytest.mark.parametrize("pk", [0, 10**18, 10**40])
def test_a_number_that_no_photo_has_is_not_found(client, officer, pk):
    assert client.get(f"/files/{pk}/").status_code == 404


def test_a_photo_goes_with_its_activity(client, photo, files, django_capture_on_commit_callbacks):
    with open_scope(NATION):
        activity = Activity.objects.get()

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("activities:remove", args=[activity.pk]))

    assert files() == []
    assert client.get(address(photo)).status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("photo.jpg", b"MZ\x90\x00" * 500, "ไม่ใช่ภาพ"),
        ("photo.exe", b"MZ\x90\x00" * 500, "ไม่ใช่ภาพ"),
        ("photo.jpg", b"<svg onload='alert(1)'/>", "ไม่ใช่ภาพ"),
        ("photo.jpg", b"\xff\xd8\xff\xe0" + b"\x00" * 100, ""),
        ("photo.jpg", b"", "ว่าง"),
        ("photo.jpg", b"\x00" * 50 * 1024 * 1024, "ใหญ่เกินไป"),
    ],
)
def test_what_is_no_photo_is_refused_and_nothing_is_kept(
    client, officer, volunteer, files, name, content, words
):
    form = typed(volunteer, photo=SimpleUploadedFile(name, content))

    response = client.post(CREATE, form)

    assert response.status_code == 422
    assert words in response.context["form"].errors["photo"][0]
    assert files() == []
    with open_scope(NATION):
        assert not Activity.objects.exists()
        assert not StoredFile.objects.exists()
