"""Months; an address names one as people do: 2569-10."""

from datetime import date

from django.urls import path, register_converter

from mentors.views import month_documents, month_overview, month_papers, months
from volunteer_network.thai_calendar import month_address, month_from_address


class MonthConverter:
    regex = "[0-9]{4}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        return month_from_address(value)

    def to_url(self, value: date | str) -> str:
        return value if isinstance(value, str) else month_address(value)


register_converter(MonthConverter, "thai_month")

app_name = "months"
urlpatterns = [
    path("", month_overview.overview, name="list"),
    path("<thai_month:month>/", months.sheet, name="sheet"),
    path("<thai_month:month>/send/", months.send, name="send"),
    path("<thai_month:month>/take-back/", months.take_back_sent, name="take-back"),
    path("<thai_month:month>/approve/", months.approve, name="approve"),
    path("<thai_month:month>/close/", month_overview.close, name="close"),
    path("<thai_month:month>/reopen/", month_overview.reopen, name="reopen"),
    path("<thai_month:month>/remind/", month_overview.remind, name="remind"),
    path("<thai_month:month>/remind-mentors/", month_overview.remind_mentors, name="nudge"),
    path("<thai_month:month>/recall/", month_overview.recall, name="recall"),
    path(
        "<thai_month:month>/recall-mentors/",
        month_overview.recall_from_mentors,
        name="recall-nudge",
    ),
    path("<thai_month:month>/print/", month_documents.print_reports, name="print"),
    path(
        "<thai_month:month>/print-overview/",
        month_documents.print_overview,
        name="print-overview",
    ),
    path("<thai_month:month>/<int:pk>/", month_papers.paper, name="detail"),
    path("<thai_month:month>/<int:pk>/figures/", month_papers.figures, name="figures"),
    path("<thai_month:month>/<int:pk>/nothing/", month_papers.nothing, name="nothing"),
    path("<thai_month:month>/<int:pk>/describe/", month_papers.describe, name="describe"),
    path("<thai_month:month>/<int:pk>/return/", month_papers.hand_back, name="return"),
    path("<thai_month:month>/<int:pk>/send-back/", month_papers.send_back, name="send-back"),
]
