"""The day of a seminar: an organiser gives out a door, a helper keeps it with a telephone."""

import shutil
from datetime import time

import pytest
import segno
from django.utils import timezone
from playwright.sync_api import expect

from seminars.enums import ClassKind
from seminars.models import CheckIn
from seminars.qr import badge_text
from tests.browser.conftest import PHONE
from tests.browser.looks import complaints
from tests.factories import (
    ParticipantClassFactory,
    RegistrationFactory,
    SeminarFactory,
    SessionFactory,
)
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.models import Province, User

FIRST_NAMES = ("อัญชลี", "สุเมธ", "ชาญวิทย์", "มณีรัตน์", "ศศิธร", "ประภาส", "จิราพร", "ธนพล")
LAST_NAMES = ("วงศ์ไพบูลย์", "เกียรติขจร", "นครศรี", "กาญจนวงศ์", "ประจวบเหมาะสม", "ทองดีเลิศ", "บุญรอด")


@pytest.fixture
def seminar(arranging):
    """Held today, with somebody from each province."""
    with arranging():
        seminar = SeminarFactory(
            title="สัมมนาเชิงปฏิบัติการเจ้าหน้าที่พี่เลี้ยงอาสาสมัครแรงงานเชิงบูรณาการ",
            starts_on=timezone.localdate(),
            made_by=User.objects.get(username="seminar"),
        )
        mentors = ParticipantClassFactory(seminar=seminar)
        staff = ParticipantClassFactory(
            seminar=seminar, kind=ClassKind.CENTRAL_STAFF, seats=20, position=1
        )
        SessionFactory(seminar=seminar, starts_at=time(0), ends_at=time(23, 59, 59))
        for number, province in enumerate(Province.objects.filter(has_office=True)):
            RegistrationFactory(
                participant_class=mentors,
                province=province,
                title="นางสาว",
                first_name=FIRST_NAMES[number % 8],
                last_name=LAST_NAMES[number % 7],
            )
        for number in range(8):
            RegistrationFactory(
                participant_class=staff,
                province=None,
                organisation="กองตรวจราชการและประเมินผล",
                first_name=f"{FIRST_NAMES[number]}",
                last_name="ใจงาม",
            )
    return seminar


@pytest.fixture
def guests(arranging, seminar):
    with arranging(), open_scope(NATION):
        return list(seminar.registrations.select_related("province").order_by("pk"))


def badge_of(guest):
    return badge_text(guest.seminar_id, guest.code)


def scan(page, text):
    """As a hand reader does: letters, then Enter."""
    field = page.get_by_role("searchbox")
    field.fill(text)
    field.press("Enter")


def card(page):
    return page.locator("#answer article")


def look_at(phone, name):
    assert complaints(phone, name) == []
    phone.set_viewport_size(PHONE)


def give_out_a_door(desk, seminar):
    """Returns the link for whoever stands at it."""
    desk.goto(f"/seminars/{seminar.pk}/door/")
    desk.get_by_role("link", name="ลิงก์ประตู").click()
    desk.get_by_label("ชื่อประตู").fill("ประตู 1")
    desk.get_by_role("button", name="ออกลิงก์ 1 ประตู").click()
    expect(desk.get_by_role("img", name="รหัส QR ของลิงก์ ประตู 1")).to_be_visible()
    assert complaints(desk, "door-links") == []
    return desk.get_by_label("ลิงก์", exact=True).input_value()


def let_in_once(phone, guest):
    """A badge lets its owner in, says when it comes again, and can be taken back."""
    scan(phone, badge_of(guest))
    expect(card(phone)).to_contain_text("เข้าได้")
    expect(card(phone)).to_contain_text(guest.display_name)
    expect(phone.locator("#count b")).to_have_text("1")
    look_at(phone, "door-found")

    scan(phone, badge_of(guest))
    expect(card(phone)).to_contain_text("เข้าแล้ว")
    expect(card(phone)).to_contain_text("ที่ประตู 1")
    look_at(phone, "door-again")

    phone.get_by_role("button", name="ไม่ใช่คนนี้ ยกเลิกการเข้า").click()
    expect(card(phone)).to_contain_text("ยกเลิกการเข้าแล้ว")
    expect(phone.locator("#count b")).to_have_text("0")
    phone.get_by_role("button", name="เช็กอินคนนี้").click()
    expect(card(phone)).to_contain_text("เข้าได้")


def find_without_a_badge(phone):
    """Something foreign is told, and typed words find people; nobody presses Enter."""
    scan(phone, "https://example.org/not-ours")
    expect(card(phone)).to_contain_text("ไม่พบ")
    look_at(phone, "door-unknown")

    phone.get_by_role("searchbox").press_sequentially("น.ส.สุเมธ")
    expect(phone.get_by_role("list", name="รายชื่อที่ตรง").get_by_role("listitem")).not_to_have_count(0)
    look_at(phone, "door-hits")
    phone.get_by_role("list", name="รายชื่อที่ตรง").get_by_role("button").first.click()
    expect(phone.locator("#count b")).to_have_text("2")


