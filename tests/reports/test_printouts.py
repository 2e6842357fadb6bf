"""From paper to rows: each printed figure has a code, and its link shows exactly what it counts."""

import io
import re
from datetime import date

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.utils import timezone
from pypdf import PdfReader

from mentors.enums import RECEIVED_STATES
from mentors.services.receipts import fold_receipts
from reports.enums import Measure, PlanState
from tests.factories import ActivityFactory, TermFactory, UserFactory, VolunteerFactory
from tests.factories.cases import CaseFactory
from tests.factories.months import MonthReportFactory
from tests.factories.plans import PlanFactory, PlanLineFactory, PlanProgressFactory
from volunteer_network import uploads
from volunteer_network.access.scope import NATION, SYSTEM, open_scope
from volunteer_network.enums import CaseOutcome, CaseState, Category, JobState
from volunteer_network.models import Job, Printout, Province
from volunteer_network.services.case_figures import fold_case_figures
from volunteer_network.services.figures import fold_figures
from volunteer_network.services.jobs import run_job

CHIANG_MAI, SONGKHLA = 50, 90
OF_THE_LOG = {  # column → what is added up over the rows of the log
    "ก1.1": "people",
    "ข.1": "people",
    "ข.2": "people",
    "ข.3": "spotted",
    "ข.4": "screened",
    "ข.5": "referred",
    "ฉ.3": "people",
    "ฉ.5": "referred",
    "ช.1": "people",
    "ช.4": "people",
    "ช.5": "referred",
}

OF_THE_MONTHS = {  # column → which count of reports
    "ก4.2": "expected",
    "ก5.2": "expected",
    "ข.6": "expected",
    "ก5.1": "on_time",
    "ข.8": "on_time",
    "ก6.1": "complete",
    "ฉ.1": "complete",
}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2026-11-20T10:00:00+07:00", tick=False) as clock:
        yield clock


@pytest.fixture
def country(db):
    """Two provinces with some of everything, this year and in the same month of the last one."""
    people = [_person(code, reached) for code, reached in ((CHIANG_MAI, 20), (SONGKHLA, 3))]
    fold()
    return people


def fold():
    fold_figures(), fold_receipts(), fold_case_figures()


def _person(code, reached):
    province = Province.objects.get(pk=code)
    officer, volunteer = UserFactory(province=province), VolunteerFactory(province=province)
    VolunteerFactory(province=province, subdistrict=volunteer.subdistrict)
    TermFactory(volunteer=volunteer, starts_on=date(2026, 1, 1), ends_on=date(2028, 12, 31))
    for day in (date(2026, 10, 5), date(2026, 11, 6), date(2025, 10, 6)):
        log(volunteer, officer, day, reached)
    MonthReportFactory(
        volunteer=volunteer, month=date(2026, 10, 1), state="sent",
        sent_at=timezone.now(), sent_by=officer,
    )  # fmt: skip
    for outcome in (CaseOutcome.SERVED, CaseOutcome.UNREACHABLE):
        CaseFactory(
            volunteer=volunteer, opened_by=officer, opened_on=date(2026, 10, 7),
            topic=Category.SAFETY, state=CaseState.CLOSED, outcome=outcome,
        )  # fmt: skip
    CaseFactory(volunteer=volunteer, opened_by=officer, opened_on=date(2026, 11, 7))
    steps = ("proposed", "agreed", "sent", "approved")
    plan = PlanFactory(
        province=province,
        state=PlanState.APPROVED,
        **{f"{step}_at": timezone.now() for step in steps},
        **{f"{step}_by": UserFactory(province=province) for step in steps},
    )
    line = PlanLineFactory(plan=plan, measure=Measure.PEOPLE)
    PlanProgressFactory(province=province, lineage=line.lineage, disbursed=10_000)
    return volunteer


def log(volunteer, officer, day, reached):
    ActivityFactory(
        volunteer=volunteer, recorded_by=officer, on_date=day, category=Category.SAFETY,
        people_male=reached, people_female=0, spotted=2, screened=2, referred=1,
    )  # fmt: skip


