"""Participants of a seminar from a workbook."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from seminars.import_entries import PARTICIPANTS
from seminars.models import Seminar
from volunteer_network.access.guards import needs
from volunteer_network.access.requests import StaffRequest
from volunteer_network.access.roles import Capability
from volunteer_network.import_kinds import import_kind_named
from volunteer_network.views.imports import send_page, template_response


@needs(Capability.RUN_SEMINARS)
def participant_import(request: StaffRequest, pk: int) -> HttpResponse:
    seminar = get_object_or_404(Seminar.objects.visible_to(request.user), pk=pk)
    return send_page(
        request,
        kind=import_kind_named(PARTICIPANTS),
        about=seminar.pk,
        template_href=reverse("seminar-imports:template"),
        heading=_("นำเข้าผู้เข้าร่วมจากไฟล์"),
        back_href=seminar.get_absolute_url(),
        back_label=seminar.title,
    )


@needs(Capability.RUN_SEMINARS)
@require_safe
def participant_import_template(request: StaffRequest) -> HttpResponse:
    return template_response(import_kind_named(PARTICIPANTS), name=_("แบบรายชื่อผู้เข้าร่วมสัมมนา"))
