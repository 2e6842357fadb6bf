"""What the head of Chiang Mai, the centre and the system administrator come to do."""

import re

import pypdf
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser import country
from tests.browser.conftest import sign_in
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.models import AuditEvent
from volunteer_network.thai_calendar import short_date


def test_the_head_names_who_stands_in(visit):
    page = visit("head.chiangmai")
    today = timezone.localdate()
    first, last = (today + timezone.timedelta(days=days) for days in (10, 12))

    page.goto("/")
    expect(page.get_by_role("link", name=re.compile("เห็นชอบ"))).to_have_count(0)
    page.get_by_role("navigation", name="ส่วนต่าง ๆ").get_by_role(
        "link", name="รักษาราชการแทน"
    ).click()
    page.get_by_role("link", name="ตั้งผู้รักษาราชการแทน").click()
    page.get_by_label("เจ้าหน้าที่พี่เลี้ยง").select_option(label="นายวรเมธ คำแสน")
    page.get_by_label("ตั้งแต่วันที่").fill(first.strftime("%d/%m/%Y"))
    page.get_by_label("ถึงวันที่").fill(last.strftime("%d/%m/%Y"))
    page.get_by_role("button", name="ตั้งผู้รักษาราชการแทน 1 คน").click()

    row = page.get_by_role("row").filter(has_text="นายวรเมธ คำแสน")
    expect(row).to_contain_text(short_date(last))
    expect(row).to_contain_text("ยังไม่เริ่ม")


def test_the_head_sees_a_number_after_saying_why(visit, arranging):
    with arranging():
        one = country.volunteer("อัมพร", "ขอดูเลข")
    page = visit("head.chiangmai")

    page.goto(one.get_absolute_url())
    page.get_by_role("link", name="ขอดู ต้องบอกเหตุ").click()
    page.get_by_label("เหตุที่ขอดู").fill("อยากรู้")
    page.get_by_role("button", name="ขอดูเลข 1 คน").click()
    expect(
        page.get_by_role("alert").get_by_role("link", name=re.compile("อย่างน้อย 10"))
    ).to_be_visible()
    page.get_by_label("เหตุที่ขอดู").fill("ตรวจเอกสารเบิกค่าตอบแทน พ.ย. 2569")
    page.get_by_role("button", name="ขอดูเลข 1 คน").click()

    expect(page.get_by_text("เห็นเฉพาะครั้งนี้ บันทึกเหตุแล้ว")).to_be_visible()
    expect(page.get_by_text(re.compile(r"^\d[\d -]{12,16}$"))).to_be_visible()
    page.goto(one.get_absolute_url())
    expect(page.get_by_text(one.national_id_masked, exact=True)).to_be_visible()
    with arranging(), open_scope(NATION):
        revealed = AuditEvent.objects.filter(target=str(one.pk), verb__contains="reveal")
        assert [event.detail["reason"] for event in revealed] == ["ตรวจเอกสารเบิกค่าตอบแทน พ.ย. 2569"]


def test_the_centre_looks_at_the_nation_and_changes_nothing(visit, arranging):
    with arranging():
        one = country.volunteer("อินถา", "ทั้งประเทศ")
    page = visit("central")

    page.goto("/volunteers/")
    expect(page.get_by_role("banner").get_by_text("ทั้งประเทศ")).to_be_visible()
    expect(page.get_by_role("link", name="ขึ้นทะเบียน อสร.")).to_have_count(0)
    page.get_by_text("เพิ่มตัวกรอง").click()
    page.get_by_label("จังหวัด (ไม่บังคับ)", exact=True).select_option(label="ระนอง")
    page.get_by_role("button", name="กรองรายการ").click()
    expect(page.get_by_role("heading", name="ไม่มี อสร. ที่ตรงกับตัวกรองทั้งหมด")).to_be_visible()
    page.get_by_text("เพิ่มตัวกรอง").click()
    page.get_by_label("จังหวัด (ไม่บังคับ)", exact=True).select_option(label="เชียงใหม่")
    page.get_by_role("button", name="กรองรายการ").click()
    page.get_by_text("เพิ่มตัวกรอง").click()
    page.get_by_label("อำเภอ").select_option(label=str(one.district))
    page.get_by_role("searchbox", name="ค้นในรายการ").fill("ทั้งประเทศ")
    page.get_by_role("button", name="กรองรายการ").click()
    expect(page.get_by_role("group", name="ตัวกรองที่ใช้อยู่").get_by_role("link")).to_have_count(3)
    page.get_by_role("link", name="นายอินถา ทั้งประเทศ").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("นายอินถา ทั้งประเทศ")
    for forbidden in ("แก้ข้อมูล", "ต่อวาระ", "ขอดู", "บันทึกกิจกรรม"):
        expect(page.get_by_role("main").get_by_role("link", name=forbidden)).to_have_count(0)
    assert page.goto(f"{one.get_absolute_url()}update/").status == 403
    expect(page.get_by_role("heading", level=1)).to_contain_text("ไม่มีสิทธิ")


