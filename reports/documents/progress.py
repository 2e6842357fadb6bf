"""The progress of a quarter: layout 5 of the ministry's forms, with its numbered heads."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from reports.documents import figures, signatures
from reports.enums import PlanState
from reports.models import Direction, Plan
from reports.plan_bands import percent_of
from reports.queries.plan_tables import PlanTable, Row, plan_table
from reports.queries.readiness import plan_to_print
from volunteer_network.documents.papers import make_paper
from volunteer_network.documents.serials import new_issue
from volunteer_network.enums import DocumentKind
from volunteer_network.errors import RuleViolation
from volunteer_network.job_kinds import JobContext, Result
from volunteer_network.models import Province
from volunteer_network.thai_calendar import fiscal_months, fiscal_year_bounds, long_date

TEMPLATE, STYLES = "reports/documents/progress.html", ("css/official.css",)
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
    """All that the report says, in words and figures."""

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

    @property
    def expected(self) -> list[str]:
        """What must be found in the finished file, in this order."""
        words = [self.title, *(head for head, _words in self.heads), self.results]
        for line in self.lines:
            words += [line.title, *line.figures, line.problems, line.suggestions]
        return [*words, self.total, *self.money]


def make_progress_report(job: JobContext) -> Result:
    """The report of a province for a quarter, measured by its approved plan."""
    asked = job.parameters
    year, quarter, code = asked["fiscal_year"], asked["quarter"], asked["province"]
    job.progress(0, 2, _("กำลังอ่านแผนและผล"))
    with job.rights():
        province = Province.objects.get(pk=code)
        plan = _approved_plan(job, year, code)
        direction = Direction.objects.published().filter(fiscal_year=year).first()
        table = plan_table(plan, user=job.person)
        sheet = sheet_of(table, quarter, direction.text if direction else "")
        signing = signatures.of_province(province, made_by=job.person)
        as_of = timezone.now()
    job.progress(1, 2, _("กำลังจัดหน้าเอกสาร"))
    name = _("รายงานความก้าวหน้า %(year)d ไตรมาส %(quarter)d %(province)s") % {
        "year": year,
        "quarter": quarter,
        "province": province.with_prefix,
    }
    return make_paper(
        TEMPLATE,
        {"sheet": sheet, "signatures": signing},
        name,
        *STYLES,
        expected=sheet.expected,
        issue=new_issue(
            kind=DocumentKind.PROGRESS,
            province=code,
            fiscal_year=year,
            edition=quarter,
            as_of=as_of,
        ),
        thai_digits=asked.get("thai_digits", False),
    )


def _approved_plan(job: JobContext, year: int, province: int) -> Plan:
    plans = Plan.objects.visible_to(job.person).of_year(year).filter(province=province)
    plan = plan_to_print(plans.select_related("province"), frozenset({PlanState.APPROVED}))
    if plan is None:
        raise RuleViolation(
            _("รายงานความก้าวหน้าวัดจากแผนที่อนุมัติแล้ว จังหวัดนี้ยังไม่มีในปีนี้ ให้ส่งแผนให้ส่วนกลางอนุมัติก่อน")
        )
    return plan


def sheet_of(table: PlanTable, quarter: int, direction: str) -> ProgressSheet:
    """The report in words and figures; `quarter` is 1 to 4, `direction` the centre's text."""
    plan = table.plan
    words = _("ไตรมาสที่ %(quarter)d") % {"quarter": quarter}
    disbursed = sum((_disbursed(row, quarter) for row in table.rows), Decimal(0))
    about = {"year": plan.fiscal_year, "quarter": words, "place": plan.province.with_prefix}
    return ProgressSheet(
        title=_("รายงานความก้าวหน้า %(quarter)s ปีงบประมาณ พ.ศ. %(year)d") % about,
        subtitle=_("งานอาสาสมัครแรงงาน %(place)s") % about,
        province=plan.province.with_prefix,
        office=plan.province.office_name,
        facts=(
            _("ตามแผนฉบับที่ %(edition)d") % {"edition": plan.edition},
            _("เบิกจ่าย %(money)s บาท") % {"money": figures.baht(disbursed)},
        ),
        heads=_heads(table, quarter, direction),
        results=_("7. ผลการดำเนินงานรายไตรมาส"),
        quarter=words,
        lines=tuple(_line(row, quarter) for row in table.rows),
        total=_("รวม %(count)d งาน") % {"count": len(table.rows)},
        money=_money(table.allotted, disbursed),
    )


def _heads(table: PlanTable, quarter: int, direction: str) -> tuple[tuple[str, str], ...]:
    plan, rows = table.plan, table.rows
    text = " ".join(direction.split())
    short = text if len(text) <= LONGEST_DIRECTION else f"{text[:LONGEST_DIRECTION]}…"
    return (
        (_("1. หน่วยงาน"), plan.province.office_name),
        (
            _("2. ชื่อโครงการ"),
            _("แผนปฏิบัติงานอาสาสมัครแรงงาน ปีงบประมาณ พ.ศ. %(year)d ฉบับที่ %(edition)d (%(count)d งาน)")
            % {"year": plan.fiscal_year, "edition": plan.edition, "count": len(rows)},
        ),
        (
            _("3. ตัวชี้วัด"),
            _("%(count)d ตัวชี้วัด เป้าหมายผู้รับบริการทั้งปี %(people)s คน")
            % {"count": len(rows), "people": f"{table.people_target:,}"},
        ),
        (_("4. งบประมาณ"), _("%(money)s บาท") % {"money": figures.baht(table.allotted)}),
        (_("5. ห้วงการรายงาน"), _span_of(plan.fiscal_year, quarter)),
        (_("6. ความสอดคล้องกับแนวทางของปี"), short or figures.NOTHING),
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


def _line(row: Row, quarter: int) -> ProgressSheetLine:
    line, result = row.line, row.result
    now = row.quarters[quarter - 1]
    planned = sum(line.targets[:quarter])
    known = [one for one in result.actual[:quarter] if one is not None]
    done = sum(known) if known else None
    return ProgressSheetLine(
        number=str(row.number),
        title=line.title,
        indicator=f"{line.indicator} ({line.unit})",
        figures=(
            figures.target(now.target),
            figures.count(now.actual),
            figures.percent(now.percent),
            figures.target(planned),
            figures.count(done),
            figures.percent(percent_of(done, planned)),
            *_money(line.allotted, _disbursed(row, quarter)),
        ),
        problems=result.problems[quarter - 1],
        suggestions=result.suggestions[quarter - 1],
    )


def _disbursed(row: Row, quarter: int) -> Decimal:
    return sum(row.result.disbursed[:quarter], Decimal(0))


def _money(allotted: Decimal, disbursed: Decimal) -> tuple[str, str, str]:
    return (
        figures.baht(allotted),
        figures.baht(disbursed),
        figures.percent(percent_of(disbursed, allotted)),
    )
