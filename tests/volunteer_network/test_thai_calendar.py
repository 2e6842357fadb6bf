import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.template import engines
from hypothesis import given
from hypothesis import strategies as st

from volunteer_network import thai_calendar as cal
from volunteer_network.thai_text import to_thai_digits

SEMINAR = date(2020, 12, 3)

days = st.dates(date(1858, 1, 1), date(2157, 12, 31))


@pytest.mark.parametrize(
    ("day", "year", "index", "quarter"),
    [
        (date(2020, 9, 30), 2563, 12, 4),
        (date(2020, 10, 1), 2564, 1, 1),
        (date(2020, 12, 31), 2564, 3, 1),
        (date(2021, 1, 1), 2564, 4, 2),
        (date(2021, 3, 31), 2564, 6, 2),
        (date(2021, 4, 1), 2564, 7, 3),
        (date(2021, 7, 1), 2564, 10, 4),
        (date(2021, 9, 30), 2564, 12, 4),
        (date(2021, 10, 1), 2565, 1, 1),
    ],
)
def test_fiscal_year_turns_on_the_first_of_october(day, year, index, quarter):
    assert cal.fiscal_year(day) == year
    assert cal.fiscal_month_index(day) == index
    assert cal.quarter(day) == quarter


def test_fiscal_year_bounds_are_its_first_and_last_day():
    assert cal.fiscal_year_bounds(2564) == (date(2020, 10, 1), date(2021, 9, 30))


@given(days)
def test_every_day_lies_in_the_fiscal_year_and_month_it_is_counted_in(day):
    year = cal.fiscal_year(day)

    first, last = cal.fiscal_year_bounds(year)

    assert first <= day <= last
    assert cal.fiscal_months(year)[cal.fiscal_month_index(day) - 1] == day.replace(day=1)
    assert cal.fiscal_year(last + timedelta(days=1)) == year + 1


FORMATS = {
    "slashes": lambda day: f"{day:%d/%m}/{cal.buddhist_year(day)}",
    "dashes, Gregorian": lambda day: f"{day.day}-{day.month}-{day.year}",
    "points": lambda day: f"{day.day}.{day.month}.{cal.buddhist_year(day)}",
    "ISO": lambda day: day.isoformat(),
    "ISO, Buddhist": lambda day: f"{cal.buddhist_year(day)}-{day:%m-%d}",
    "short": cal.short_date,
    "short, no points": lambda day: cal.short_date(day).replace(".", ""),
    "short, no spaces": lambda day: cal.short_date(day).replace(" ", ""),
    "long": cal.long_date,
    "long, with words": lambda day: f"วันที่ {day.day} เดือน{cal.month_name(day)}",
    "spoken": cal.spoken_date,
    "spoken, formal": lambda day: f"วัน{cal.spoken_date(day).replace(' ', 'ที่ ', 1)}",
    "era": lambda day: cal.long_date(day).replace(" 2", " พ.ศ. 2"),
    "Thai digits": lambda day: to_thai_digits(cal.long_date(day)),
}


@pytest.mark.parametrize("write", FORMATS.values(), ids=FORMATS.keys())
@given(day=days)
def test_a_date_is_read_back_from_every_way_of_writing_it(write, day):
    assert cal.parse_thai_date(write(day)) == day


@pytest.mark.parametrize(
    "typed",
    [
        "03/12/2563",
        "3-12-63",
        "3/12/2020",
        "3 12 2563",
        " 3 / 12 / 2563 ",
        "3 ธ.ค. 2563",
        "3 ธค 63",
        "3ธ.ค.63",
        "3-ธ.ค.-2563",
        "3 ธันวา 63",
        "3 ธันวาคม พ.ศ. 2563",
        "3 ธันวาคม พ.ศ.2563",
        "3 ธันวาคม ค.ศ. 2020",
        "๓ ธันวาคม ๒๕๖๓",
        "๓/๑๒/๖๓",
        "วันพฤหัสบดีที่ 3 ธันวาคม 2563",
        "พฤหัส 3 ธ.ค. 2563",
        "3\u00a0ธ.ค.\u200b 2563",
        "2020-12-03",
        "2563-12-03",
    ],
)
def test_a_date_is_read_in_any_common_form(typed):
    assert cal.parse_thai_date(typed) == SEMINAR


