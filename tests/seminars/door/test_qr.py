"""The code on a badge: read back as it was written, and refused when it was touched."""

import pytest
from django.test import override_settings

from seminars.models.registrations import CODE_LETTERS
from seminars.qr import Badge, Flaw, badge_text, read_badge

CODE = "7KQ2MHTX3P"
ENGLISH = "1234567890-QWERTYUIOPASDFGHJKLZXCVBNM"
THAI_WITH_SHIFT = 'ๅ/-ภถุึคตจข\u0e50"ฎฑธํ๊ณฯญฤฆฏโฌ็๋ษศ()ฉฮฺ์?'


def test_a_badge_is_read_back():
    assert read_badge(badge_text(12, CODE)) == Badge(12, CODE)


def test_a_badge_fits_the_small_alphabet_of_qr():
    assert set(badge_text(987654321, CODE)) <= set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-")


@pytest.mark.parametrize("typed", [" {} ", "{}\n", "{lower}"])
def test_a_reader_may_add_a_line_end_or_use_small_letters(typed):
    text = badge_text(12, CODE)

    assert read_badge(typed.format(text, lower=text.lower())) == Badge(12, CODE)


def test_a_reader_on_the_thai_keyboard_is_understood():
    text = badge_text(12, CODE)
    as_it_arrives = text.translate(str.maketrans(ENGLISH, THAI_WITH_SHIFT))

    assert as_it_arrives != text
    assert read_badge(as_it_arrives) == Badge(12, CODE)


def test_a_touched_code_is_altered():
    text = badge_text(12, CODE)
    other_letter = CODE_LETTERS[CODE_LETTERS.index(text[-1]) - 1]

    assert read_badge(text[:-1] + other_letter) is Flaw.ALTERED
    assert read_badge("13" + text[2:]) is Flaw.ALTERED
    assert read_badge(text.replace(CODE, "7KQ2MHTX3Q")) is Flaw.ALTERED


def test_a_code_signed_with_another_key_is_altered():
    with override_settings(SECRET_KEY="another"):
        theirs = badge_text(12, CODE)

    assert read_badge(theirs) is Flaw.ALTERED


@pytest.mark.parametrize(
    "text", ["", "https://example.org/", "สมชาย", "นางสาวกนกวรรณ บุญมา", CODE, "081-234-5678"]
)
def test_anything_else_is_unknown(text):
    assert read_badge(text) is Flaw.UNKNOWN
