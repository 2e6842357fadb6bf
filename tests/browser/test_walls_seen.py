"""What a person of another province sees: nothing."""

from playwright.sync_api import expect

from tests.browser import country


def test_mentor_of_nan_cannot_open_a_volunteer_of_chiang_mai(visit, arranging):
    with arranging():
        theirs = country.volunteer("บุญส่ง", "ณ เชียงใหม่")
    page = visit("mentor.nan")

    answer = page.goto(theirs.get_absolute_url())

    assert answer.status == 404
    expect(page.get_by_role("heading", level=1)).to_have_text("ไม่พบรายการนี้ หรืออยู่นอกพื้นที่ของท่าน")
    expect(page.get_by_text("บุญส่ง")).to_have_count(0)


def test_mentor_of_nan_finds_nobody_of_chiang_mai(visit, arranging):
    with arranging():
        country.volunteer("บุญเสริม", "ณ เชียงใหม่")
    page = visit("mentor.nan")

    page.goto("/")
    page.get_by_role("searchbox", name="ค้นหาทั้งระบบ").fill("บุญเสริม")
    page.keyboard.press("Enter")

    expect(page.get_by_text("ไม่พบ “บุญเสริม” ในสิ่งที่บัญชีนี้เปิดดูได้")).to_be_visible()
    expect(page.get_by_role("link", name="บุญเสริม")).to_have_count(0)
