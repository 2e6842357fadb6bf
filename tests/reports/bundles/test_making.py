"""The documents of all provinces in one file."""

import csv
import io
from dataclasses import replace

from django.urls import reverse
from pypdf import PdfReader

from reports.enums import PlanState
from reports.models import Plan
from tests.reports.bundles.asking import PLANS, ask, content_of, run
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.enums import JobState
from volunteer_network.models import IssuedDocument, Job, Notice


def test_the_bundle_holds_each_province_by_code_and_name(two_provinces, central_officer):
    bundle = content_of(run(ask(central_officer)))

    assert bundle.namelist() == [
        "00 รายการ.csv",
        "50 เชียงใหม่.pdf",
        "90 สงขลา.pdf",
    ]
    text = PdfReader(io.BytesIO(bundle.read("90 สงขลา.pdf"))).pages[0].extract_text()
    assert "งานของ สงขลา" in text


def test_a_bundle_to_write_on_holds_word_files(two_provinces, central_officer):
    bundle = content_of(run(ask(central_officer, replace(PLANS, as_word=True))))

    assert bundle.namelist() == ["00 รายการ.csv", "50 เชียงใหม่.docx", "90 สงขลา.docx"]
    assert "90 สงขลา.docx" in bundle.read("00 รายการ.csv").decode()


def test_each_province_has_its_own_serial_and_the_person_one_notice(two_provinces, central_officer):
    whole = run(ask(central_officer))

    assert sorted(IssuedDocument.objects.values_list("province", flat=True)) == [50, 90]
    with open_scope(central_officer.scope):
        [notice] = Notice.objects.visible_to(central_officer)
    assert notice.href == whole.get_absolute_url()


def test_a_province_that_fails_is_named_in_the_list_and_on_the_page(
    client, two_provinces, central_officer, songkhla
):
    whole = ask(central_officer)
    with open_scope(NATION):  # the plan was taken back meanwhile
        Plan.objects.filter(province=songkhla).update(state=PlanState.DRAFT)
    done = run(whole)

    rows = list(csv.reader(io.StringIO(content_of(done).read("00 รายการ.csv").decode("utf-8-sig"))))
    assert rows[1][:3] == ["50", "เชียงใหม่", "50 เชียงใหม่.pdf"]
    assert rows[2][1] == "สงขลา"
    assert "พิมพ์แผนยังไม่ได้" in rows[2][3]
    client.force_login(central_officer)
    page = client.get(whole.get_absolute_url()).content.decode()
    assert "ขาด 1 จังหวัด" in page
    assert "พิมพ์แผนยังไม่ได้" in page
    with open_scope(NATION):
        failed = Job.objects.parts_of(whole.pk).not_made().get()
    assert reverse("reports:repeat", args=[failed.pk]) in page


def test_a_bundle_of_which_no_province_could_be_made_says_so(two_provinces, central_officer):
    whole = ask(central_officer)
    with open_scope(NATION):
        Plan.objects.update(state=PlanState.DRAFT)

    failed = run(whole)

    assert (failed.state, failed.result) == (JobState.FAILED, "")
    assert "ไม่มีเอกสารของจังหวัดใดทำได้" in failed.failure


def test_a_bundle_has_no_empty_file_of_a_province_that_failed(
    two_provinces, central_officer, songkhla
):
    whole = ask(central_officer)
    with open_scope(NATION):
        Plan.objects.filter(province=songkhla).update(state=PlanState.DRAFT)

    done = run(whole)

    assert content_of(done).namelist() == ["00 รายการ.csv", "50 เชียงใหม่.pdf"]
    assert "1 จังหวัด" in done.result_name


def test_equal_requests_are_one_job(two_provinces, central_officer):
    assert ask(central_officer) == ask(central_officer)
