"""The progress of a quarter: layout 5 of the ministry's forms, with its numbered heads.

A signed quarter is printed as it was signed, whenever it is printed; beside it stands what has
become different since. A quarter that nobody has signed is printed as it is known now.
"""

import re
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from functools import partial

from django.utils import timezone
from django.utils.translation import gettext as _

from reports.documents import figures, quarter_changes, signatures
from reports.documents.quarter_changes import Changes
from reports.enums import PlanState
from reports.models import Direction, Plan, QuarterReport
from reports.plan_bands import percent_of
from reports.quarter_figures import LineFigures, QuarterFigures
from reports.queries.plan_tables import plan_table
from reports.queries.quarter_ledgers import ledger_of
from reports.queries.quarters import live_figures, passed_on, signed_reports
from reports.queries.readiness import plan_to_print
from reports.services.quarter_papers import (
    PrintedQuarter,
    last_handed_back,
    look_again_at_report,
)
from volunteer_network.documents.papers import make_paper
from volunteer_network.documents.serials import new_issue
from volunteer_network.enums import DocumentKind
from volunteer_network.errors import RuleViolation
from volunteer_network.job_kinds import JobContext, Result
from volunteer_network.models import Province
from volunteer_network.thai_calendar import (
    bangkok_date,
    fiscal_months,
    fiscal_year_bounds,
    long_date,
    short_date,
)

TEMPLATE, STYLES = "reports/documents/progress.html", ("css/official.css",)
POINT = re.compile(r" (?=\d{1,2}\. )")  # before "2. ": a signed text is one line
LONGEST_DIRECTION = 600  # letters; the directions themselves are a document of the centre


@dataclass(frozen=True)
class ProgressSheetLine:
    """One piece of work: of the quarter, since October, and the money since October."""

    number: str
    title: str
    indicator: str
    figures: tuple[str, ...]
    problems: str
    suggestions: str


@dataclass(frozen=True)
class ProgressSheet:
    """All that the report says, in words and figures; `seal` says whether they are signed."""

    title: str
    subtitle: str
    province: str
    office: str
    facts: tuple[str, ...]
    heads: tuple[tuple[str, str], ...]
    results: str
    quarter: str
    lines: tuple[ProgressSheetLine, ...]
    total: str
    money: tuple[str, ...]
    seal: str

    @property
    def expected(self) -> list[str]:
        """What must be found in the finished file, in this order."""
        words = [self.title, *(head for head, _words in self.heads), self.results]
        for line in self.lines:
            words += [line.title, *line.figures, line.problems, line.suggestions]
        return [*words, self.total, *self.money]


@dataclass(frozen=True)
class _Read:
    """What one report is made of, read at one moment."""

    province: Province
    figures: QuarterFigures
    report: QuarterReport | None
    changes: Changes
    printed: PrintedQuarter
    signing: list[signatures.Signature]


def make_progress_report(job: JobContext) -> Result:
    """The report of a province for a quarter: as it was signed, else by the approved plan."""
    asked = job.parameters
    year, quarter, code = asked["fiscal_year"], asked["quarter"], asked["province"]
    job.progress(0, 2, _("กำลังอ่านแผนและผล"))
    with job.rights():
        read = _read(job, year, quarter, code)
        as_of = timezone.now()
    job.progress(1, 2, _("กำลังจัดหน้าเอกสาร"))
    sheet = sheet_of(read.figures, read.province, read.report)
    name = _("รายงานความก้าวหน้า %(year)d ไตรมาส %(quarter)d %(province)s") % {
        "year": year,
        "quarter": quarter,
        "province": read.province.with_prefix,
    }
    return make_paper(
        TEMPLATE,
        {"sheet": sheet, "changes": read.changes, "signatures": read.signing},
        name,
        *STYLES,
        expected=[*sheet.expected, *read.changes.expected],
        issue=new_issue(
            kind=DocumentKind.PROGRESS,
            province=code,
            fiscal_year=year,
            edition=quarter,
            as_of=as_of,
        ),
        also=partial(look_again_at_report, read.printed),
        thai_digits=asked.get("thai_digits", False),
        as_word=asked.get("as_word", False),
    )


def _read(job: JobContext, year: int, quarter: int, code: int) -> _Read:
    province = Province.objects.get(pk=code)
    plan = _approved_plan(job, year, code)
    handed_back_at = last_handed_back(code, year, quarter, user=job.person)
    table = plan_table(plan, user=job.person)
    signed = signed_reports(code, year, user=job.person)
    report = signed.get(quarter)
    signed_at = report.signed_at if report else None
    printed = PrintedQuarter(code, year, quarter, handed_back_at, signed_at)
    if report is None:
        direction = Direction.objects.published().filter(fiscal_year=year).first()
        live = live_figures(table, quarter, direction.text if direction else "")
        signing = signatures.of_province(province, made_by=job.person)
        return _Read(province, live, None, Changes(), printed, signing)
    if not report.holds:
        raise RuleViolation(_("ตัวเลขที่ลงนามไว้ไม่ตรงกับลายนิ้วมือข้อมูล จึงพิมพ์ไม่ได้ แจ้งผู้ดูแลระบบส่วนกลาง"))
    ledger = ledger_of(plan, quarter, signed, user=job.person, table=table, sees_records=False)
    frozen = report.figures
    changes = quarter_changes.changes_of(frozen, passed_on(quarter, signed), ledger)
    return _Read(province, frozen, report, changes, printed, signatures.of_quarter(frozen))


