from decimal import Decimal
from itertools import permutations

import geothai
import pytest
from django.template import engines
from hypothesis import given
from hypothesis import strategies as st

from volunteer_network.thai_text import (
    clean,
    full_name,
    group_thousands,
    match_key,
    normalise,
    sort_key,
    split_title,
    to_arabic_digits,
    to_thai_digits,
)

thai = st.text(alphabet="กขนมยรสอะัาำิีึืุูเแโใไๅๆ็่้๊๋์ํ๐๑๙ 19ab\u00a0\u200b", max_size=20)

# The order of the Royal Institute dictionary, written out so that no rule of ours decides it.
PROVINCES = [
    "กระบี่", "กรุงเทพมหานคร", "กาญจนบุรี", "กาฬสินธุ์", "กำแพงเพชร", "ขอนแก่น", "จันทบุรี",
    "ฉะเชิงเทรา", "ชลบุรี", "ชัยนาท", "ชัยภูมิ", "ชุมพร", "เชียงราย", "เชียงใหม่", "ตรัง",
    "ตราด", "ตาก", "นครนายก", "นครปฐม", "นครพนม", "นครราชสีมา", "นครศรีธรรมราช", "นครสวรรค์",
    "นนทบุรี", "นราธิวาส", "น่าน", "บึงกาฬ", "บุรีรัมย์", "ปทุมธานี", "ประจวบคีรีขันธ์",
    "ปราจีนบุรี", "ปัตตานี", "พระนครศรีอยุธยา", "พะเยา", "พังงา", "พัทลุง", "พิจิตร",
    "พิษณุโลก", "เพชรบุรี", "เพชรบูรณ์", "แพร่", "ภูเก็ต", "มหาสารคาม", "มุกดาหาร",
    "แม่ฮ่องสอน", "ยโสธร", "ยะลา", "ร้อยเอ็ด", "ระนอง", "ระยอง", "ราชบุรี", "ลพบุรี", "ลำปาง",
    "ลำพูน", "เลย", "ศรีสะเกษ", "สกลนคร", "สงขลา", "สตูล", "สมุทรปราการ", "สมุทรสงคราม",
    "สมุทรสาคร", "สระแก้ว", "สระบุรี", "สิงห์บุรี", "สุโขทัย", "สุพรรณบุรี", "สุราษฎร์ธานี",
    "สุรินทร์", "หนองคาย", "หนองบัวลำภู", "อ่างทอง", "อำนาจเจริญ", "อุดรธานี", "อุตรดิตถ์",
    "อุทัยธานี", "อุบลราชธานี",
]  # fmt: skip


def test_all_provinces_stand_in_the_order_of_the_dictionary():
    names = [province.name_th for province in geothai.provinces()]

    assert sorted(names, key=sort_key) == PROVINCES


@pytest.mark.parametrize(
    "words",
    [
        ["ไก", "ไก่", "ไก้"],
        ["เก", "เก่ง", "เก็บ", "แก", "แก่", "แก้", "โก้", "ใกล้", "ไกล"],
        ["กากา", "กาก่า", "ก่ากา", "ก่าก่า"],
        ["ขา", "ข้า", "ขา ก", "ขาก", "ข้าง"],
        ["นาม", "นำ", "น้ำ", "นำชัย"],
        ["เสนห", "เสน่ห์", "เสนา"],
        ["สม ใจ", "สมชาย กา", "สมชาย ก้า", "สมหญิง กา"],
    ],
    ids=" ".join,
)
def test_tricky_words_stand_in_the_order_of_the_dictionary(words):
    by_code_point = sorted(words, reverse=True)

    assert sorted(by_code_point, key=sort_key) == words


@given(thai, thai)
def test_different_texts_have_different_keys(one, other):
    assert (sort_key(one) == sort_key(other)) == (one == other)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("น\u0e4d\u0e32", "นำ"),
        ("น\u0e4d\u0e49\u0e32", "น้ำ"),
        ("น\u0e49\u0e4d\u0e32", "น้ำ"),
        ("น\u0e33\u0e49", "น้ำ"),
        ("เเพร่", "แพร่"),
        ("  สม\u00a0 \tชาย\n", "สม ชาย"),
        ("\ufeffสม\u200bชาย\u00ad", "สมชาย"),
        ("สม\x00\x1b\x9fชาย", "สมชาย"),
        ("\u202eสม\u2066ชาย\u2069", "สมชาย"),
        ("ก\u0e48\u0e39", "กู่"),
    ],
)
def test_what_looks_the_same_is_spelt_the_same(typed, stored):
    assert clean(typed) == stored
    assert normalise(typed) == stored


def test_search_knows_no_difference_of_digits_and_capitals():
    assert normalise("หมู่ ๑๒ SOI") == "หมู่ 12 soi"
    assert clean("หมู่ ๑๒ SOI") == "หมู่ ๑๒ SOI"


@given(thai)
def test_normalising_twice_changes_nothing_more(text):
    assert normalise(normalise(text)) == normalise(text)