def test_the_centre_takes_the_register_of_a_province(visit):
    page = visit("central")

    page.goto("/reports/")
    page.locator(".page").get_by_role("link", name="ทำเอกสาร", exact=True).click()
    page.get_by_label("ทะเบียนอาสาสมัครแรงงาน").check()
    page.get_by_label("จังหวัด", exact=True).select_option(label="เชียงใหม่")
    page.get_by_role("button", name="ทำเอกสาร 1 ฉบับ").click()
    take = page.get_by_role("link", name="ดาวน์โหลดเอกสาร")
    expect(take).to_be_visible(timeout=60_000)
    with page.expect_download() as download:
        take.click()

    document = pypdf.PdfReader(download.value.path())
    assert "บุญเรือง" in document.pages[0].extract_text()
    page.goto("/reports/")
    expect(page.get_by_role("row").nth(1)).to_contain_text("เชียงใหม่")


def test_an_account_from_its_invitation_to_its_end(visit):
    admin, newcomer = visit("admin"), visit()

    admin.goto("/people/")
    admin.get_by_role("link", name="สร้างบัญชี").click()
    admin.get_by_label("ชื่อผู้ใช้").fill("mentor3.chiangmai")
    admin.get_by_label("บทบาท").select_option(label="เจ้าหน้าที่พี่เลี้ยง")
    admin.get_by_label("จังหวัด").first.select_option(label="เชียงใหม่")
    admin.get_by_label("ชื่อ", exact=True).fill("ดารณี")
    admin.get_by_label("สกุล").fill("มาใหม่")
    admin.get_by_role("button", name="สร้างบัญชีและออกลิงก์เชิญ").click()
    link = admin.get_by_label("ลิงก์", exact=True).input_value()

    newcomer.goto(link)
    expect(newcomer.get_by_role("heading", level=1)).to_contain_text("ดารณี มาใหม่")
    newcomer.get_by_label("รหัสผ่าน", exact=True).fill("ปลาตะเพียนลอยทวนน้ำ")
    newcomer.get_by_label("รหัสผ่านอีกครั้ง").fill("ปลาตะเพียนลอยทวนน้ำ")
    newcomer.get_by_role("button", name="ตั้งรหัสผ่าน").click()
    expect(newcomer.get_by_text("ตั้งรหัสผ่านแล้ว")).to_be_visible()
    sign_in(newcomer, "mentor3.chiangmai", "ปลาตะเพียนลอยทวนน้ำ")
    expect(newcomer.get_by_role("banner")).to_contain_text("ดารณี มาใหม่")

    admin.get_by_role("link", name="เสร็จแล้ว ไปหน้าบัญชี").click()
    admin.get_by_role("link", name="ปิดใช้งานบัญชี").click()
    admin.get_by_role("radio").first.check()
    admin.get_by_role("button", name="ปิดใช้งาน 1 บัญชี").click()
    expect(admin.get_by_role("main")).to_contain_text("ปิดใช้งาน")
    newcomer.goto("/volunteers/")

    expect(newcomer.get_by_role("heading", level=1)).to_have_text("เข้าสู่ระบบ")
    assert newcomer.goto(link).status == 410
