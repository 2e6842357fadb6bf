import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from volunteer_network import national_id
from volunteer_network.thai_text import to_thai_digits

bodies = st.from_regex(r"[1-8][0-9]{11}", fullmatch=True)


def complete(body):
    """The rule of domain.md 8.1, written out apart from the library that checks."""
    total = sum(int(digit) * (13 - place) for place, digit in enumerate(body))
    return body + str((11 - total % 11) % 10)


VALID = complete("310060044563")


def reason_against(typed):
    try:
        national_id.parse(typed)
    except ValueError as refusal:
        return str(refusal)
    return None


@given(bodies)
def test_every_right_number_is_read_back_from_every_way_of_writing_it(body):
    number = complete(body)
    dashed = national_id.format_id(number)

    for typed in (number, dashed, dashed.replace("-", " "), to_thai_digits(dashed), f" {number} "):
        assert national_id.parse(typed) == number


@given(bodies, st.integers(1, 9))
def test_a_wrong_check_digit_is_refused(body, slip):
    number = complete(body)
    wrong = number[:12] + str((int(number[12]) + slip) % 10)

    with pytest.raises(ValueError, match="หลักสุดท้าย"):
        national_id.parse(wrong)


@given(bodies, st.integers(0, 11), st.integers(1, 9))
def test_one_changed_digit_is_refused_except_where_the_rule_is_blind(body, place, slip):
    assume(place != 2)  # weight 11 in a sum modulo 11
    number = complete(body)
    assume(number[12] != "1")  # remainders 0 and 10 both give 1
    changed = str((int(number[place]) + slip) % 10)
    wrong = number[:place] + changed + number[place + 1 :]

    with pytest.raises(ValueError, match="หลัก"):
        national_id.parse(wrong)


@given(bodies, st.integers(0, 10))
def test_two_swapped_neighbours_are_refused_and_a_sole_explanation_is_named(body, place):
    number = complete(body)
    assume(number[12] != "1" and number[place] != number[place + 1])
    wrong = number[:place] + number[place + 1] + number[place] + number[place + 2 :]

    reason = reason_against(wrong)

    assert reason
    hint = re.search("หลักที่ ([0-9]+) กับ ([0-9]+) มักสลับกัน", reason)
    if hint:
        assert (int(hint[1]), int(hint[2])) == (place + 1, place + 2)


def test_the_only_swap_that_mends_the_number_is_named():
    assert national_id.parse("4982597919077")

    with pytest.raises(ValueError, match="หลักที่ 8 กับ 9 มักสลับกัน"):
        national_id.parse("4982597199077")


def test_no_swap_is_named_when_several_would_mend_the_number():
    reason = reason_against("3589913944117")  # places 7, 8 and 12

    assert reason
    assert "สลับกัน" not in reason


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "ยังไม่มีเลขประจำตัวประชาชน โปรดพิมพ์ 13 หลัก"),
        (VALID[:12], "พิมพ์มา 12 หลัก ขาดอีก 1 หลัก"),
        (VALID + "99", "พิมพ์มา 15 หลัก เกิน 2 หลัก"),
        ("0" + VALID[1:], "ขึ้นต้นด้วย 1 ถึง 8"),
        ("9" + VALID[1:], "ขึ้นต้นด้วย 1 ถึง 8"),
        (VALID[:12] + "O", "พบ “o” โปรดลบออก"),
        ("3.1006E+12", "โปรดตั้งช่องเป็นข้อความ"),
    ],
)
def test_a_wrong_number_is_refused_with_words_that_mend_it(typed, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        national_id.parse(typed)


@given(st.from_regex(r"[0-9]{5,20}", fullmatch=True))
def test_no_refusal_repeats_the_number(typed):
    assert typed not in (reason_against(typed) or "")


def test_only_digits_11_and_12_are_shown():
    assert national_id.mask("3100600458477") == "X-XXXX-XXXXX-47-X"
    assert national_id.format_id("3100600458217") == "3-1006-00458-21-7"


@given(st.sets(st.integers(0, 9_999_999), max_size=20))
def test_samples_are_right_and_different(serials):
    samples = {national_id.make_sample(serial) for serial in serials}

    assert len(samples) == len(serials)
    assert {national_id.parse(sample) for sample in samples} == samples


@pytest.mark.parametrize("serial", [-1, 10_000_000])
def test_there_is_no_sample_beyond_the_last(serial):
    with pytest.raises(ValueError, match="serial"):
        national_id.make_sample(serial)
