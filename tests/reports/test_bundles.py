"""The documents of all provinces in one go."""

import csv
import io
import re
import zipfile
from dataclasses import replace

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from reports.enums import BundleKind, PlanState
from reports.models import Plan
from reports.queries.readiness import plans_ready, progress_ready, registers_ready
from reports.services.documents import Wanted, ask_for_bundle, ask_for_document
from tests.factories import VolunteerFactory
from tests.factories.plans import (
    DirectionFactory,
    PlanFactory,
    PlanLineFactory,
    PlanProgressFactory,
)
from volunteer_network import uploads
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.enums import JobState
from volunteer_network.errors import RuleViolation
from volunteer_network.job_kinds import PartAsked
from volunteer_network.models import IssuedDocument, Job, Notice
from volunteer_network.services import jobs

PLANS = Wanted(kind=BundleKind.PLAN, fiscal_year=2570, quarter=1)
SENT = {"state": PlanState.SENT}


@pytest.fixture
def two_provinces(chiang_mai, songkhla, central_officer):
    for province in (chiang_mai, songkhla):
        plan = PlanFactory(
            province=province, **SENT, sent_at=timezone.now(), sent_by=central_officer
        )
        PlanLineFactory(plan=plan, title=f"งานของ {province.name}")


def run(whole):
    with open_scope(NATION):
        parts = list(Job.objects.parts_of(whole.pk))
    for part in parts:
        jobs.run_job(part.pk)
    jobs.run_job(whole.pk)
    with open_scope(NATION):
        return Job.objects.get(pk=whole.pk)


def ask(by, wanted=PLANS):
    with open_scope(by.scope):
        return ask_for_bundle(wanted=wanted, by=by)


def content_of(job):
    assert job.state == JobState.DONE, job.failure
    return zipfile.ZipFile(io.BytesIO(uploads.open_stored(job.result).read()))


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


def test_readiness_says_why_a_province_is_not_ready(two_provinces, central_officer):
    with open_scope(central_officer.scope):
        found = {one.province.pk: one for one in plans_ready(2570, user=central_officer)}

    assert len(found) == 76
    assert [code for code, one in found.items() if one.ready] == [50, 90]
    assert found[38].missing == "ยังไม่มีแผนของปีนี้"


def test_a_draft_is_not_with_the_centre(chiang_mai, central_officer):
    PlanFactory(province=chiang_mai, state=PlanState.DRAFT)

    with open_scope(central_officer.scope):
        found = {one.province.pk: one.missing for one in plans_ready(2570, user=central_officer)}

    assert found[50] == "แผนฉบับที่ 1 อยู่ในสถานะ “ร่าง”"


def test_a_quarter_is_ready_when_it_was_reported_by_an_approved_plan(
    chiang_mai, songkhla, central_officer
):
    for province in (chiang_mai, songkhla):
        who = {f"{step}_by": central_officer for step in ("sent", "approved")}
        when = {f"{step}_at": timezone.now() for step in ("sent", "approved")}
        plan = PlanFactory(province=province, state=PlanState.APPROVED, **who, **when)
        line = PlanLineFactory(plan=plan)
        if province == songkhla:
            PlanProgressFactory(province=province, lineage=line.lineage, quarter=1)

    with open_scope(central_officer.scope):
        found = {
            one.province.pk: one.missing for one in progress_ready(2570, 1, user=central_officer)
        }

    assert found[90] == ""
    assert found[50] == "ยังไม่ได้ลงผลไตรมาสที่ 1"


def test_a_register_is_ready_when_somebody_is_in_office(chiang_mai, central_officer):
    VolunteerFactory(province=chiang_mai)

    with open_scope(central_officer.scope):
        ready = [one.province.pk for one in registers_ready(user=central_officer) if one.ready]

    assert ready == [50]


def test_a_quarter_that_has_not_begun_is_refused(central_officer):
    wanted = Wanted(kind=BundleKind.PROGRESS, fiscal_year=2571, quarter=4)

    with pytest.raises(RuleViolation, match="ยังไม่เริ่ม"), open_scope(central_officer.scope):
        ask_for_bundle(wanted=wanted, by=central_officer)


def test_equal_requests_are_one_job(two_provinces, central_officer):
    assert ask(central_officer) == ask(central_officer)


CHOSEN = {
    "kind": "plan",
    "fiscal_year": "2570",
    "quarter": "1",
    "digits": "arabic",
    "file": "pdf",
}