def _approved_plan(job: JobContext, year: int, province: int) -> Plan:
    plans = Plan.objects.visible_to(job.person).of_year(year).filter(province=province)
    plan = plan_to_print(plans.select_related("province"), frozenset({PlanState.APPROVED}))
    if plan is None:
        raise RuleViolation(
            _("รายงานความก้าวหน้าวัดจากแผนที่อนุมัติแล้ว จังหวัดนี้ยังไม่มีในปีนี้ ให้ส่งแผนให้ส่วนกลางอนุมัติก่อน")
        )
    return plan


def sheet_of(
    signed: QuarterFigures, province: Province, report: QuarterReport | None
) -> ProgressSheet:
    """The report in words and figures; `report` where the figures are signed."""
    quarter = _("ไตรมาสที่ %(quarter)d") % {"quarter": signed.quarter}
    about = {"year": signed.fiscal_year, "quarter": quarter, "place": province.with_prefix}
    return ProgressSheet(
        title=_("รายงานความก้าวหน้า %(quarter)s ปีงบประมาณ พ.ศ. %(year)d") % about,
        subtitle=_("งานอาสาสมัครแรงงาน %(place)s") % about,
        province=province.with_prefix,
        office=province.office_name,
        facts=(
            _("ตามแผนฉบับที่ %(edition)d") % {"edition": signed.edition},
            _("เบิกจ่าย %(money)s บาท") % {"money": figures.baht(signed.disbursed)},
            _signed_on(report),
        ),
        heads=_heads(signed, province),
        results=_("7. ผลการดำเนินงานรายไตรมาส"),
        quarter=quarter,
        lines=tuple(_line(number, line, signed) for number, line in enumerate(signed.lines, 1)),
        total=_("รวม %(count)d งาน") % {"count": len(signed.lines)},
        money=_money(signed.allotted, signed.disbursed),
        seal=_seal(report),
    )


def _signed_on(report: QuarterReport | None) -> str:
    if report is None or report.signed_at is None:
        return _("ยังไม่ลงนาม")
    return _("ลงนาม %(day)s") % {"day": short_date(bangkok_date(report.signed_at))}


def _seal(report: QuarterReport | None) -> str:
    if report is None:
        return _("ตัวเลขขณะทำเอกสาร ยังไม่ลงนาม")
    return _("ตัวเลข ณ วันลงนาม ลายนิ้วมือข้อมูล %(digest)s") % {"digest": report.short_digest}


def _heads(signed: QuarterFigures, province: Province) -> tuple[tuple[str, str], ...]:
    text, count = signed.direction, len(signed.lines)
    short = text if len(text) <= LONGEST_DIRECTION else f"{text[:LONGEST_DIRECTION]}…"
    return (
        (_("1. หน่วยงาน"), province.office_name),
        (
            _("2. ชื่อโครงการ"),
            _("แผนปฏิบัติงานอาสาสมัครแรงงาน ปีงบประมาณ พ.ศ. %(year)d ฉบับที่ %(edition)d (%(count)d งาน)")
            % {"year": signed.fiscal_year, "edition": signed.edition, "count": count},
        ),
        (
            _("3. ตัวชี้วัด"),
            _("%(count)d ตัวชี้วัด เป้าหมายผู้รับบริการทั้งปี %(people)s คน")
            % {"count": count, "people": f"{signed.people_target:,}"},
        ),
        (_("4. งบประมาณ"), _("%(money)s บาท") % {"money": figures.baht(signed.allotted)}),
        (_("5. ห้วงการรายงาน"), _span_of(signed.fiscal_year, signed.quarter)),
        (_("6. ความสอดคล้องกับแนวทางของปี"), POINT.sub("\n", short) or figures.NOTHING),
    )


def _span_of(year: int, quarter: int) -> str:
    """ไตรมาสที่ 2 (1 มกราคม 2569 ถึง 31 มีนาคม 2569)"""
    months = fiscal_months(year)
    first = months[(quarter - 1) * 3]
    ends = [*(month - timedelta(days=1) for month in months[3::3]), fiscal_year_bounds(year)[1]]
    return _("ไตรมาสที่ %(quarter)d (%(first)s ถึง %(last)s)") % {
        "quarter": quarter,
        "first": long_date(first),
        "last": long_date(ends[quarter - 1]),
    }


def _line(number: int, line: LineFigures, signed: QuarterFigures) -> ProgressSheetLine:
    year = signed.since_october(line)
    return ProgressSheetLine(
        number=str(number),
        title=line.title,
        indicator=f"{line.indicator} ({line.unit})",
        figures=(
            figures.target(line.target),
            figures.count(line.actual),
            figures.percent(percent_of(line.actual, line.target)),
            figures.target(year.target),
            figures.count(year.actual),
            figures.percent(percent_of(year.actual, year.target)),
            *_money(line.allotted, year.disbursed),
        ),
        problems=line.problems,
        suggestions=line.suggestions,
    )


def _money(allotted: Decimal, disbursed: Decimal) -> tuple[str, str, str]:
    return (
        figures.baht(allotted),
        figures.baht(disbursed),
        figures.percent(percent_of(disbursed, allotted)),
    )
