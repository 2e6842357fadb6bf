"""The dashboard on paper: the same figures and the same drawings as the page, as of one moment."""

from functools import partial
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from reports.dashboard import charts
from reports.dashboard.charts import Ranking
from reports.dashboard.definitions import DEFINITIONS
from reports.dashboard.doors import Doors
from reports.dashboard.drawings import drawings_of
from reports.dashboard.sheets import sheets_of
from reports.forms.dashboards import DashboardFilter
from reports.queries.boards import Dashboard
from reports.queries.dashboards import dashboard_of
from reports.services.printouts import keep_printout
from volunteer_network.documents.papers import make_paper, rows_at
from volunteer_network.documents.serials import new_reference
from volunteer_network.errors import RuleViolation
from volunteer_network.job_kinds import JobContext, Result
from volunteer_network.known_places import known_province
from volunteer_network.thai_calendar import moment
from volunteer_network.ui.charts import Ink, key_mark

WEAKEST_SHOWN = 10
TOLD_IN_THE_HEAD = ("quarter", "month", "region", "cluster", "category")  # the year is in the title


def parameters_of(query: QueryDict, province: int | None) -> dict[str, Any]:
    """What a job keeps of a page's address: the filters in force, and the province it is about."""
    known = DashboardFilter(query, today=timezone.localdate(), province=province)
    kept = {name: query[name] for name in known.active}
    return {"province": province, "filters": kept}


def make_dashboard(job: JobContext) -> Result:
    """A4 portrait; the figures are those that the person may see at this moment."""
    job.progress(0, 2, _("กำลังอ่านตัวเลข"))
    code = job.parameters["province"]
    filters = DashboardFilter(job.parameters["filters"], today=timezone.localdate(), province=code)
    with job.rights():
        board, as_of = dashboard_of(filters.question, user=job.person), timezone.now()
    if not board.provinces:
        raise RuleViolation(_("ไม่มีจังหวัดที่ตรงกับตัวกรอง ให้เลือกภาคหรือกลุ่มจังหวัดใหม่"))
    job.progress(1, 2, _("กำลังจัดหน้าเอกสาร"))
    ranking = charts.ranking_of(board, filters.measure_for(board))
    sheets = sheets_of(board, ranking, Doors(job.person, board.question))
    title, reference = title_of(board), new_reference()
    context = {
        "title": title,
        "board": board,
        "filters": filters.in_words(*TOLD_IN_THE_HEAD),
        "ranking": ranking,
        "sheets": sheets.by_name,
        "map": _map_of(board, ranking),
        "drawings": drawings_of(board, Ink.PAPER),
        "weakest_shown": len(ranking.weakest(WEAKEST_SHOWN)),
        "outcomes": [
            (key_mark(number, Ink.PAPER), label)
            for number, (_name, label) in enumerate(charts.outcome_names())
        ],
        "definitions": DEFINITIONS,
        "as_of": moment(as_of),
        **rows_at(reverse("dashboard:printed", args=[reference])),
    }
    keep = partial(
        keep_printout, reference=reference, board=board, measure=ranking.measure, as_of=as_of
    )
    return make_paper(
        "reports/documents/dashboard.html",
        context,
        title,
        "css/dashboard_paper.css",
        expected=[title, reference],
        also=keep,
    )


def _map_of(board: Dashboard, ranking: Ranking) -> SafeString:
    """The country by the measure; nothing for one province."""
    if board.question.province:
        return SafeString()
    drawn, _tiles = charts.map_of(ranking, href=lambda code: "", ink=Ink.PAPER)
    return drawn


def title_of(board: Dashboard) -> str:
    question = board.question
    where = known_province(question.province).with_prefix if question.province else _("ประเทศ")
    return _("ภาพรวม%(where)s ปีงบประมาณ %(year)d") % {
        "where": where,
        "year": question.fiscal_year,
    }
