"""The silent, and the note of a call."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from mentors.enums import ContactOutcome
from mentors.forms.silence import ContactForm, SilentFilter
from mentors.models import Contact
from mentors.services.contacts import note_contact
from mentors.services.silence import silent_to_call, with_reasons
from mentors.views.silent_lists import SILENT
from mentors.views.tabs import section_tabs
from volunteer_network.access.guards import needs
from volunteer_network.access.requests import StaffRequest
from volunteer_network.access.roles import Capability
from volunteer_network.models import Volunteer
from volunteer_network.thai_calendar import short_date
from volunteer_network.ui.pages import way_back


@needs(Capability.VIEW_MENTORS)
def volunteer_silent(request: StaffRequest) -> HttpResponseBase:
    filters = SilentFilter(request.GET, user=request.user)
    rows = with_reasons(silent_to_call(request.user, timezone.localdate()))
    return SILENT.render(
        request,
        filters.apply(rows),
        filters=filters,
        tabs=section_tabs(request),
        outcomes=ContactOutcome.choices,
        back=request.get_full_path(),
    )


@needs(Capability.ASSIGN_MENTORS)
def contact_create(request: StaffRequest, pk: int) -> HttpResponse:
    """The outcome is enough: the chips in the list send nothing else."""
    rows = Volunteer.objects.visible_to(request.user).select_related("subdistrict", "district")
    volunteer = get_object_or_404(rows, pk=pk)
    form = ContactForm(_with_outcome(request.POST) or None)
    if form.is_valid() and (
        contact := form.perform(note_contact, volunteer=volunteer, by=request.user)
    ):
        _say_noted(request, contact, volunteer)
        return redirect(way_back(request, otherwise=reverse("mentors:silent")))
    contacts = Contact.objects.visible_to(request.user).filter(volunteer=volunteer)
    context: dict[str, Any] = {
        "form": form,
        "volunteer": volunteer,
        "contacts": contacts.select_related("made_by")[:10],
    }
    status = 422 if form.is_bound else 200
    return render(request, "mentors/silence/form.html", context, status=status)


def _with_outcome(sent: QueryDict) -> QueryDict:
    """A chip of the list is a button that has the outcome as its name."""
    data = sent.copy()
    for outcome in ContactOutcome.values:
        if outcome in sent:
            data["outcome"] = outcome
    return data


def _say_noted(request: StaffRequest, contact: Contact, volunteer: Volunteer) -> None:
    words = _("บันทึกการติดต่อ %(name)s แล้ว จะกลับมาในรายการ %(day)s") % {
        "name": volunteer,
        "day": short_date(contact.next_on),
    }
    edit = (reverse("mentors:contact", args=[volunteer.pk]), _("เปลี่ยนผลหรือวัน"))
    link = edit
    if contact.outcome == ContactOutcome.WANTS_TO_STOP:
        link = (reverse("volunteers:end", args=[volunteer.pk]), _("บันทึกการพ้นวาระ"))
    messages.success(request, format_html('{} <a href="{}">{}</a>', words, *link))
