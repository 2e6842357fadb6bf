"""Every component in use on one page, for whoever builds the next page. Demo sites only."""

import re

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from volunteer_network.access.guards import everyone
from volunteer_network.startup.places import BASE_DIR
from volunteer_network.ui import design_samples as samples
from volunteer_network.ui.forms.filters import FilterForm


class SampleFilter(FilterForm):
    q = forms.CharField(label=_("ค้นในรายการ"))
    district = forms.MultipleChoiceField(label=_("อำเภอ"), choices=samples.DISTRICTS)
    status = forms.ChoiceField(label=_("สถานะ"), choices=samples.STATUSES)


class SampleForm(forms.Form):
    name = forms.CharField(label=_("ชื่อ"), max_length=80)
    national_id = forms.CharField(
        label=_("เลขประจำตัวประชาชน"),
        help_text=_("13 หลัก เก็บแบบปิด เห็นเฉพาะผู้มีสิทธิ"),
        validators=[samples.refuse_check_digit],
    )
    province = forms.ChoiceField(label=_("จังหวัด"), choices=samples.PROVINCES)


@everyone
def design(request: HttpRequest) -> HttpResponse:
    if not settings.DEMO:
        raise Http404
    filters = SampleFilter({"district": "1405", "status": "active"})
    form = SampleForm({"name": "กัญญารัตน์", "national_id": "3-1006-00458-21-7", "province": "14"})
    context = {
        **samples.as_context(),
        "filters": filters,
        "chips": filters.chips(request),
        "sample_form": form,
        "icons": _icon_names(),
    }
    return render(request, "volunteer_network/design.html", context)


def _icon_names() -> list[str]:
    sprite = (BASE_DIR / "static" / "img" / "icons.svg").read_text()
    return re.findall(r'<symbol id="([\w-]+)"', sprite)
