"""The register from a workbook."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from volunteer_network.access.guards import needs
from volunteer_network.access.requests import StaffRequest
from volunteer_network.access.roles import Capability
from volunteer_network.import_entries import VOLUNTEERS
from volunteer_network.import_kinds import import_kind_named
from volunteer_network.views.imports import send_page, template_response


@needs(Capability.EDIT_VOLUNTEERS)
def volunteer_import(request: StaffRequest) -> HttpResponse:
    return send_page(
        request,
        kind=import_kind_named(VOLUNTEERS),
        template_href=reverse("volunteers:import-template"),
        heading=_("นำเข้าทะเบียนจากไฟล์"),
        back_href=reverse("volunteers:list"),
        back_label=_("ทะเบียน"),
    )


@needs(Capability.EDIT_VOLUNTEERS)
@require_safe
def volunteer_import_template(request: StaffRequest) -> HttpResponse:
    return template_response(import_kind_named(VOLUNTEERS), name=_("แบบนำเข้าทะเบียน อสร."))