@pytest.mark.parametrize(
    ("typed", "title", "rest"),
    [
        ("นายสุทธิ สุโกศล", "นาย", "สุทธิ สุโกศล"),
        ("นาย สุทธิ สุโกศล", "นาย", "สุทธิ สุโกศล"),
        ("นางสาวสาวิตรี ดี", "นางสาว", "สาวิตรี ดี"),
        ("นางสาวิตรี ดี", "นาง", "สาวิตรี ดี"),
        ("น.ส.แดง ดี", "น.ส.", "แดง ดี"),
        ("น. ส. แดง ดี", "น. ส.", "แดง ดี"),
        ("ว่าที่ร้อยตรีสมชาย ดี", "ว่าที่ร้อยตรี", "สมชาย ดี"),
        ("ว่าที่ร้อยตรีหญิง สมใจ ดี", "ว่าที่ร้อยตรีหญิง", "สมใจ ดี"),
        ("ว่าที่ ร.ต. สมชาย ดี", "ว่าที่ ร.ต.", "สมชาย ดี"),
        ("ว่าที่ ร.ต.หญิงสมใจ ดี", "ว่าที่ ร.ต.หญิง", "สมใจ ดี"),
        ("สิบเอกสมชาย ดี", "สิบเอก", "สมชาย ดี"),
        ("จ.ส.อ.สมชาย ดี", "จ.ส.อ.", "สมชาย ดี"),
        ("พันตำรวจโทสมชาย ดี", "พันตำรวจโท", "สมชาย ดี"),
        ("พ.ต.ท.ดร.สมชาย ดี", "พ.ต.ท.ดร.", "สมชาย ดี"),
        ("ผศ. ดร. สมชาย ดี", "ผศ. ดร.", "สมชาย ดี"),
        ("ดร.ม.ล.สมชาย ดี", "ดร.ม.ล.", "สมชาย ดี"),
        ("ม.ร.ว.สมชาย ดี", "ม.ร.ว.", "สมชาย ดี"),
        ("นายพลเอก ใจดี", "นาย", "พลเอก ใจดี"),
        ("นางาม ใจดี", "", "นางาม ใจดี"),
        ("นายก ใจดี", "", "นายก ใจดี"),
        ("นาย ก ใจดี", "นาย", "ก ใจดี"),
        ("ดรุณี ใจดี", "", "ดรุณี ใจดี"),
        ("นพดล ใจดี", "", "นพดล ใจดี"),
        ("คุณากร ใจดี", "", "คุณากร ใจดี"),
        ("นาย", "", "นาย"),
        ("นางสาว", "", "นางสาว"),
        ("ผศ. ดร.", "", "ผศ. ดร."),
        ("", "", ""),
    ],
)
def test_the_title_is_told_from_the_name(typed, title, rest):
    assert split_title(typed) == (title, rest)


@given(thai)
def test_splitting_never_leaves_an_empty_name(text):
    title, rest = split_title("นาย" + text)

    assert rest
    assert (title + rest).replace(" ", "") == clean("นาย" + text).replace(" ", "")


def test_a_long_row_of_titles_is_read_in_no_time():
    titles = "ร.ต." * 3000

    assert split_title(titles) == ("", titles)


def test_one_person_written_in_many_ways_has_one_match_key():
    ways = [
        "นายเสน่ห์ นาคสวัสดิ์",
        "เสน่ห์  นาคสวัสดิ์",
        "นาย เสน่ห นาคสวัสดิ",
        "เสนห-นาคสวัสดิ",
        "ดร.เสน่ห์ นาคสวัสดิ์",
    ]

    assert {match_key(way) for way in ways} == {"เสนหนาคสวัสดิ"}


def test_different_people_have_different_match_keys():
    for one, other in permutations(["สมชาย ใจดี", "สมชาย ใจดำ", "สมชัย ใจดี"], 2):
        assert match_key(one) != match_key(other)


def test_no_space_stands_between_title_and_name():
    assert full_name("นาย", "สุทธิ", "สุโกศล") == "นายสุทธิ สุโกศล"
    assert full_name("", "สุทธิ", "") == "สุทธิ"


@given(st.integers(min_value=0))
def test_digits_go_to_thai_and_back(number):
    assert to_arabic_digits(to_thai_digits(str(number))) == str(number)


def test_thousands_are_grouped():
    assert group_thousands(7256) == "7,256"
    assert group_thousands(Decimal("1234.50")) == "1,234.50"
    assert group_thousands(-1000) == "-1,000"


@pytest.mark.parametrize(
    ("expression", "value", "shown"),
    [
        ("value|thai_digits", "3 ธ.ค. 2563", "๓ ธ.ค. ๒๕๖๓"),
        ("value|thai_digits", 1, "๑"),
        ("value|thousands", 7256, "7,256"),
        ("value|thousands", 0, "0"),
        ("value|thousands|thai_digits", 7256, "๗,๒๕๖"),
        ("value|thai_digits", None, ""),
        ("value|thousands", None, ""),
        ("value|thousands", "", ""),
    ],
)
def test_filters_show_numbers_and_nothing_for_nothing(expression, value, shown):
    source = "{% load thai_text %}{{ " + expression + " }}"

    assert engines["django"].from_string(source).render({"value": value}) == shown