def printed(client, user, query=""):
    """What the page's button makes, and its file."""
    client.force_login(user)
    response = client.post(f"/dashboard/document/{query}")
    pk = int(response.url.rstrip("/").rpartition("/")[2])
    run_job(pk)
    with open_scope(user.scope):
        job, printout = Job.objects.get(pk=pk), Printout.objects.order_by("pk").last()
    assert job.state == JobState.DONE, job.failure
    return printout, job.result


def text_of(file):
    reader = PdfReader(io.BytesIO(uploads.open_stored(file).read()))
    return "\n".join(page.extract_text() for page in reader.pages)


def figures_of(client, user, printout):
    """Code → compared figure, as this reader finds them behind the code of the page."""
    client.force_login(user)
    context = client.get(printout.get_absolute_url()).context
    return {
        one.figure.code: one
        for part in context["sheets"]
        for _code, _label, figures in part.rows
        for one in figures
    }


def counted(client, one):
    """What the rows behind the link of a figure add up to."""
    path, column = one.href.partition("?")[0], re.sub(r"(?<=[ขฉช])\d+", "", one.figure.code)
    context = client.get(one.href).context
    assert not [chip for chip in context.get("chips") or [] if chip.problem], one
    if path == "/activities/":
        return sum(getattr(row, OF_THE_LOG[column]) for row in context["page"].rows)
    if path == "/cases/":
        return len(context["page"].rows)
    if path == "/volunteers/":
        rows = context["page"].rows
        return len({(row.district__name, row.subdistrict__name) for row in rows})
    if path == "/plans/":
        return {row.province.name for row in context["rows"]}
    if path.startswith("/plans/"):
        return {context["plan"].province.name}
    receipt = OF_THE_MONTHS.get(column, "received")
    if "sheet" not in context:  # of the country
        overview = context["overview"]
        if receipt == "complete":
            return overview.complete
        return sum(getattr(line.receipt, receipt) for line in overview.provinces)
    lines = context["sheet"].lines
    received = sum(line.state in RECEIVED_STATES for line in lines)
    return len(lines) if receipt == "expected" else received  # the late ones were in time here


def passed_over(code):
    """Of the provinces in which nothing happened a handful is enough."""
    return code[0] == "ช" and code[1:3] not in {"50", "90", "30", "40", "42", "55", "77"}


def audited(client, user, printout, with_plans):
    """Compare every figure that has a link with its rows; the codes that were compared."""
    compared = []
    for code, one in figures_of(client, user, printout).items():
        assert not one.has_moved, one
        if not one.href or code == "ก6.2" or passed_over(code):  # ก6.2: the provinces themselves
            continue
        found = counted(client, one)
        if isinstance(found, set):
            mine = {one.figure.row} & {"เชียงใหม่", "สงขลา"}
            assert found == (mine or with_plans.get(one.figure.row, with_plans["all"])), one
        else:
            told = one.figure.words.partition(" / ")[0]
            if told.endswith("%"):
                continue  # a share of the map: its rows are those of the other columns
            assert found == int(told.replace(",", "")), one
        compared.append(code)
    return compared


def test_every_printed_figure_leads_to_exactly_the_rows_it_counts(client, country, central_officer):
    printout, file = printed(client, central_officer, "?fy=2570&show=people")

    both = {"เชียงใหม่", "สงขลา"}
    plans = {"all": both, "ภาคเหนือ": {"เชียงใหม่"}, "ภาคใต้": {"สงขลา"}}
    others = {one.name: set() for one in Province.objects.exclude(name__in=both)}
    regions = {one.region: set() for one in Province.objects.all()}
    compared = audited(client, central_officer, printout, {**others, **regions, **plans})
    assert {code[0] for code in compared} == set("กขคจฉช")
    assert len(compared) > 100
    address = f"localhost:8000/dashboard/printed/{printout.reference}/"
    text = text_of(file)
    for words in ("ก1", "ข1", "ช50", address):
        assert words in text


