"""The annual plan of a province: layout 4 of the ministry's forms."""

from dataclasses import dataclass
from functools import partial

from django.utils import timezone
from django.utils.translation import gettext as _

from reports.documents import figures, signatures
from reports.models import Plan
from reports.queries.plan_tables import Group, PlanTable, Row, plan_table
from reports.queries.readiness import plan_to_print, why_not_printable
from reports.services.plan_replacing import look_again_at_paper
from volunteer_network.documents.papers import make_paper
from volunteer_network.documents.serials import new_issue
from volunteer_network.enums import DocumentKind
from volunteer_network.errors import RuleViolation
from volunteer_network.job_kinds import JobContext, Result
from volunteer_network.thai_calendar import (
    fiscal_months,
    fiscal_year_bounds,
    long_date,
    short_month_name,
)

MONTHS = range(1, 13)  # of the fiscal year
TEMPLATE, STYLES = "reports/documents/plan.html", ("css/official.css",)


@dataclass(frozen=True)
class PlanSheetLine:
    """One piece of work, as it is printed."""

    number: str
    title: str
    indicator: str
    unit: str
    targets: tuple[str, ...]
    months: tuple[bool, ...]  # whether work is done, October first
    money: str
    who: str


@dataclass(frozen=True)
class PlanSheetGroup:
    heading: str
    money: str
    lines: tuple[PlanSheetLine, ...]


@dataclass(frozen=True)
class PlanSheet:
    """All that the document says, in words and figures; nothing is computed in the template."""

    title: str
    subtitle: str
    province: str
    office: str
    facts: tuple[str, ...]
    first_year: str
    last_year: str
    months: tuple[str, ...]
    groups: tuple[PlanSheetGroup, ...]
    total: str
    people: str
    money: str
    change_note: str

    @property
    def expected(self) -> list[str]:
        """What must be found in the finished file, in this order."""
        words = [self.title, self.subtitle]
        for group in self.groups:
            words += [group.heading, group.money]
            for line in group.lines:
                words += [line.title, line.indicator, *line.targets, line.money, line.who]
        return [*words, self.total, self.people, self.money]


def make_plan_document(job: JobContext) -> Result:
    """The plan of a province for a fiscal year: its newest edition that is no draft."""
    year, province = job.parameters["fiscal_year"], job.parameters["province"]
    job.progress(0, 2, _("กำลังอ่านแผน"))
    with job.rights():
        plan = plan_for_print(job, year, province)
        sheet = sheet_of(plan_table(plan, user=job.person))
        signing = signatures.of_plan(plan)
        as_of = timezone.now()
    job.progress(1, 2, _("กำลังจัดหน้าเอกสาร"))
    issue = new_issue(
        kind=DocumentKind.PLAN,
        province=province,
        fiscal_year=year,
        edition=plan.edition,
        as_of=as_of,
    )
    name = _("แผนปฏิบัติงาน %(year)d %(province)s ฉบับที่ %(edition)d") % {
        "year": year,
        "province": plan.province.with_prefix,
        "edition": plan.edition,
    }
    return make_paper(
        TEMPLATE,
        {"sheet": sheet, "signatures": signing},
        name,
        *STYLES,
        expected=sheet.expected,
        issue=issue,
        also=partial(look_again_at_paper, plan),
        thai_digits=job.parameters.get("thai_digits", False),
        as_word=job.parameters.get("as_word", False),
    )


def plan_for_print(job: JobContext, year: int, province: int) -> Plan:
    """The edition to print, within the person's rights; refuses in words when there is none."""
    plans = Plan.objects.visible_to(job.person).of_year(year).filter(province=province)
    plans = plans.select_related(
        *("province", "made_by", "proposed_by", "agreed_by", "approved_by")
    )
    plan = plan_to_print(plans)
    if plan is None:
        raise RuleViolation(
            _("พิมพ์แผนยังไม่ได้ เพราะ%(why)s ให้เสนอแรงงานจังหวัดก่อนแล้วสั่งใหม่")
            % {"why": why_not_printable(plans)}
        )
    return plan


def sheet_of(table: PlanTable) -> PlanSheet:
    """The plan in words and figures."""
    plan = table.plan
    months, (first, last) = fiscal_months(plan.fiscal_year), fiscal_year_bounds(plan.fiscal_year)
    place = {"province": plan.province.with_prefix}
    span = {"first": long_date(first), "last": long_date(last)}
    return PlanSheet(
        title=_("แผนปฏิบัติงานประจำปีงบประมาณ พ.ศ. %(year)d") % {"year": plan.fiscal_year},
        subtitle=_("งานอาสาสมัครแรงงาน %(province)s (%(first)s ถึง %(last)s)") % {**place, **span},
        province=plan.province.with_prefix,
        office=plan.province.office_name,
        facts=(
            _("ฉบับที่ %(edition)d") % {"edition": plan.edition},
            plan.get_state_display(),
            _("งบประมาณรวม %(money)s บาท") % {"money": figures.baht(table.allotted)},
        ),
        first_year=_("พ.ศ. %(year)d") % {"year": plan.fiscal_year - 1},
        last_year=_("พ.ศ. %(year)d") % {"year": plan.fiscal_year},
        months=tuple(short_month_name(month) for month in months),
        groups=tuple(_group(group) for group in table.groups),
        total=_("รวม %(count)d งาน") % {"count": len(table.rows)},
        people=_("เป้าหมายผู้รับบริการ %(count)s คน") % {"count": f"{table.people_target:,}"},
        money=figures.baht(table.allotted),
        change_note=plan.change_note,
    )


def _group(group: Group) -> PlanSheetGroup:
    return PlanSheetGroup(
        heading=f"{group.place}. {group.group.label}",
        money=figures.baht(group.allotted),
        lines=tuple(_line(row) for row in group.rows),
    )


def _line(row: Row) -> PlanSheetLine:
    line = row.line
    return PlanSheetLine(
        number=str(row.number),
        title=line.title,
        indicator=line.indicator,
        unit=line.unit,
        targets=tuple(figures.target(target) for target in line.targets),
        months=tuple(month in line.months for month in MONTHS),
        money=figures.baht(line.allotted),
        who=line.responsible.first_name if line.responsible else "",
    )