def test_a_year_of_two_digits_is_buddhist_whatever_the_day_of_typing():
    assert cal.parse_thai_date("1/1/09") == date(1966, 1, 1)
    assert cal.parse_thai_date("1/1/00") == date(1957, 1, 1)
    assert cal.parse_thai_date("1/1/99") == date(2056, 1, 1)


def test_the_29th_of_february_follows_the_gregorian_year():
    assert cal.parse_thai_date("29/02/2567") == date(2024, 2, 29)
    with pytest.raises(ValueError, match=r"เดือนกุมภาพันธ์ พ\.ศ\. 2568 มี 28 วัน"):
        cal.parse_thai_date("29/02/2568")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("31/02/2563", "เดือนกุมภาพันธ์ พ.ศ. 2563 มี 29 วัน โปรดพิมพ์วันที่ 1 ถึง 29"),
        ("31 เม.ย. 2020", "เดือนเมษายน พ.ศ. 2563 มี 30 วัน"),
        ("0/1/2563", "โปรดพิมพ์วันที่ 1 ถึง 31"),
        ("12/31/2563", "ไม่มีเดือนที่ 31 โปรดพิมพ์วันก่อนเดือน"),
        ("1/0/2563", "ไม่มีเดือนที่ 0"),
        ("3 ธก 2563", "ไม่รู้จักเดือน “ธก”"),
        ("3/12/563", "ปี “563” ไม่ชัด โปรดพิมพ์ปีสี่หลัก"),
        ("3/12/25630", "ปี “25630” ไม่ชัด"),
        ("3/12/1256", "อยู่นอกช่วง พ.ศ. 2401 ถึง 2700"),
        ("3/12/2701", "อยู่นอกช่วง"),
        ("3 ธันวาคม ค.ศ. 2563", "อยู่นอกช่วง"),
        ("3 ธันวาคม ค.ศ. 20", "โปรดพิมพ์ปีสี่หลัก"),
        ("3 ธันวาคม พ.ศ. 2020", "อยู่นอกช่วง"),
        ("ศุกร์ 3 ธันวาคม 2563", "3 ธันวาคม 2563 เป็นวันพฤหัสบดี ไม่ใช่วันศุกร์"),
        ("", "ยังไม่มีวันที่"),
        ("พรุ่งนี้", "อ่านวันที่ไม่ออก โปรดพิมพ์วัน เดือน ปี เช่น 3/12/2563"),
        ("3/12", "อ่านวันที่ไม่ออก"),
        ("3 " + "ก" * 10_000 + " 2563", "อ่านวันที่ไม่ออก"),
    ],
)
def test_a_wrong_date_is_refused_with_words_that_mend_it(typed, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        cal.parse_thai_date(typed)


def reason_against(typed):
    try:
        cal.parse_thai_date(typed)
    except ValueError as refusal:
        return str(refusal)
    return None


@given(st.text(alphabet="0123๔๕/-. ธคพศันวามที่เ", max_size=30) | st.text(max_size=80))
def test_any_text_is_a_date_or_a_thai_refusal(typed):
    reason = reason_against(typed)

    assert reason is None or re.search("[ก-๛]", reason)


def test_dates_are_written_as_officials_write_them():
    assert cal.short_date(SEMINAR) == "3 ธ.ค. 2563"
    assert cal.long_date(SEMINAR) == "3 ธันวาคม 2563"
    assert cal.spoken_date(SEMINAR) == "พฤหัสบดี 3 ธันวาคม 2563"
    assert cal.month_name(date(2026, 4, 9)) == "เมษายน 2569"
    assert cal.short_month_name(date(2026, 10, 9)) == "ต.ค."
    assert cal.buddhist_year(SEMINAR) == 2563
    assert cal.gregorian_year(2563) == 2020


def test_moments_are_shown_on_the_clocks_of_bangkok():
    late = datetime(2020, 12, 2, 23, 5, tzinfo=UTC)

    assert cal.clock(late) == "06.05 น."
    assert cal.moment(late) == "3 ธ.ค. 2563 06.05 น."
    assert cal.clock(time(13, 30)) == "13.30 น."
    assert cal.bangkok_date(late) == SEMINAR


def test_a_moment_without_a_time_zone_is_a_bug():
    with pytest.raises(ValueError, match="time zone"):
        cal.moment(datetime(2020, 12, 3, 13, 30))  # noqa: DTZ001


@given(days)
def test_a_month_is_found_again_by_its_address(day):
    assert cal.month_from_address(cal.month_address(day)) == day.replace(day=1)


def test_a_month_address_is_buddhist():
    assert cal.month_address(date(2026, 4, 9)) == "2569-04"


@pytest.mark.parametrize(
    "address", ["2569-4", "2569-13", "2569-00", "2026-04", "๒๕๖๙-๐๔", "2569-04-01", "2569-04\n", ""]
)
def test_what_is_no_month_address_is_refused(address):
    with pytest.raises(ValueError, match="2569-04"):
        cal.month_from_address(address)


def test_age_grows_on_the_birthday():
    born = date(1966, 12, 3)

    assert cal.age(born, date(2026, 12, 2)) == 59
    assert cal.age(born, date(2026, 12, 3)) == 60
    assert cal.age(date(2004, 2, 29), date(2026, 2, 28)) == 21
    assert cal.age(date(2004, 2, 29), date(2026, 3, 1)) == 22


@pytest.mark.parametrize(
    ("start", "words"),
    [
        (date(2020, 7, 7), "5 ปี 10 เดือน"),
        (date(2020, 5, 7), "6 ปี"),
        (date(2026, 1, 8), "3 เดือน"),
        (date(2026, 4, 8), "29 วัน"),
        (date(2026, 5, 7), "0 วัน"),
    ],
)
def test_a_duration_is_told_in_whole_units(start, words):
    assert cal.duration(start, date(2026, 5, 7)) == words


def test_a_duration_does_not_run_backwards():
    with pytest.raises(ValueError, match="before"):
        cal.duration(date(2026, 5, 7), date(2026, 5, 6))


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 5, 7), "วันนี้"),
        (date(2026, 5, 6), "เมื่อวาน"),
        (date(2026, 5, 5), "2 วันที่แล้ว"),
        (date(2026, 4, 8), "29 วันที่แล้ว"),
        (date(2026, 4, 7), "1 เดือนที่แล้ว"),
        (date(2025, 12, 20), "4 เดือนที่แล้ว"),
        (date(2025, 5, 8), "11 เดือนที่แล้ว"),
        (date(2023, 5, 7), "3 ปีที่แล้ว"),
        (date(2026, 5, 8), "พรุ่งนี้"),
        (date(2026, 5, 11), "อีก 4 วัน"),
        (date(2026, 7, 7), "อีก 2 เดือน"),
    ],
)
def test_how_long_ago_is_told_in_the_largest_unit(day, words):
    assert cal.ago(day, today=date(2026, 5, 7)) == words


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 6, 10), "เหลือ 34 วัน"),
        (date(2026, 7, 31), "เหลือ 85 วัน"),
        (date(2026, 9, 4), "เหลือ 120 วัน"),
        (date(2026, 9, 10), "เหลือ 4 เดือน"),
        (date(2028, 8, 7), "เหลือ 2 ปี 3 เดือน"),
        (date(2026, 5, 7), "วันสุดท้าย"),
        (date(2026, 5, 4), "เลยกำหนด 3 วัน"),
    ],
)
def test_what_remains_is_told_in_days_while_it_presses(day, words):
    assert cal.remaining(day, today=date(2026, 5, 7)) == words


