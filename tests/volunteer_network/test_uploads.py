import stat
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, PngImagePlugin

from volunteer_network import uploads
from volunteer_network.errors import RuleViolation
from volunteer_network.uploads import clean_photo

GPS, ORIENTATION = 0x8825, 0x0112
TURNED_RIGHT = 6


def photo(kind="JPEG", size=(60, 40), mode="RGB", **options):
    """Encode a photo whose left half is red and whose right half is blue."""
    image = Image.new(mode, size, "red")
    image.paste("blue", (size[0] // 2, 0, *size))
    content = BytesIO()
    image.save(content, kind, **options)
    return content.getvalue()


def upload(content, name="photo.jpg"):
    return SimpleUploadedFile(name, content)


def opened(clean):
    return Image.open(BytesIO(clean.content))


def refusal(content, name="photo.jpg"):
    with pytest.raises(RuleViolation) as refused:
        clean_photo(upload(content, name))
    return refused.value.message


def exif_of_a_phone():
    exif = Image.Exif()
    exif[ORIENTATION] = TURNED_RIGHT
    exif[0x010F] = "SecretPhone"
    exif.get_ifd(GPS).update({1: "N", 2: (18.0, 47.0, 25.0), 3: "E", 4: (98.0, 59.0, 5.0)})
    return exif


@pytest.mark.parametrize(
    ("kind", "extension"), [("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "webp"), ("MPO", "jpg")]
)
def test_the_type_comes_from_the_content_and_not_from_the_name(kind, extension):
    clean = clean_photo(upload(photo(kind), "photo.gif"))

    assert (clean.extension, clean.width, clean.height) == (extension, 60, 40)
    assert opened(clean).format == uploads.ENCODERS[extension]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_place_and_device_of_a_phone_photo_are_gone(kind):
    sent = photo(kind, exif=exif_of_a_phone())
    assert Image.open(BytesIO(sent)).getexif().get_ifd(GPS)  # there was something to leak

    clean = clean_photo(upload(sent))

    assert dict(opened(clean).getexif()) == {}
    assert b"SecretPhone" not in clean.content


def test_comments_profiles_and_texts_are_gone():
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Author", "secret-name")
    jpeg = photo("JPEG", comment=b"secret-name", icc_profile=b"secret-name" * 20)
    png = photo("PNG", pnginfo=texts, icc_profile=b"secret-name" * 20)

    for sent in (jpeg, png):
        assert b"secret-name" not in clean_photo(upload(sent)).content
        assert not {"comment", "icc_profile", "Author"} & set(
            opened(clean_photo(upload(sent))).info
        )


def test_what_hangs_behind_a_photo_is_gone():
    clean = clean_photo(upload(photo() + b"MZ\x90 secret-program"))

    assert b"secret-program" not in clean.content


def test_a_photo_taken_upright_is_turned():
    clean = clean_photo(upload(photo(exif=exif_of_a_phone())))

    red, _, blue = opened(clean).getpixel((20, 2))
    assert (clean.width, clean.height) == (40, 60)
    assert red > 200 > 50 > blue  # what was left is now on top


def test_a_large_photo_is_shrunk_to_its_longest_side():
    clean = clean_photo(upload(photo(size=(5000, 2500))))

    assert (clean.width, clean.height) == (2000, 1000) == opened(clean).size


def test_a_small_photo_keeps_its_size():
    assert clean_photo(upload(photo(size=(3, 2)))).width == 3


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_transparency_is_kept_where_the_format_has_it(kind):
    content = BytesIO()
    Image.new("RGBA", (4, 4), (255, 0, 0, 0)).save(content, kind)

    assert opened(clean_photo(upload(content.getvalue()))).getpixel((1, 1))[3] == 0


@pytest.mark.parametrize(("kind", "mode"), [("JPEG", "CMYK"), ("JPEG", "L"), ("PNG", "P")])
def test_other_colour_models_become_plain_colours(kind, mode):
    image = Image.new("RGB", (8, 8), "white").convert(mode)
    content = BytesIO()
    image.save(content, kind)

    assert opened(clean_photo(upload(content.getvalue()))).mode == "RGB"


def test_a_photo_of_50_megabytes_is_refused_unread():
    class Giant(BytesIO):
        size = 50 * uploads.MEGABYTE

        def read(self, *_):
            raise AssertionError("it was read")

    with pytest.raises(RuleViolation, match=r"ใหญ่เกินไป.*10 MB.*ย่อภาพ"):
        clean_photo(Giant())


def test_a_stream_that_hides_its_size_is_refused_at_the_limit():
    class Endless(BytesIO):
        asked = 0

        def read(self, size=-1):
            self.asked = size
            return b"\xff" * size

    stream = Endless()

    with pytest.raises(RuleViolation, match="ใหญ่เกินไป"):
        clean_photo(stream)
    assert stream.asked == uploads.MOST_BYTES + 1


def test_a_photo_just_at_the_limit_is_taken():
    sent = photo()

    assert clean_photo(upload(sent + bytes(uploads.MOST_BYTES - len(sent)))).width == 60


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\x00\x03" + bytes(500),
        "ชื่อ,นามสกุล\n".encode(),
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%PDF-1.7",
    ],
    ids=["exe", "text", "svg", "pdf"],
)
def test_a_file_that_only_calls_itself_a_photo_is_refused(content):
    assert "ไม่ใช่ภาพ" in refusal(content, "photo.jpg")


@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF", "ICO"])
def test_other_picture_formats_are_refused_with_those_that_work(kind):
    assert "JPEG, PNG หรือ WebP" in refusal(photo(kind))


def test_a_heic_photo_is_told_how_to_become_a_jpeg():
    assert "HEIC" in refusal(b"\x00\x00\x00\x18ftypheic" + bytes(100), "IMG_0001.jpg")


def test_an_empty_file_is_refused():
    assert "ว่างเปล่า" in refusal(b"")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_torn_photo_is_refused(kind):
    whole = photo(kind, size=(400, 400))

    assert "เสียหาย" in refusal(whole[: len(whole) // 2])


@pytest.mark.parametrize("size", [(6400, 6400), (12000, 12000), (30000, 30000)])
def test_a_bomb_is_refused_before_its_pixels_are_unpacked(size, monkeypatch):
    def exploded(*_):
        raise AssertionError("it went off")

    content = BytesIO()
    Image.new("1", size).save(content, "PNG")
    monkeypatch.setattr(PngImagePlugin.PngImageFile, "load", exploded)

    assert "40 ล้านพิกเซล" in refusal(content.getvalue())


@pytest.fixture
def files(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"
    return settings.FILES_DIR


def test_a_stored_file_comes_back_under_a_name_nobody_can_guess(files):
    first, second = uploads.store(b"one", "jpg"), uploads.store(b"one", "jpg")

    with uploads.open_stored(first) as file:
        assert file.read() == b"one"
    assert first != second
    assert len(first) == len("0123456789abcdef0123456789abcdef.jpg")


def test_a_stored_file_lies_two_folders_deep_and_is_ours_alone(files):
    name = uploads.store(b"one", "jpg")

    path = files / name[:2] / name[2:4] / name
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_removed_file_is_gone_and_may_be_removed_again(files):
    name = uploads.store(b"one", "jpg")

    uploads.remove(name)
    uploads.remove(name)

    with pytest.raises(FileNotFoundError):
        uploads.open_stored(name)


@pytest.mark.parametrize(
    "name",
    [
        "../../secret.key",
        "/etc/passwd",
        "",
        "a" * 32,
        "a" * 32 + ".jpg\n",
        "a" * 32 + ".jpg/../x",
        "A" * 32 + ".jpg",
        "aa/bb/" + "a" * 32 + ".jpg",
        "a" * 32 + ".\u0e51jpg",
        "a" * 31 + "\x00.jpg",
    ],
)
def test_a_name_that_is_not_ours_leads_nowhere(files, name):
    for act in (uploads.open_stored, uploads.remove):
        with pytest.raises(ValueError, match="not the name of a stored file"):
            act(name)


@pytest.mark.parametrize("extension", ["", "../x", "jpg/..", "J", "exe\x00"])
def test_nothing_is_stored_under_a_strange_extension(files, extension):
    with pytest.raises(ValueError, match="not the name of a stored file"):
        uploads.store(b"one", extension)
    assert not files.exists()
