import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from volunteer_network import phone_numbers
from volunteer_network.thai_text import to_thai_digits

AREAS = [*range(32, 40), *range(42, 46), *range(52, 57), *range(73, 78)]

mobiles = st.from_regex(r"0[689][0-9]{8}", fullmatch=True)
bangkok = st.from_regex(r"02[0-9]{7}", fullmatch=True)
provincial = st.builds("0{}{:06d}".format, st.sampled_from(AREAS), st.integers(0, 999_999))
with_zero = mobiles | bangkok | provincial
hotlines = st.from_regex(r"1[0-9]{3}", fullmatch=True)


@given(with_zero | hotlines)
def test_every_number_is_read_back_from_its_display(number):
    assert phone_numbers.parse(phone_numbers.display(number)) == number
    assert phone_numbers.parse(to_thai_digits(number)) == number


@given(with_zero)
def test_country_code_and_lost_zero_lead_to_the_same_number(number):
    bare = number[1:]

    for typed in (f"+66{bare}", f"66{bare}", f"+66 (0) {bare}", bare):
        assert phone_numbers.parse(typed) == number


@pytest.mark.parametrize(
    ("typed", "stored", "shown"),
    [
        ("081-234-5678", "0812345678", "081 234 5678"),
        ("๐๘๑ ๒๓๔ ๕๖๗๘", "0812345678", "081 234 5678"),
        ("+66 81 234 5678", "0812345678", "081 234 5678"),
        ("812345678", "0812345678", "081 234 5678"),
        ("661234567", "0661234567", "066 123 4567"),
        ("0 2232 1262", "022321262", "02 232 1262"),
        ("(02) 232-1262", "022321262", "02 232 1262"),
        ("053112233", "053112233", "053 112 233"),
        ("1506", "1506", "1506"),
    ],
)
def test_numbers_are_read_as_offices_print_them(typed, stored, shown):
    assert phone_numbers.parse(typed) == stored
    assert phone_numbers.display(stored) == shown


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "ยังไม่มีหมายเลขโทรศัพท์"),
        ("081 234 567", "หมายเลขมือถือมี 10 หลัก พิมพ์มา 9 หลัก"),
        ("081 234 56789", "พิมพ์มา 11 หลัก"),
        ("02 232 126", "หมายเลขประจำที่มี 9 หลัก พิมพ์มา 8 หลัก"),
        ("053 1122334", "หมายเลขประจำที่มี 9 หลัก พิมพ์มา 10 หลัก"),
        ("+66 81 234 567", "หมายเลขมือถือมี 10 หลัก พิมพ์มา 9 หลัก"),
        ("041 112 233", "ไม่มีหมายเลขที่ขึ้นต้นด้วย 041"),
        ("071 234 5678", "ไม่มีหมายเลขที่ขึ้นต้นด้วย 071"),
        ("+81 90 1234 5678", "รับเฉพาะหมายเลขในประเทศไทย"),
        ("2506", "ขึ้นต้นด้วย 0"),
        ("191", "สายด่วน 4 หลัก"),
        ("081 234 567x", "พบ “x” โปรดลบออก"),
        ("02 232 1262 ต่อ 12", "หมายเลขต่อภายใน"),
        ("081 234 5678, 089 234 5678", "ครั้งละหนึ่งหมายเลข"),
        ("081+2345678", "พบ “+”"),
    ],
)
def test_a_wrong_number_is_refused_with_words_that_mend_it(typed, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        phone_numbers.parse(typed)


def reason_against(typed):
    try:
        phone_numbers.parse(typed)
    except ValueError as refusal:
        return str(refusal)
    return None


@given(st.text(max_size=30))
def test_any_text_is_a_number_or_a_thai_refusal(typed):
    reason = reason_against(typed)

    assert reason is None or re.search("[ก-๛]", reason)