def register_a_walk_in(phone):
    phone.get_by_text("ผู้มาเพิ่ม", exact=True).click()
    phone.get_by_label("ชื่อ-สกุล").fill("นายบุญส่ง มาทันเวลา")
    phone.get_by_label("จังหวัดหรือหน่วยงาน").fill("สุพรรณ")
    look_at(phone, "door-walk-in")
    phone.get_by_role("button", name="รับเข้า 1 คน").click()
    expect(card(phone)).to_contain_text("สุพรรณบุรี")
    expect(phone.locator("#count b")).to_have_text("3")


def test_the_organiser_gives_out_a_door_and_a_helper_keeps_it(visit, seminar, guests, arranging):
    desk = visit("seminar")
    link = give_out_a_door(desk, seminar)

    phone = visit(viewport=PHONE, has_touch=True, is_mobile=True)
    phone.goto(link)
    expect(phone.get_by_role("heading", level=1)).to_have_text("ประตู 1 · บ่าย")
    look_at(phone, "door-start")

    let_in_once(phone, guests[0])
    find_without_a_badge(phone)
    register_a_walk_in(phone)

    desk.goto(f"/seminars/{seminar.pk}/door/")
    expect(desk.locator("#count b")).to_have_text("3")
    expect(desk.get_by_label("ยอดตามประเภทและจังหวัด")).to_contain_text("นายบุญส่ง มาทันเวลา")
    assert complaints(desk, "door-desk") == []
    desk.goto(f"/seminars/{seminar.pk}/door/links/")
    desk.get_by_role("button", name="ยกเลิก ลิงก์ของประตู 1").click()
    scan(phone, badge_of(guests[5]))
    expect(phone.get_by_role("heading", level=1)).to_have_text("ลิงก์นี้ถูกยกเลิกแล้ว")
    with arranging(), open_scope(NATION):
        assert CheckIn.objects.standing().filter(seminar=seminar).count() == 3


def test_the_door_works_without_script(visit, seminar, guests):
    page = visit("seminar", java_script_enabled=False)
    page.goto(f"/seminars/{seminar.pk}/door/")

    scan(page, badge_of(guests[3]))
    expect(card(page)).to_contain_text("เข้าได้")
    scan(page, guests[4].last_name)
    page.get_by_role("button", name=f"เข้า {guests[4].display_name}").first.click()
    expect(card(page)).to_contain_text("เข้าได้")
    expect(page.locator("#count b")).to_have_text("2")
    assert "กล้องใช้ได้เมื่อเปิดสคริปต์" in page.content()
    expect(page.get_by_role("button", name="เปิดกล้อง")).to_be_hidden()


def test_the_camera_reads_a_badge(browser_type, site, signed_in, seminar, guests, tmp_path):
    """Chromium shows our own film for the camera's picture."""
    film = tmp_path / "badge.y4m"
    film.write_bytes(film_of(badge_of(guests[7])))
    browser = browser_type.launch(
        executable_path=shutil.which("chromium"),
        args=[
            "--no-sandbox",
            "--use-fake-ui-for-media-stream",
            "--use-fake-device-for-media-stream",
            f"--use-file-for-fake-video-capture={film}",
        ],
    )
    context = browser.new_context(
        base_url=site.address,
        storage_state=signed_in("seminar"),
        viewport=PHONE,
        permissions=["camera"],
    )
    page = context.new_page()
    said = []
    page.on("console", lambda message: said.append(message.text))
    try:
        page.goto(f"/seminars/{seminar.pk}/door/")
        page.get_by_role("button", name="เปิดกล้อง").click()
        expect(card(page)).to_contain_text(guests[7].display_name)
        expect(card(page)).to_contain_text("เข้าได้")
        assert complaints(page, "door-camera") == []
        page.get_by_role("button", name="ปิดกล้อง").click()
        expect(page.locator("video")).to_be_hidden()
        assert [line for line in said if "violat" in line or "refused" in line.lower()] == []
    finally:
        browser.close()


def film_of(text, width=640, height=480, frames=10, scale=6):
    """A badge held before a grey wall, as raw YUV."""
    matrix = segno.make(text, error="q", micro=False).matrix_iter(scale=scale, border=4)
    rows = [bytes(16 if cell else 235 for cell in row) for row in matrix]
    left, top = (width - len(rows[0])) // 2, (height - len(rows)) // 2
    wall = bytes([120]) * width
    lines = [wall] * top
    lines += [wall[:left] + row + wall[left + len(row) :] for row in rows]
    lines += [wall] * (height - len(lines))
    frame = b"FRAME\n" + b"".join(lines) + bytes([128]) * (width * height // 2)
    return f"YUV4MPEG2 W{width} H{height} F10:1 Ip A1:1 C420jpeg\n".encode() + frame * frames
