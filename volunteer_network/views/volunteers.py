"""Pages of the register."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from volunteer_network.access.guards import needs
from volunteer_network.access.requests import StaffRequest
from volunteer_network.access.roles import Capability
from volunteer_network.enums import VolunteerLevel, VolunteerStatus
from volunteer_network.forms.volunteers import (
    NameForm,
    PersonForm,
    RegistrationForm,
    RevealForm,
    VolunteerFilter,
    VolunteerForm,
    namesakes_place,
)
from volunteer_network.models import Subdistrict, Volunteer
from volunteer_network.services.volunteer_stories import story_of, viewings
from volunteer_network.services.volunteers import (
    change_volunteer,
    note_viewing,
    other_leads,
    register_volunteer,
    reveal_national_id,
)
from volunteer_network.ui.registry import bulk_actions_for, panels_for
from volunteer_network.views.conflicts import conflict_of
from volunteer_network.views.volunteer_lists import (
    REGISTER,
    STATUS_SHAPES,
    for_register,
    ready_views,
)

PAGES = "volunteer_network/volunteers"
NAMESAKES_SHOWN = 3
VIEWINGS_IN_DAYS = 30


@needs(Capability.VIEW_VOLUNTEERS)
def volunteer_list(request: StaffRequest) -> HttpResponseBase:
    visible = Volunteer.objects.visible_to(request.user)
    filters = VolunteerFilter(request.GET, user=request.user)
    views = ready_views(visible, request.META["QUERY_STRING"])
    return REGISTER.render(
        request,
        for_register(filters.apply(visible)),
        filters=filters,
        count=None if filters.active else views[-1].count,  # that of all
        views=views,
        bulk_actions=bulk_actions_for(request.user, "volunteers"),
    )


@needs(Capability.VIEW_VOLUNTEERS)
def volunteer_detail(request: StaffRequest, pk: int) -> HttpResponse:
    volunteer = _visible(request, pk)
    note_viewing(volunteer=volunteer, by=request.user)
    return _detail(request, volunteer)


@needs(Capability.EDIT_VOLUNTEERS)
def volunteer_create(request: StaffRequest) -> HttpResponse:
    form = RegistrationForm(
        request.POST or None, request.FILES or None, province=request.user.province
    )
    if (
        form.is_valid()
        and _is_another_person(request, form)
        and (volunteer := form.perform(register_volunteer, by=request.user))
    ):
        messages.success(request, _("ขึ้นทะเบียน %(name)s แล้ว") % {"name": volunteer})
        _warn_of_other_leads(request, volunteer)
        return redirect("volunteers:create") if "another" in request.POST else redirect(volunteer)
    _say_other_leads(form)
    return _form_page(request, form, heading=_("ขึ้นทะเบียนอาสาสมัครแรงงาน"))


@needs(Capability.EDIT_VOLUNTEERS)
def volunteer_update(request: StaffRequest, pk: int) -> HttpResponse:
    volunteer = _visible(request, pk)
    form = VolunteerForm(request.POST or None, request.FILES or None, volunteer=volunteer)
    conflict = None
    if form.is_valid():
        if saved := form.perform(change_volunteer, volunteer=volunteer, by=request.user):
            messages.success(request, _("บันทึกการแก้ไขของ %(name)s แล้ว") % {"name": saved})
            _warn_of_other_leads(request, saved)
            return redirect(saved)
        conflict = conflict_of(form, volunteer)
    note_viewing(volunteer=volunteer, by=request.user)  # the form shows as much as the page
    _say_other_leads(form, besides=volunteer)
    heading = _("แก้ข้อมูล %(name)s") % {"name": volunteer}
    return _form_page(request, form, heading=heading, volunteer=volunteer, conflict=conflict)


@needs(Capability.EDIT_VOLUNTEERS)
@require_POST
def volunteer_namesakes(request: StaffRequest) -> HttpResponse:
    """The box of likely duplicates while a name is typed; names travel in the body only."""
    form = NameForm(request.POST)
    box = _namesakes_box(request, form.cleaned_data) if form.is_valid() else ""
    return HttpResponse(namesakes_place(box))


@needs(Capability.REVEAL_NATIONAL_ID)
def volunteer_reveal(request: StaffRequest, pk: int) -> HttpResponse:
    """Ask for the reason, then show the number once, in the answer to this POST only."""
    volunteer = _visible(request, pk)
    form = RevealForm(request.POST or None)
    if form.is_valid() and (
        number := form.perform(reveal_national_id, volunteer=volunteer, by=request.user)
    ):
        return _detail(request, volunteer, national_id=number)
    heading = _("ขอดูเลขประจำตัวประชาชน")
    return _form_page(request, form, heading=heading, volunteer=volunteer)


def _visible(request: StaffRequest, pk: int) -> Volunteer:
    rows = Volunteer.objects.visible_to(request.user).select_related(
        "subdistrict__district", "subdistrict__province", "province"
    )
    return get_object_or_404(rows, pk=pk)


def _detail(request: StaffRequest, volunteer: Volunteer, **context: Any) -> HttpResponse:
    today = timezone.localdate()
    since = today - timedelta(days=VIEWINGS_IN_DAYS)
    context |= {
        "volunteer": volunteer,
        "status_shape": STATUS_SHAPES.get(VolunteerStatus(volunteer.status), "off"),
        "story": story_of(volunteer, user=request.user, today=today),
        "panels": panels_for(request.user, "volunteer", volunteer),
        "today": today,
        "viewings": viewings(volunteer, user=request.user, since=since),
        "viewings_in_days": VIEWINGS_IN_DAYS,
    }
    return render(request, f"{PAGES}/detail.html", context)


def _form_page(request: StaffRequest, form: Any, **context: Any) -> HttpResponse:
    context |= {"form": form}
    status = 422 if form.is_bound else 200
    return render(request, f"{PAGES}/form.html", context, status=status)


def _is_another_person(request: StaffRequest, form: RegistrationForm) -> bool:
    """Whether nobody of that name is known, or the officer has said that it is somebody else."""
    if form.cleaned_data.pop("namesakes_checked"):
        return True
    box = _namesakes_box(request, form.cleaned_data)
    if box:
        form.show_after("last_name", namesakes_place(box))
    return not box


def _say_other_leads(form: PersonForm, besides: Volunteer | None = None) -> None:
    """While the form is still open: this sub-district has a lead already."""
    typed = getattr(form, "cleaned_data", {})
    place = typed.get("subdistrict")
    is_lead = typed.get("level") == VolunteerLevel.SUBDISTRICT_LEAD
    if place and is_lead and (words := _other_leads_in_words(place, besides)):
        form.say("subdistrict", words, doubt=True)


def _warn_of_other_leads(request: StaffRequest, saved: Volunteer) -> None:
    is_lead = saved.level == VolunteerLevel.SUBDISTRICT_LEAD and not saved.has_ended
    if is_lead and (words := _other_leads_in_words(saved.subdistrict, saved)):
        messages.warning(request, words)


def _other_leads_in_words(place: Subdistrict, besides: Volunteer | None) -> str:
    if not (other := other_leads(place, besides=besides).first()):
        return ""
    words = {"place": place.name, "name": other, "code": other.code}
    return _("ต.%(place)s มีแกนนำอยู่แล้ว คือ %(name)s อสร. %(code)s บันทึกได้ถ้าตั้งใจ") % words


def _namesakes_box(request: StaffRequest, names: dict[str, Any]) -> SafeString | str:
    namesakes = (
        Volunteer.objects.visible_to(request.user)
        .namesakes_of(names["first_name"], names["last_name"])
        .select_related("subdistrict", "district")[:NAMESAKES_SHOWN]
    )
    if not namesakes:
        return ""
    return render_to_string(f"{PAGES}/_namesakes.html", {"namesakes": namesakes}, request=request)
