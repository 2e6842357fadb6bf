"""What nobody types by hand is refused in words, or not found; never a page of the fault kind."""

from io import BytesIO
from urllib.parse import quote
from zipfile import ZipFile

import pytest
from django.core.cache import cache
from django.urls import reverse
from pypdf import PdfReader

from reports.enums import PlanState
from reports.models import PlanLine
from tests.factories.plans import DirectionFactory, PlanFactory, PlanLineFactory
from tests.reports.sending import YEAR, sent_plan, step
from volunteer_network import uploads
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.enums import JobState
from volunteer_network.models import Job
from volunteer_network.services.jobs import run_job

pytestmark = pytest.mark.django_db
NUL, UNSEEN, LONG_NUMBER = "\x00", "\u200b\u202e", "9" * 5000
FORMULA = "=SUM(A1:A9)"
TAGS = '<b onclick="x">อบรม</b> {{ 7 }} &amp;'
AWKWARD = (NUL, UNSEEN, LONG_NUMBER, "²", "NaN", "-1", "=cmd|'/C calc'!A0", "<b>ก</b>", "๙" * 30)


def line_of(plan):
    with open_scope(NATION):
        return PlanLine.objects.filter(plan=plan).earliest("pk")


def fresh(plan):
    with open_scope(NATION):
        plan.refresh_from_db()
    return plan


@pytest.mark.parametrize(
    "address",
    [
        "/verify/{}/",
        "/verify/{}/withdraw/",
        "/verify/?serial={}",
        "/plans/?fy={}&q={}&state={}&region={}",
        f"/plans/{YEAR}/50/?edition={{}}",
        "/plans/decisions/?fy={}",
        "/dashboard/?fy={}&quarter={}&month={}&region={}&cluster={}&category={}&show={}",
        "/dashboard/recount/?province={}",
        "/reports/bundle/?kind={}&fiscal_year={}&quarter={}&digits={}",
    ],
)
def test_an_awkward_address_is_answered(address, centre):
    sent_plan()
    cache.clear()  # nobody has guessed serials yet

    for typed in AWKWARD:
        assert centre.get(address.replace("{}", quote(typed[:2000]))).status_code < 500


@pytest.mark.parametrize("typed", AWKWARD, ids=repr)
def test_awkward_words_of_the_centre_are_answered(typed, centre):
    plan = sent_plan()
    line = line_of(plan)
    sent = {
        "decisions:return": ([YEAR, 50], {f"text-{line.pk}": typed, f"reason-{line.pk}": "target"}),
        "decisions:approve": ([YEAR, 50], {"next": typed}),
        "decisions:approve-together": ([YEAR], {"plan": [typed, f"{typed}:{typed}"]}),
        "decisions:undo": ([YEAR], {"plan": typed}),
        "decisions:remind": ([YEAR], {"province": typed}),
        "directions:ceilings": ([YEAR], {"amount-50": typed}),
    }
    for name, (place, words) in sent.items():
        answer = centre.post(reverse(name, args=place), {"version": typed} | words)

        assert answer.status_code < 500, name


@pytest.mark.parametrize("typed", AWKWARD, ids=repr)
def test_awkward_cells_and_lines_of_a_province_are_answered(typed, mentor, chiang_mai_officer):
    DirectionFactory(fiscal_year=YEAR)
    plan = PlanFactory(made_by=chiang_mai_officer)
    line = PlanLineFactory(plan=plan)
    words = dict.fromkeys(
        ("title", "group", "months", "responsible", "seminars", "target_1", "allotted"), typed
    )
    for name, place in (
        ("plans:line-create", ()),
        ("plans:line-update", (line.pk,)),
        ("plans:line-cells", (line.pk,)),
        ("plans:line-answer", (line.pk,)),
        ("plans:tie", ()),
        ("plans:propose", ()),
    ):
        address = reverse(name, args=[YEAR, 50, *place])
        known = {"version": typed, "line": typed, "text": typed, "reason": typed}

        assert mentor.post(address, words | known).status_code < 500, name


def test_a_dashboard_keeps_of_its_address_only_filters_in_force(centre, everywhere):
    query = f"fy={YEAR}&region={quote(NUL)}&month={LONG_NUMBER[:600]}&q=สมชาย"

    answer = centre.post(f"/dashboard/document/?{query}")

    assert answer.status_code == 302
    with everywhere():
        assert Job.objects.get().parameters == {"province": None, "filters": {"fy": str(YEAR)}}


def test_a_question_that_nobody_can_read_is_none(centre):
    plan = sent_plan()
    line = line_of(plan)

    answer = centre.post(
        reverse("decisions:return", args=[YEAR, 50]),
        {
            "version": plan.version,
            f"reason-{line.pk}": "target",
            f"text-{line.pk}": NUL + UNSEEN,
        },
    )

    assert answer.status_code == 422
    assert fresh(plan).state == PlanState.SENT


def test_a_reason_that_nobody_can_read_is_none(client, central_officer):
    plan = sent_plan()
    head = plan.sent_by
    step(plan, "return", by=central_officer, reason="ขอแก้")
    client.force_login(head)

    answer = client.post(reverse("plans:cancel", args=[YEAR, 50]), {"reason": UNSEEN})

    assert answer.status_code == 422
    assert fresh(plan).state == PlanState.RETURNED


def test_a_plan_as_a_file_runs_nothing_that_was_typed(mentor, chiang_mai_officer):
    DirectionFactory(fiscal_year=YEAR)
    plan = PlanFactory(made_by=chiang_mai_officer)
    PlanLineFactory(plan=plan, title=FORMULA, indicator="\uff1d1+1", area="@SUM(1)", unit="-1")

    table = mentor.get(f"/plans/{YEAR}/50/?export=csv").getvalue().decode()
    book = ZipFile(BytesIO(mentor.get(f"/plans/{YEAR}/50/?export=xlsx").getvalue()))

    for typed in (FORMULA, "\uff1d1+1", "@SUM(1)", "-1"):
        assert f"'{typed}" in table
    sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert FORMULA in sheet
    assert "<f>" not in sheet


def test_tags_in_a_title_are_letters_on_the_page_and_on_paper(mentor, chiang_mai_officer):
    DirectionFactory(fiscal_year=YEAR)
    plan = PlanFactory(made_by=chiang_mai_officer)
    PlanLineFactory(plan=plan, title=TAGS)
    step(plan, "propose", by=chiang_mai_officer)

    page = mentor.get(f"/plans/{YEAR}/50/").content.decode()
    answer = mentor.post("/reports/plan-document/", {"province": 50, "fiscal_year": YEAR})
    run_job(int(answer.url.rstrip("/").rpartition("/")[2]))

    with open_scope(NATION):
        job = Job.objects.get()
    assert job.state == JobState.DONE, job.failure
    paper = PdfReader(BytesIO(uploads.open_stored(job.result).read())).pages[0].extract_text()
    assert TAGS not in page
    assert "&lt;b onclick=" in page
    assert "<b onclick=" in "".join(paper.split("\n"))
