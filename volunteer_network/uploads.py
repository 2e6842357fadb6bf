"""Takes photos from strangers: checks what they are, rewrites them, keeps them by random names.

Nothing of the sent file survives but its pixels: re-encoding drops the place and time a phone
writes into its pictures, and whatever else was hidden in or behind them.
"""

import hashlib
import hmac
import os
import re
import secrets
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO, Any, BinaryIO

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.utils.translation import gettext as _
from PIL import ExifTags, Image, UnidentifiedImageError

from volunteer_network.errors import RuleViolation

MEGABYTE = 1024 * 1024
MOST_BYTES = 10 * MEGABYTE
MOST_REQUEST_BYTES = 64 * MEGABYTE  # several photos; Django itself puts no bound to files
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 2000
QUALITY = 85

READABLE_FORMATS = ("JPEG", "PNG", "WEBP")
EXTENSIONS = {"JPEG": "jpg", "MPO": "jpg", "PNG": "png", "WEBP": "webp"}  # MPO: JPEG of two lenses
ENCODERS = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP"}

UPRIGHT_BY = {  # EXIF orientation: how to turn the pixels so that they need no EXIF
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}

UNFINISHED = ".part"  # of a file that is being written
STORED_NAME = re.compile(r"[0-9a-f]{32}\.[a-z0-9]{2,5}")


@dataclass(frozen=True)
class CleanPhoto:
    """A photo that we encoded ourselves; sizes in pixels."""

    content: bytes
    extension: str
    width: int
    height: int


class RefuseGiants(FileUploadHandler):
    """The first upload handler: refuses a giant request, also a stranger's, before it is read."""

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, *_: Any, **__: Any
    ) -> None:
        if content_length > MOST_REQUEST_BYTES:
            raise RequestDataTooBig("The request is larger than all files that one may send.")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the handlers after this one."""


def clean_photo(upload: "UploadedFile[Any] | BinaryIO") -> CleanPhoto:
    """Return the photo upright, at most 2,000 pixels long and without metadata, or refuse it."""
    image = _decode(_content_within_limit(upload))
    extension = EXTENSIONS[image.format or "JPEG"]
    pixels = _bare_pixels(image, keep_alpha=extension != "jpg")
    encoded = BytesIO()
    pixels.save(encoded, ENCODERS[extension], quality=QUALITY)
    return CleanPhoto(encoded.getvalue(), extension, pixels.width, pixels.height)


def store(content: bytes, extension: str) -> str:
    """Keep the bytes under a random name below FILES_DIR and return that name."""
    name = f"{secrets.token_hex(16)}.{extension}"
    path = _path_of(name)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    return name


def store_for(key: str, content: bytes, extension: str) -> str:
    """Keep the bytes under the one name that belongs to a key; kept again, they replace each other.

    The name is as hard to guess as a random one. The file appears whole or not at all.
    """
    name = f"{hmac.digest(_secret(), key.encode(), 'sha256').hex()[:32]}.{extension}"
    replace(name, content)
    return name


def replace(name: str, content: bytes) -> None:
    """Keep the bytes under a name of ours: who opens it has the old file whole, or the new one."""
    path = _path_of(name)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = path.with_suffix(UNFINISHED)
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)


def digest(content: bytes) -> str:
    """The SHA-256 of a file's content, hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def open_stored(name: str) -> IO[bytes]:
    """Open a kept file; raise FileNotFoundError when it is gone, ValueError for a foreign name."""
    return _path_of(name).open("rb")


def remove(name: str) -> None:
    """Delete a kept file; one that is already gone is as good."""
    _path_of(name).unlink(missing_ok=True)


def _secret() -> bytes:
    return str(settings.SECRET_KEY).encode()


def _path_of(name: str) -> Path:
    """Spread the files over two levels of folders; a name we did not make leads nowhere."""
    if not STORED_NAME.fullmatch(name):
        raise ValueError("This is not the name of a stored file.")
    return Path(settings.FILES_DIR) / name[:2] / name[2:4] / name


def _content_within_limit(upload: "UploadedFile[Any] | BinaryIO") -> bytes:
    """Read one byte more than allowed, never a whole giant."""
    announced = getattr(upload, "size", None) or 0
    content = b"" if announced > MOST_BYTES else upload.read(MOST_BYTES + 1)
    size = max(announced, len(content))
    if size > MOST_BYTES:
        raise RuleViolation(
            _("ไฟล์ภาพใหญ่เกินไป (ไม่เกิน %(limit)s MB) ให้ย่อภาพ หรือเลือกส่งภาพขนาดกลางจากโทรศัพท์ แล้วแนบใหม่")
            % {"limit": MOST_BYTES // MEGABYTE}
        )
    if not content:
        raise RuleViolation(_("ไฟล์ภาพว่างเปล่า ให้เลือกไฟล์ภาพแล้วแนบใหม่"))
    return content


def _decode(content: bytes) -> Image.Image:
    """Judge by content, not by name, and look at the size before any pixel is unpacked."""
    try:
        image = Image.open(BytesIO(content), formats=READABLE_FORMATS)
        _refuse_too_many_pixels(image)
        image.verify()
        image = Image.open(BytesIO(content), formats=READABLE_FORMATS)  # verify() uses it up
        image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        image.load()
        image.getexif()  # a broken one speaks up here
    except UnidentifiedImageError:
        raise RuleViolation(_what_it_is_instead(content)) from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise RuleViolation(_too_many_pixels()) from None
    except (OSError, SyntaxError, ValueError):  # Pillow's ways to say that a file is broken
        raise RuleViolation(
            _("ไฟล์ภาพเสียหายหรือส่งมาไม่ครบ ให้เปิดภาพดูในเครื่องก่อน แล้วบันทึกและแนบใหม่")
        ) from None
    return image


def _refuse_too_many_pixels(image: Image.Image) -> None:
    if image.width * image.height > MOST_PIXELS:
        raise RuleViolation(_too_many_pixels())


def _too_many_pixels() -> str:
    return _("ภาพมีความละเอียดสูงเกินไป (ไม่เกิน %(limit)s ล้านพิกเซล) ให้ย่อภาพแล้วแนบใหม่") % {
        "limit": MOST_PIXELS // 1_000_000
    }


def _what_it_is_instead(content: bytes) -> str:
    if content[4:8] == b"ftyp":
        return _(
            "ไฟล์นี้เป็นภาพชนิด HEIC หรือวิดีโอซึ่งยังใช้ไม่ได้ ใน iPhone ให้ตั้งค่า กล้อง > รูปแบบ > "
            "เข้ากันได้มากที่สุด หรือส่งออกภาพเป็น JPEG แล้วแนบใหม่"
        )
    return _("ไฟล์นี้ไม่ใช่ภาพ แม้ชื่อไฟล์จะลงท้ายเหมือนภาพ ให้แนบภาพถ่ายชนิด JPEG, PNG หรือ WebP")


def _bare_pixels(image: Image.Image, *, keep_alpha: bool) -> Image.Image:
    """Shrink, copy the pixels alone (encoders take comments along, too) and turn them upright."""
    mode = "RGBA" if keep_alpha and image.has_transparency_data else "RGB"
    small = image if image.mode == mode else image.convert(mode)
    small.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    bare = Image.new(mode, small.size)
    bare.paste(small)
    turn = UPRIGHT_BY.get(image.getexif().get(ExifTags.Base.Orientation, 1))
    return bare if turn is None else bare.transpose(turn)
