"""A seminar from last time to the last seat: the admin sets it up, a mentor sends people."""

import re
from datetime import datetime, time, timedelta

from django.utils import timezone
from playwright.sync_api import expect

from seminars.enums import SeminarState
from seminars.models import AgendaItem, ProvinceSeats, Registration, Seminar
from tests.browser.conftest import PHONE
from tests.factories import ParticipantClassFactory, SeminarFactory, SessionFactory
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.models import Notice
from volunteer_network.thai_calendar import short_date


def a_seminar(title, seats=3, **details):
    """Complete: half-day, agenda, a class, and seats for Chiang Mai and Nan."""
    day = details.setdefault("starts_on", timezone.localdate() + timedelta(days=20))
    closes = timezone.make_aware(datetime.combine(day - timedelta(days=3), time(20)))
    seminar = SeminarFactory(
        title=title, objectives="เพิ่มศักยภาพ", chair="ปลัดกระทรวงแรงงาน",
        registration_closes_at=closes, **details,
    )  # fmt: skip
    SessionFactory(seminar=seminar)
    ParticipantClassFactory(seminar=seminar, seats=seats)
    with open_scope(NATION):
        AgendaItem.objects.create(
            seminar=seminar, on_date=day, starts_at=time(13, 30), title="พิธีเปิด"
        )
        for code in (50, 55):
            ProvinceSeats.objects.create(seminar=seminar, province_id=code, seats=2)
    return seminar


def test_the_admin_sets_up_a_seminar_like_last_time(visit, arranging):
    last_year = timezone.localdate() - timedelta(days=350)
    with arranging():
        last = a_seminar("สัมมนาประจำปี", state=SeminarState.FINISHED, starts_on=last_year)
    page = visit("seminar")
    clicks = []

    def click(locator):
        clicks.append(locator)
        locator.click()

    page.goto(last.get_absolute_url())
    click(page.get_by_role("link", name="เหมือนครั้งก่อน"))
    page.get_by_label("วันเริ่ม").fill(short_date(timezone.localdate() + timedelta(days=40)))
    click(page.get_by_role("button", name="สร้างร่าง 1 ครั้ง"))
    expect(page.get_by_role("heading", name="ก่อนเปิดรับลงทะเบียน")).to_be_visible()
    click(page.get_by_role("link", name="เปิดรับลงทะเบียน"))
    click(page.get_by_role("button", name="เปิดรับลงทะเบียน 1 ครั้ง"))

    expect(page.get_by_text("สัมมนาอยู่ในสถานะเปิดรับลงทะเบียน")).to_be_visible()
    expect(page.get_by_role("button", name="ส่งเตือน 2 จังหวัด")).to_be_visible()
    assert len(clicks) <= 9  # the budget of the journey
    with arranging(), open_scope(NATION):
        made = Seminar.objects.get(title="สัมมนาประจำปี", state=SeminarState.OPEN)
        told = set(
            Notice.objects.filter(href=made.get_absolute_url()).values_list(
                "recipient__username", flat=True
            )
        )
    assert {"mentor.chiangmai", "head.chiangmai", "mentor.nan", "head.nan"} <= told


def register(page, seminar, first_name):
    page.goto(f"{seminar.get_absolute_url()}registrations/new/")
    page.get_by_label("ประเภทผู้เข้าร่วม").select_option(index=1)
    page.get_by_label("ชื่อ", exact=True).fill(first_name)
    page.get_by_label("สกุล", exact=True).fill("ใจดี")
    page.get_by_role("button", name="ลงทะเบียน 1 คน").click()


def test_a_mentor_sends_people_until_it_is_full_and_the_next_move_up(visit, arranging):
    with arranging():
        seminar = a_seminar("สัมมนาที่นั่งน้อย", seats=2)
    page = visit("mentor.chiangmai", viewport=PHONE)

    page.goto(seminar.get_absolute_url())
    expect(page.get_by_text("ส่งได้อีก 2 คน")).to_be_visible()
    for name in ("ก้อย", "ขวัญ"):
        register(page, seminar, name)
        expect(page.get_by_text(f"ลงทะเบียน {name} ใจดี แล้ว")).to_be_visible()
    register(page, seminar, "ขวัญ")
    expect(page.get_by_role("alert").get_by_text(re.compile("อยู่ในรายชื่อแล้ว")).first).to_be_visible()
    nan = visit("mentor.nan")
    register(nan, seminar, "คำ")
    expect(nan.get_by_text(re.compile("รายชื่อสำรองลำดับที่ 1"))).to_be_visible()

    page.goto(f"{seminar.get_absolute_url()}registrations/")
    expect(page.get_by_text("คำ ใจดี")).to_have_count(0)
    page.get_by_role("link", name="ก้อย ใจดี").click()
    page.get_by_role("link", name="ไม่มา คืนที่นั่ง").click()
    page.get_by_label("เหตุผล").fill("ติดราชการด่วน")
    page.get_by_role("button", name="คืนที่นั่ง 1 คน").click()
    expect(page.get_by_text("ได้ที่นั่งแทน 1 คน")).to_be_visible()

    nan.reload()
    expect(nan.get_by_text("ตอบรับ")).to_be_visible()
    with arranging(), open_scope(NATION):
        states = dict(
            Registration.objects.filter(seminar=seminar).values_list("first_name", "state")
        )
    assert states == {"ก้อย": "declined", "ขวัญ": "accepted", "คำ": "accepted"}


def test_what_was_typed_outlives_the_session(visit, arranging):
    """Signed out in mid-form: after signing in again the draft is still there."""
    with arranging():
        seminar = a_seminar("สัมมนาที่หมดเวลา")
    page = visit("mentor2.chiangmai")
    page.goto(f"{seminar.get_absolute_url()}registrations/new/")
    page.get_by_label("ชื่อ", exact=True).fill("ดวงใจ")
    page.get_by_label("สกุล", exact=True).fill("ใจดี")
    page.wait_for_timeout(1500)  # the draft is kept a moment after the last key

    page.reload()

    expect(page.get_by_label("ชื่อ", exact=True)).to_have_value("ดวงใจ")