def render(expression, **context):
    source = "{% load thai_calendar %}{{ " + expression + " }}"
    return engines["django"].from_string(source).render(context)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("thai_date", "3 ธ.ค. 2563"),
        ("thai_date_long", "3 ธันวาคม 2563"),
        ("thai_date_spoken", "พฤหัสบดี 3 ธันวาคม 2563"),
        ("thai_time", "06.05 น."),
        ("thai_moment", "3 ธ.ค. 2563 06.05 น."),
        ("thai_month", "ธันวาคม 2563"),
        ("thai_month_short", "ธ.ค."),
        ("thai_month_address", "2563-12"),
        ("thai_ago", "5 ปีที่แล้ว"),
        ("thai_remaining", "เลยกำหนด 5 ปี 5 เดือน"),
        ("thai_age", "5"),
        ("buddhist_year", "2563"),
    ],
)
def test_each_filter_shows_the_bangkok_day_and_nothing_for_nothing(name, shown, time_machine):
    time_machine.move_to(datetime(2026, 5, 6, 23, 0, tzinfo=UTC))
    late = datetime(2020, 12, 2, 23, 5, tzinfo=UTC)

    assert render(f"value|{name}", value=late) == shown
    assert render(f"value|{name}", value=None) == ""
    assert render(f"value|{name}", value="") == ""


def test_midnight_is_a_time():
    assert render("value|thai_time", value=time(0, 0)) == "00.00 น."