def test_the_page_says_how_many_are_ready_and_makes_them(sign_in, two_provinces, central_officer):
    client = sign_in(central_officer)

    page = client.get(reverse("reports:bundle-new"), CHOSEN).content.decode()
    response = client.post(reverse("reports:bundle-new"), CHOSEN)

    assert "2 จังหวัดพร้อม 74 จังหวัดยังไม่พร้อม" in page
    assert "ทำเอกสาร 2 จังหวัด" in page
    with open_scope(NATION):
        whole = Job.objects.get(kind="plan_bundle")
        assert Job.objects.parts_of(whole.pk).count() == 2
    assert response.url == whole.get_absolute_url()


def lacking(client, kind):
    """Where the name of a province leads that is not ready; None for nowhere."""
    page = client.get(reverse("reports:bundle-new"), {**CHOSEN, "kind": kind}).content.decode()
    found = re.search(r'<th scope="row">(?:<a class="name" href="([^"]+)">)?บึงกาฬ', page)
    return found[1]


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        ("plan", "/plans/2570/38/"),
        ("progress", "/plans/2570/38/"),
        ("register", "/volunteers/?province=38"),
    ],
)
def test_each_province_that_is_not_ready_leads_to_what_is_lacking(
    sign_in, two_provinces, central_officer, kind, address
):
    DirectionFactory(fiscal_year=2570)
    client = sign_in(central_officer)

    assert lacking(client, kind) == address
    assert client.get(address).status_code == 200


def test_a_year_that_nobody_has_begun_leads_nowhere(sign_in, two_provinces, central_officer):
    assert lacking(sign_in(central_officer), "plan") is None


def test_with_nobody_ready_nothing_is_asked_for(sign_in, central_officer):
    response = sign_in(central_officer).post(reverse("reports:bundle-new"), CHOSEN)

    assert response.status_code == 422
    assert "ยังไม่มีส่วนใดพร้อม" in response.content.decode()


def test_an_address_from_before_files_were_chosen_asks_for_the_paper(
    sign_in, two_provinces, central_officer
):
    kept = {name: value for name, value in CHOSEN.items() if name != "file"}

    page = sign_in(central_officer).get(reverse("reports:bundle-new"), kept)

    assert not page.context["form"].errors
    assert not page.context["wanted"].as_word


def test_a_wrong_choice_comes_back_marked(sign_in, central_officer):
    response = sign_in(central_officer).post(
        reverse("reports:bundle-new"), {**CHOSEN, "kind": "poem"}
    )

    assert response.status_code == 422


@pytest.mark.parametrize("person", ["inspector", "chiang_mai_head", "chiang_mai_officer"])
def test_only_the_centre_makes_bundles(sign_in, request, person):
    client = sign_in(request.getfixturevalue(person))

    for method in (client.get, client.post):
        assert method(reverse("reports:bundle-new"), CHOSEN).status_code == 403


def test_the_button_of_a_plan_makes_its_document(sign_in, two_provinces, chiang_mai_officer):
    response = sign_in(chiang_mai_officer).post(
        reverse("reports:make-plan-document"), {"fiscal_year": 2570, "province": 50}
    )

    with open_scope(NATION):
        job = Job.objects.get()
    assert response.url == job.get_absolute_url()
    assert job.parameters == {"fiscal_year": 2570, "province": 50}


@pytest.mark.parametrize("name", ["make-plan-document", "make-quarter-document"])
def test_looking_at_the_address_of_a_button_asks_for_nothing(
    sign_in, two_provinces, chiang_mai_officer, name
):
    asked = {"fiscal_year": 2570, "province": 50, "quarter": 1}

    response = sign_in(chiang_mai_officer).get(reverse(f"reports:{name}"), asked)

    assert response.status_code == 405
    with open_scope(NATION):
        assert not Job.objects.exists()


def test_the_button_of_a_draft_says_what_is_lacking(sign_in, chiang_mai, chiang_mai_officer):
    PlanFactory(province=chiang_mai, state=PlanState.DRAFT)

    response = sign_in(chiang_mai_officer).post(
        reverse("reports:make-plan-document"), {"fiscal_year": 2570, "province": 50}, follow=True
    )

    assert "ให้เสนอแรงงานจังหวัดก่อน" in response.content.decode()


@pytest.mark.parametrize("given", [{"province": 90}, {"province": "x"}, {"fiscal_year": "x"}, {}])
def test_the_plan_of_a_foreign_province_is_404(sign_in, two_provinces, chiang_mai_officer, given):
    asked = {"fiscal_year": 2570, "province": 50, **given} if given else {}

    response = sign_in(chiang_mai_officer).post(reverse("reports:make-plan-document"), asked)

    assert response.status_code == 404


