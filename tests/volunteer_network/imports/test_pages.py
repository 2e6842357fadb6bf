"""The pages of an import, from the file to taking it back."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from python_calamine import CalamineWorkbook

from tests.data import make_workbooks
from tests.factories import UserFactory, VolunteerFactory
from tests.imports import begin, mistakes_of, worked_on, write
from tests.volunteer_network.imports.volunteers.registers import person, sheet
from volunteer_network import national_id
from volunteer_network.access.roles import Role
from volunteer_network.access.scope import open_scope
from volunteer_network.enums import ImportState, JobState
from volunteer_network.models import AuditEvent, ImportBatch, ImportRow, Job, Volunteer

NEW = "/volunteers/import/"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def as_officer(client, officer):
    client.force_login(officer)
    return client


def upload(content, name="รายชื่อ.xlsx"):
    return {"content": SimpleUploadedFile(name, content)}


def send(client, content, by):
    """Send the file as a browser does, then let the worker check it."""
    response = client.post(NEW, upload(content))
    assert response.status_code == 302
    with open_scope(by.scope):
        batch = ImportBatch.objects.order_by("-pk").first()
    assert response.headers["Location"] == batch.get_absolute_url()
    return worked_on(batch, by)


def test_the_form_says_what_is_needed_and_offers_a_workbook(as_officer):
    html = as_officer.get(NEW).content.decode()

    assert 'type="file"' in html
    assert "เลขประจำตัวประชาชน" in html
    assert reverse("volunteers:import-template") in html


def test_the_workbook_to_fill_in_is_read_back_without_a_question(as_officer, officer):
    content = b"".join(as_officer.get("/volunteers/import/template/"))
    [head, *_] = (
        CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    )
    filled = dict.fromkeys(head, "") | {
        "คำนำหน้า": "นาง",
        "ชื่อ": "สุดา",
        "สกุล": "ใจดี",
        "เลขประจำตัวประชาชน": national_id.make_sample(9),
        "ตำบล": "ช้างเผือก",
    }

    batch = begin(sheet(list(filled.values()), head=head), by=officer)

    assert mistakes_of(batch, officer) == {}


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"%PDF-1.7", "PDF"), (b"", "ว่างเปล่า"), (b"MZ\x90\x00", "ไม่ใช่ตาราง")],
)
def test_what_is_no_workbook_is_refused_at_once(as_officer, officer, content, words):
    response = as_officer.post(NEW, upload(content, "รายชื่อ.xlsx"))

    assert response.status_code == 422
    assert words in response.content.decode()
    with open_scope(officer.scope):
        assert not ImportBatch.objects.exists()


def test_the_page_asks_again_while_the_worker_is_at_it(as_officer, officer):
    as_officer.post(NEW, upload(sheet(person(0))))
    with open_scope(officer.scope):
        batch = ImportBatch.objects.get()

    part = as_officer.get(batch.get_absolute_url(), headers=HTMX).content.decode()

    assert 'hx-trigger="every 1s"' in part
    assert "<html" not in part


def test_a_large_file_says_when_mended_rows_are_compared(as_officer, officer, monkeypatch):
    batch = send(as_officer, sheet(person(0), person(1, {"ตำบล": "ไม่มีจริง"})), officer)
    small = as_officer.get(batch.get_absolute_url()).content.decode()

    monkeypatch.setattr("volunteer_network.services.import_reports.CHECKED_AT_ONCE", 1)
    large = as_officer.get(batch.get_absolute_url()).content.decode()

    words = "แถวที่แก้จะเทียบกับแถวอื่นทั้งไฟล์ตอนกดนำเข้า"
    assert (words in small, words in large) == (False, True)


def test_rows_that_wait_to_be_mended_are_a_tile_of_the_home(as_officer, officer, client, executive):
    assert "ไฟล์ที่รอแก้" not in as_officer.get("/").content.decode()
    batch = send(as_officer, sheet(person(0), person(1, {"ตำบล": "ไม่มีจริง"})), officer)

    html = as_officer.get("/").content.decode()
    client.force_login(executive)

    assert "ไฟล์ที่รอแก้" in html
    assert f'href="{batch.get_absolute_url()}"' in html
    assert "แก้ 1 แถว" in html
    assert "ไฟล์ที่รอแก้" not in client.get("/").content.decode()


def test_the_page_tells_counts_mistakes_and_columns(as_officer, officer, chiang_mai):
    VolunteerFactory(province=chiang_mai, digits=national_id.make_sample(5000))
    wrong = {"ตำบล": "ช้างเผือด"}
    rows = [person(0), person(1), *(person(n, wrong) for n in (2, 3)), ["รวม 4 คน"]]
    batch = send(as_officer, sheet(*rows), officer)

    html = as_officer.get(batch.get_absolute_url()).content.decode()

    assert "นำเข้า 1 คน" in html
    assert "อยู่ในทะเบียนแล้ว" in html
    assert "ไม่พบตำบล “ช้างเผือด”" in html
    assert "แก้ 2 แถว" in html
    assert "แถวยอดรวม" in html
    assert "หัวตารางแถวที่ 1" in html


def test_mending_in_the_grid_answers_with_the_part_that_changes(as_officer, officer):
    batch = send(as_officer, sheet(person(0, {"สกุล": ""})), officer)
    with open_scope(officer.scope):
        row = ImportRow.objects.get()
    href = reverse("imports:row", args=[batch.pk, row.pk])

    part = as_officer.post(href, {"cell-last_name": "มีสุข"}, headers=HTMX).content.decode()

    assert "นำเข้า 1 คน" in part
    assert "<html" not in part


def test_mending_works_as_a_plain_form_too(as_officer, officer):
    batch = send(as_officer, sheet(person(0, {"สกุล": ""})), officer)
    with open_scope(officer.scope):
        row = ImportRow.objects.get()
    href = reverse("imports:row", args=[batch.pk, row.pk])

    assert "ไม่มีสกุล พิมพ์เพิ่ม" in as_officer.get(href).content.decode()
    assert as_officer.post(href, {"cell-phone": "1"}).status_code == 422
    done = as_officer.post(href, {"cell-last_name": "มีสุข", "cell-phone": "0812345678"})

    assert done.headers["Location"] == batch.get_absolute_url()
    assert mistakes_of(batch, officer) == {}


def test_a_row_may_be_skipped(as_officer, officer):
    batch = send(as_officer, sheet(person(0, {"สกุล": ""}), person(1)), officer)
    with open_scope(officer.scope):
        row = ImportRow.objects.get(state="bad")

    as_officer.post(reverse("imports:row", args=[batch.pk, row.pk]), {"skip": "1"})

    html = as_officer.get(batch.get_absolute_url()).content.decode()
    assert "ข้ามตามที่สั่ง" in html
    assert mistakes_of(batch, officer) == {}


def test_equal_mistakes_are_mended_from_the_page(as_officer, officer):
    batch = send(as_officer, sheet(*(person(n, {"ตำบล": "xx"}) for n in range(3))), officer)

    typed = {"field": "subdistrict", "typed": "xx", "instead": "ช้างเผือก"}
    page = as_officer.post(reverse("imports:mend", args=[batch.pk]), typed, follow=True)

    assert "แก้แล้ว 3 แถว" in page.content.decode()
    assert mistakes_of(batch, officer) == {}


def test_columns_are_corrected_from_the_page(as_officer, officer):
    head = ["คำนำหน้า", "ชื่อ", "สกุล", "ทะเบียนเลข", "ตำบล", "อำเภอ", "โทรศัพท์"]
    batch = send(as_officer, sheet(person(0), head=head), officer)
    fields = ["title", "first_name", "last_name", "national_id", "subdistrict", "district", "phone"]
    chosen = {f"c-0-{at}": name for at, name in enumerate(fields)} | {"used": "0"}

    as_officer.post(reverse("imports:columns", args=[batch.pk]), chosen)
    with open_scope(officer.scope):
        batch.refresh_from_db()
    batch = worked_on(batch, officer)

    assert mistakes_of(batch, officer) == {}


def test_writing_and_taking_back_from_the_page(as_officer, officer):
    batch = send(as_officer, sheet(person(0), person(1)), officer)

    as_officer.post(reverse("imports:write", args=[batch.pk]))
    with open_scope(officer.scope):
        batch.refresh_from_db()
    batch = worked_on(batch, officer)
    undo_href = reverse("imports:undo", args=[batch.pk])
    assert "เรียกคืน 2 คน" in as_officer.get(batch.get_absolute_url()).content.decode()
    assert "เอา 2 คนที่ชุดนี้นำเข้าออก" in as_officer.get(undo_href).content.decode()
    as_officer.post(undo_href)
    with open_scope(officer.scope):
        batch.refresh_from_db()
    batch = worked_on(batch, officer)

    with open_scope(officer.scope):
        assert not Volunteer.objects.exists()
    assert "เรียกคืนแล้ว" in as_officer.get(batch.get_absolute_url()).content.decode()


def test_a_file_is_thrown_away_after_a_question(as_officer, officer):
    batch = send(as_officer, sheet(person(0)), officer)
    href = reverse("imports:discard", args=[batch.pk])

    assert "ทิ้งไฟล์นี้" in as_officer.get(href).content.decode()
    as_officer.post(href)

    with open_scope(officer.scope):
        batch.refresh_from_db()
        assert not ImportRow.objects.exists()
    assert batch.state == ImportState.DISCARDED


def test_work_that_failed_says_why_and_begins_again(as_officer, officer):
    as_officer.post(NEW, upload(sheet(person(0))))
    with open_scope(officer.scope):
        batch = ImportBatch.objects.get()
        Job.objects.filter(pk=batch.job).update(state=JobState.FAILED, failure="เครื่องหยุด")

    assert "เครื่องหยุด" in as_officer.get(batch.get_absolute_url()).content.decode()
    as_officer.post(reverse("imports:again", args=[batch.pk]))
    with open_scope(officer.scope):
        batch.refresh_from_db()

    assert worked_on(batch, officer).state == ImportState.READY


def test_what_cannot_be_done_now_is_said_and_nothing_happens(as_officer, officer):
    batch = send(as_officer, sheet(person(0, {"สกุล": ""})), officer)

    page = as_officer.post(reverse("imports:write", args=[batch.pk]), follow=True)

    assert "ยังไม่มีแถวที่พร้อมนำเข้า" in page.content.decode()


def test_the_list_shows_the_provinces_imports(as_officer, officer):
    send(as_officer, sheet(person(0)), officer)

    assert "รายชื่อ.xlsx" in as_officer.get("/imports/").content.decode()


def test_the_finished_job_leads_to_the_import(as_officer, officer):
    batch = send(as_officer, sheet(person(0)), officer)

    html = as_officer.get(reverse("reports:detail", args=[batch.job])).content.decode()

    assert batch.get_absolute_url() in html
    assert as_officer.get(reverse("reports:file", args=[batch.job])).status_code == 404


def test_who_looked_at_a_file_is_part_of_the_trail(as_officer, officer):
    batch = send(as_officer, sheet(person(0)), officer)

    as_officer.get(batch.get_absolute_url())
    as_officer.get(batch.get_absolute_url(), headers=HTMX)

    with open_scope(officer.scope):
        assert AuditEvent.objects.filter(verb="import.viewed", target=str(batch.pk)).count() == 1


def test_nobody_of_another_province_or_kind_opens_it(as_officer, officer, client, songkhla_officer):
    batch = send(as_officer, sheet(person(0)), officer)

    for stranger in (songkhla_officer, UserFactory(role=Role.SEMINAR_ADMIN)):
        client.force_login(stranger)
        for name in ("detail", "columns", "mend", "write", "again", "undo", "discard"):
            method = client.get if name in {"detail", "undo", "discard"} else client.post
            assert method(reverse(f"imports:{name}", args=[batch.pk])).status_code == 404
        assert "รายชื่อ.xlsx" not in client.get("/imports/").content.decode()


@pytest.mark.parametrize(
    "name", ["register_40.xlsx", "register_40_cp874.csv", "register_40_turned.xlsx"]
)
def test_the_registers_beside_the_tests_are_read_whole(as_officer, officer, name):
    content = (make_workbooks.FOLDER / name).read_bytes()

    batch = write(send(as_officer, content, officer), officer)

    assert mistakes_of(batch, officer) == {}
    with open_scope(officer.scope):
        people = list(Volunteer.objects.order_by("number"))
    assert len(people) == 40
    assert {str(one.birth_date) for one in people} == {"1970-12-03"}
    assert all(one.phone.startswith("081") for one in people)


def test_the_files_beside_the_tests_are_those_the_script_makes():
    for name, content in make_workbooks.workbooks().items():
        assert (make_workbooks.FOLDER / name).read_bytes() == content
