"""Cells as officials type them, and the words when they cannot be read."""

import datetime

import pytest

from volunteer_network.workbooks import cells
from volunteer_network.workbooks.cells import Name


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ({"full": "นายสมชาย ใจดี"}, Name("นาย", "สมชาย", "ใจดี")),
        ({"full": "น.ส.สุดา  ใจดี"}, Name("นางสาว", "สุดา", "ใจดี")),
        ({"full": "ว่าที่ ร.ต.หญิง สุดา ณ อยุธยา"}, Name("ว่าที่ ร.ต.หญิง", "สุดา", "ณ อยุธยา")),
        ({"first": "นางสุดา", "last": "ใจดี"}, Name("นาง", "สุดา", "ใจดี")),
        ({"title": "นาง", "first": "นางสุดา", "last": "ใจดี"}, Name("นาง", "สุดา", "ใจดี")),
        ({"title": "นส.", "first": "สุดา", "last": "ใจดี"}, Name("นางสาว", "สุดา", "ใจดี")),
        ({"first": "นายสมชาย ใจดี"}, Name("นาย", "สมชาย", "ใจดี")),
        ({"first": "สุดา", "last": "ใจดี"}, Name("", "สุดา", "ใจดี")),
    ],
)
def test_names_are_put_together(typed, name):
    assert cells.read_name(**typed) == name


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"full": ""}, "ไม่มีชื่อ"),
        ({"full": "นายสมชาย"}, "ไม่มีสกุล"),
        ({"full": "สมชาย2 ใจดี"}, "“2”"),
        ({"first": "ก" * 81, "last": "ข"}, "ยาวเกิน"),
    ],
)
def test_names_that_are_none_are_refused_in_words(typed, words):
    with pytest.raises(ValueError, match=words):
        cells.read_name(**typed)


@pytest.mark.parametrize(
    "typed",
    ["3/12/2563", "๓ ธ.ค. ๒๕๖๓", "2020-12-03", "2563-12-03", "44168", "44168.5", "242494",
     "2020-12-03 08:30"],
)  # fmt: skip
def test_days_are_read_in_either_era_and_as_numbers(typed):
    assert cells.read_date(typed) == datetime.date(2020, 12, 3)


@pytest.mark.parametrize("typed", ["99999", "ไม่ทราบ", "31/2/2563"])
def test_what_is_no_day_is_refused(typed):
    with pytest.raises(ValueError, match="โปรดพิมพ์"):
        cells.read_date(typed)


@pytest.mark.parametrize("typed", ["812345678", "66812345678", "+66 81 234 5678", "081-234-5678",
                                   "๐๘๑ ๒๓๔ ๕๖๗๘", "812345678.0"])  # fmt: skip
def test_telephones_get_their_zero_back(typed):
    assert cells.read_phone(typed) == "0812345678"


@pytest.mark.parametrize("typed", ["8.12E+08", "8.12346E+8"])
def test_a_shortened_telephone_says_that_digits_are_lost(typed):
    with pytest.raises(ValueError, match="ย่อหมายเลข"):
        cells.read_phone(typed)


def test_a_shortened_id_says_that_digits_are_lost():
    with pytest.raises(ValueError, match="ย่อเลขนี้"):
        cells.read_national_id("1.1017E+12")


def test_choices_are_known_by_other_words_too():
    read = cells.one_of({"male": "ชาย", "female": "หญิง"}, {"male": ("ช.",)})

    assert (read("ชาย"), read("ช"), read("หญิง")) == ("male", "male", "female")
    with pytest.raises(ValueError, match="ใช้คำใดคำหนึ่งนี้: ชาย, หญิง"):
        read("ไม่ระบุ")


def test_a_near_name_is_offered():
    assert "เชียงใหม่" in cells.did_you_mean("เชียงไหม่", ["เชียงใหม่", "ลำปาง"])
    assert cells.did_you_mean("xyz", ["เชียงใหม่"]) == ""


def test_short_texts_and_addresses_of_mail():
    assert cells.text_up_to(5)("กขค") == "กขค"
    assert cells.read_email("a@mol.go.th") == "a@mol.go.th"
    with pytest.raises(ValueError, match="ย่อให้สั้นลง"):
        cells.text_up_to(2)("กขค")
    with pytest.raises(ValueError, match="อีเมล"):
        cells.read_email("a@")