def test_the_page_of_one_document_asks_a_province_for_nothing_but_the_document(
    sign_in, two_provinces, chiang_mai_officer
):
    client = sign_in(chiang_mai_officer)
    chosen = {**CHOSEN, "province": "50", "digits": "thai"}

    page = client.get(reverse("reports:new")).content.decode()
    response = client.post(reverse("reports:new"), chosen)
    foreign = client.post(reverse("reports:new"), {**chosen, "province": "90"})

    assert "สงขลา" not in page
    with open_scope(NATION):
        job = Job.objects.get()
    assert response.url == job.get_absolute_url()
    assert job.parameters == {"thai_digits": True, "fiscal_year": 2570, "province": 50}
    assert foreign.status_code == 422


def test_a_draft_is_refused_on_the_page_of_one_document(sign_in, chiang_mai, chiang_mai_officer):
    PlanFactory(province=chiang_mai, state=PlanState.DRAFT)

    response = sign_in(chiang_mai_officer).post(
        reverse("reports:new"), {**CHOSEN, "province": "50"}
    )

    assert response.status_code == 422
    assert "ให้เสนอแรงงานจังหวัดก่อน" in response.content.decode()


def test_a_copy_in_word_is_another_request_than_the_paper(
    sign_in, two_provinces, chiang_mai_officer
):
    client = sign_in(chiang_mai_officer)
    chosen = {**CHOSEN, "province": "50", "file": "word"}

    paper = client.post(reverse("reports:new"), {**chosen, "file": "pdf"})
    copy = client.post(reverse("reports:new"), chosen)
    button = client.post(reverse("reports:make-plan-document"), chosen)

    assert paper.url != copy.url == button.url
    with open_scope(NATION):
        job = Job.objects.latest("pk")
    assert job.parameters == {"as_word": True, "fiscal_year": 2570, "province": 50}
    assert job.title.endswith("(Word) จังหวัดเชียงใหม่")


def test_a_register_asks_for_no_year(chiang_mai, chiang_mai_officer):
    wanted = Wanted(kind=BundleKind.REGISTER, fiscal_year=2570, quarter=2)

    with open_scope(chiang_mai_officer.scope):
        job = ask_for_document(wanted=wanted, province=chiang_mai, by=chiang_mai_officer)

    assert job.parameters == {"province": 50}


def test_the_list_shows_the_whole_and_not_its_parts(sign_in, two_provinces, central_officer):
    whole = ask(central_officer)

    response = sign_in(central_officer).get(reverse("reports:list"))

    assert [row["job"] for row in response.context["rows"]] == [whole]
    assert "จังหวัดที่ 1 จาก 2" in response.content.decode()


def test_the_page_is_taken_anew_when_the_whole_has_ended(sign_in, two_provinces, central_officer):
    whole = ask(central_officer)
    client = sign_in(central_officer)

    running = client.get(whole.get_absolute_url(), headers={"HX-Request": "true"})
    run(whole)
    ended = client.get(whole.get_absolute_url(), headers={"HX-Request": "true"})

    assert "HX-Refresh" not in running.headers
    assert ended.headers["HX-Refresh"] == "true"


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_a_whole_costs_the_same_for_any_number_of_parts(
    sign_in, central_officer, count, django_assert_max_num_queries
):
    parts = [PartAsked(title=f"x {n}", parameters={"province": 50}) for n in range(count)]
    with open_scope(central_officer.scope):
        whole = jobs.ask_for_whole(
            kind="plan_bundle",
            title="x",
            parameters={"title": "x"},
            parts=parts,
            by=central_officer,
        )
    client = sign_in(central_officer)
    client.get(whole.get_absolute_url())

    with django_assert_max_num_queries(11):
        response = client.get(whole.get_absolute_url())

    assert len(response.context["parts"]) == count


def test_the_list_of_parts_comes_along_when_one_more_has_ended(
    sign_in, two_provinces, central_officer
):
    whole = ask(central_officer)
    client, page = sign_in(central_officer), whole.get_absolute_url()
    with open_scope(NATION):
        first = Job.objects.parts_of(whole.pk).first()
    jobs.run_job(first.pk)
    htmx = {"HX-Request": "true"}

    news = client.get(f"{page}?seen=0", headers=htmx).content.decode()
    no_news = client.get(f"{page}?seen=1", headers=htmx).content.decode()
    whole_page = client.get(f"{page}?seen=0").content.decode()

    assert f'hx-get="{page}?seen=1"' in news
    assert 'id="job-parts" hx-swap-oob="true"' in news
    assert "job-parts" not in no_news
    assert whole_page.count('id="job-parts"') == 1
    assert "hx-swap-oob" not in whole_page
