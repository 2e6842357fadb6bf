"""Provinces reminded from a page, and the reminder taken back: what was ticked, what is said."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from volunteer_network.row_keys import is_key


def ticked_provinces(request: HttpRequest) -> set[int]:
    return {int(code) for code in request.POST.getlist("province") if is_key(code)}


def say_reminded(request: HttpRequest, provinces: int) -> None:
    text = _("ส่งเตือน %(count)d จังหวัดแล้ว เรียกคืนได้ภายใน 2 นาที")
    messages.success(request, text % {"count": provinces})


def say_taken_back(request: HttpRequest, provinces: int) -> None:
    messages.success(request, _("เรียกคืนการเตือน %(count)d จังหวัดแล้ว") % {"count": provinces})
