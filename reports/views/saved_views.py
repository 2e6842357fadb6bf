"""/dashboard/views/: the filters of a dashboard under names of one's own."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from reports.dashboard.sentences import place_in_words, time_in_words
from reports.documents.dashboards import parameters_of
from reports.forms.dashboards import DashboardFilter
from reports.views.asked_places import asked_office
from volunteer_network.access.guards import needs
from volunteer_network.access.requests import StaffRequest
from volunteer_network.access.roles import Capability
from volunteer_network.forms.saved_views import SavedViewForm
from volunteer_network.models import SavedView
from volunteer_network.services.saved_views import remove_view, save_view
from volunteer_network.ui.waiting import OWN_VIEWS, kept_a_minute


@dataclass(frozen=True)
class ViewLink:
    """A view as the dashboard offers it."""

    name: str
    href: str
    current: bool


def views_of(request: StaffRequest) -> list[ViewLink]:
    """The person's own views; the one whose filters are in force is marked.

    One that is saved on another device appears within a minute.
    """

    def read() -> list[list[str]]:
        views = SavedView.objects.visible_to(request.user).only("name", "path", "query")
        return [[view.name, view.get_absolute_url()] for view in views]

    here = request.get_full_path()
    views = kept_a_minute(request, OWN_VIEWS, read)
    return [ViewLink(name, href, href == here) for name, href in views]


@needs(Capability.VIEW_FIGURES)
def view_create(request: StaffRequest) -> HttpResponse:
    """Name the filters in the address; below it the views that one has."""
    place = asked_office(request)
    code = place.pk if place else None
    kept = parameters_of(request.GET, code)["filters"]
    path = reverse("dashboard:province", args=[code]) if code else reverse("dashboard:national")
    form = SavedViewForm(request.POST or None)
    address = {"path": path, "query": urlencode(kept)}
    if form.is_valid() and (view := form.perform(save_view, **address, by=request.user)):
        messages.success(
            request, _("บันทึกมุมมอง “%(name)s” แล้ว ค้นหาได้ด้วย Ctrl K") % {"name": view.name}
        )
        return redirect(view)
    context = {
        "form": form,
        "views": SavedView.objects.visible_to(request.user),
        "words": _in_words(kept, code),
        "back": f"{path}?{address['query']}" if kept else path,
    }
    status = 422 if form.errors else 200
    return render(request, "reports/dashboard/views.html", context, status=status)


@needs(Capability.VIEW_FIGURES)
@require_POST
def view_remove(request: StaffRequest, pk: int) -> HttpResponse:
    view = get_object_or_404(SavedView.objects.visible_to(request.user), pk=pk)
    remove_view(view=view, by=request.user)
    messages.success(request, _("ลบมุมมอง “%(name)s” แล้ว") % {"name": view.name})
    return redirect("dashboard:view-create")


def _in_words(kept: dict[str, str], province: int | None) -> str:
    question = DashboardFilter(kept, today=timezone.localdate(), province=province).question
    words = [place_in_words(question), time_in_words(question, question.chosen)]
    if question.category:
        words.append(_("งาน%(label)s") % {"label": question.category.label})
    return " ".join(words)