@pytest.mark.parametrize("query", ["?fy=2570&quarter=1", "?month=2569-10&category=safety"])
def test_the_figures_of_a_province_lead_its_own_officer_to_the_rows(
    client, country, chiang_mai_head, query
):
    printout, _file = printed(client, chiang_mai_head, f"{query}&province=50")

    compared = audited(client, chiang_mai_head, printout, {"all": {"เชียงใหม่"}})

    assert {"ก1.1", "ก4.1", "ก7.1", "ก8.1", "ก9.1", "ข1.1", "ข1.7", "จ1.1"} <= set(compared)


def test_the_paper_keeps_its_figure_and_the_page_says_what_it_is_now(
    client, country, clock, central_officer
):
    """Later work of the same months moves the figure; work of later months does not."""
    printout, _file = printed(client, central_officer, "?fy=2570&region=ภาคเหนือ")
    officer = UserFactory(province=country[0].province)
    clock.move_to("2026-12-20T10:00:00+07:00")
    log(country[0], officer, date(2026, 10, 9), 5)
    log(country[0], officer, date(2026, 12, 9), 100)
    fold()

    one = figures_of(client, central_officer, printout)["ก1.1"]

    assert (one.figure.words, one.now, one.has_moved) == ("40", "45", True)
    assert counted(client, one) == 45
    page = client.get(f"{printout.get_absolute_url()}?code=ก๑.๑").content.decode()
    assert "เปลี่ยนไปแล้ว" in page
    assert "until=2026-11-30" in page


def test_few_people_are_told_to_whom_they_belong_only(client, country, songkhla_officer):
    """Whoever printed it saw them; the row keeps them, each reader is asked anew."""
    printout, file = printed(client, songkhla_officer, "?month=2569-10&province=90")
    other = UserFactory(province_id=CHIANG_MAI)

    own = figures_of(client, songkhla_officer, printout)
    foreign = figures_of(client, other, printout)

    assert own["ก1.1"].figure.words == "3"
    assert foreign["ก1.1"].figure.words == foreign["ก1.1"].now == "น้อยกว่า 5"
    assert foreign["ข1.1"].figure.words == "น้อยกว่า 5"
    assert not [one for one in foreign.values() if one.href]
    assert text_of(file).count("น้อยกว่า 5") == 1  # what it means


def test_a_code_is_found_however_it_is_typed_and_a_wrong_one_is_told(client, country, executive):
    printout, _file = printed(client, executive)
    client.force_login(executive)
    address = printout.get_absolute_url()

    assert "เชียงใหม่ · ผู้รับบริการ" in client.get(f"{address}?code=ช 50.4").content.decode()
    assert "ไม่มีรหัสนี้" in client.get(f"{address}?code=ฮ1").content.decode()
    assert client.get(address.lower()).status_code == 200
    assert client.get("/dashboard/printed/2222-2222/").status_code == 404


def test_who_may_not_read_figures_is_told_so(client, country, executive, partner_officer):
    printout, _file = printed(client, executive)
    client.force_login(partner_officer)

    assert client.get(printout.get_absolute_url()).status_code == 403
    client.logout()
    assert client.get(printout.get_absolute_url()).status_code == 302


def test_a_paper_is_known_only_when_its_file_is_kept(client, country, executive, monkeypatch):
    monkeypatch.setattr(uploads, "store_for", _full_disk)

    with pytest.raises(AssertionError):
        printed(client, executive)

    with open_scope(NATION):
        assert not Printout.objects.exists()


def _full_disk(*_details):
    raise OSError("no space left")


def test_nobody_but_the_worker_writes_what_was_printed(db):
    with pytest.raises(DatabaseError), transaction.atomic(), open_scope(NATION):
        Printout.objects.create(
            reference="4K7Q-9MPX", as_of=timezone.now(), question={}, figures={}
        )
    with open_scope(SYSTEM):
        Printout.objects.create(
            reference="4K7Q-9MPX", as_of=timezone.now(), question={}, figures={}
        )
