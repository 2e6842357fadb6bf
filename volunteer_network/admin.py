"""A read-only window for support, on our own pages: no admin script or style is ever loaded."""

from collections.abc import Callable
from datetime import datetime
from functools import update_wrapper
from typing import Any, ClassVar

from django.conf import settings
from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest, HttpResponseBase
from django.template.response import SimpleTemplateResponse
from django.urls import URLPattern, URLResolver
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from volunteer_network.access.guards import needs
from volunteer_network.access.roles import Capability
from volunteer_network.models import Job, Office, Province, User
from volunteer_network.thai_calendar import moment

SITE_PAGES = frozenset({"index", "app_list"})
MODEL_PAGES = ("_changelist", "_change")


class Window(admin.AdminSite):
    """Lists and single rows, for who may open it; allauth alone signs people in."""

    site_title = site_header = _("ดูแลระบบ")
    index_title = _("ดูแลระบบ")
    index_template = "admin/window/index.html"
    app_index_template = "admin/window/index.html"
    final_catch_all_view = False
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        return isinstance(request.user, User) and request.user.can(Capability.OPEN_ADMIN)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:  # noqa: FBT001, FBT002
        """Draw the page before the scope closes: Django would draw it after the view."""

        def drawn(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            response = view(request, *args, **kwargs)
            return response.render() if isinstance(response, SimpleTemplateResponse) else response

        return needs(Capability.OPEN_ADMIN)(update_wrapper(drawn, view))

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        listed = super().get_app_list(request, app_label)
        for app in listed:
            for entry in app["models"]:
                entry["name"] = self._registry[entry["model"]].words  # type: ignore[attr-defined]
        return listed

    def get_urls(self) -> list[URLPattern | URLResolver]:
        pages = list(_only(super().get_urls(), lambda name: name in SITE_PAGES))
        for page in pages:
            if isinstance(page, URLPattern):  # Django names a sign-in page of its own
                page.callback.login_url = settings.LOGIN_URL  # type: ignore[attr-defined]
        return pages


def column(words: str | Promise, show: Callable[[Any], Any]) -> Callable[[Any], str]:
    """A column with a Thai head; Django would name the field in English, and years in A.D."""

    def shown(row: Any) -> str:
        value = show(row)
        if isinstance(value, datetime):
            return moment(value)
        return "–" if value in (None, "", []) else str(value)

    shown.short_description = words  # type: ignore[attr-defined]  # read by Django's admin
    return shown


class ReadOnly(admin.ModelAdmin):  # type: ignore[type-arg]  # no subscript at run time
    """Shows rows and changes none."""

    change_list_template = "admin/window/list.html"
    change_form_template = "admin/window/row.html"
    actions = None
    view_on_site = False
    list_per_page = 50
    show_full_result_count = False
    words: str | Promise = ""
    columns: ClassVar[tuple[Callable[[Any], str], ...]] = ()  # of the list
    more: ClassVar[tuple[Callable[[Any], str], ...]] = ()  # on the page of one row

    def get_list_display(self, request: HttpRequest) -> Any:
        return self.columns

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return isinstance(request.user, User) and request.user.can(Capability.OPEN_ADMIN)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        return (*self.columns, *self.more)

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        return (*self.columns, *self.more)

    def get_urls(self) -> list[URLPattern]:
        return list(_only(super().get_urls(), lambda name: name.endswith(MODEL_PAGES)))


def _only(patterns: list[Any], wanted: Callable[[str], bool]) -> list[Any]:
    """Leave out every address that would add, delete, sign in or show Django's own log."""
    return [
        pattern
        for pattern in patterns
        if isinstance(pattern, URLResolver) or wanted(pattern.name or "")
    ]


class UserWindow(ReadOnly):
    words = _("บัญชีผู้ใช้")
    list_select_related = ("province", "office__agency", "office__province")
    search_fields = ("username", "first_name", "last_name")
    ordering = ("sort_key",)
    columns = (
        column(_("ชื่อผู้ใช้"), lambda row: row.username),
        column(_("ชื่อ–สกุล"), lambda row: row.display_name),
        column(_("บทบาท"), lambda row: row.get_role_display()),
        column(_("จังหวัด"), lambda row: row.province),
        column(_("สถานะ"), lambda row: _("ใช้งาน") if row.is_active else _("ปิดใช้งาน")),
        column(_("เข้าใช้ล่าสุด"), lambda row: row.last_login),
    )
    more = (
        column(_("ตำแหน่ง"), lambda row: row.position),
        column(_("หน่วยงาน"), lambda row: row.office),
        column(_("เขตตรวจราชการ"), lambda row: row.inspection_regions),
        column(_("สร้างเมื่อ"), lambda row: row.joined_at),
    )


class ProvinceWindow(ReadOnly):
    words = _("จังหวัด")
    search_fields = ("name", "name_english", "abbreviation")
    columns = (
        column(_("รหัส"), lambda row: row.code),
        column(_("ชื่อ"), lambda row: row.name),
        column(_("ชื่ออังกฤษ"), lambda row: row.name_english),
        column(_("ภาค"), lambda row: row.region),
        column(_("กลุ่มจังหวัด"), lambda row: row.cluster),
        column(_("เขตตรวจราชการ"), lambda row: row.inspection_region),
    )


class OfficeWindow(ReadOnly):
    words = _("หน่วยงาน")
    list_select_related = ("agency", "province")
    search_fields = ("province__name", "agency__abbreviation")
    ordering = ("province__sort_key", "agency_id")
    columns = (
        column(_("หน่วยงาน"), lambda row: row),
        column(_("สังกัด"), lambda row: row.agency),
        column(_("จังหวัด"), lambda row: row.province),
    )


class JobWindow(ReadOnly):
    """Without title and parameters, which may name persons."""

    words = _("งานเบื้องหลัง")
    list_select_related = ("province", "requested_by")
    search_fields = ("=id", "kind")
    columns = (
        column(_("เลขที่"), lambda row: row.pk),
        column(_("ประเภท"), lambda row: row.kind),
        column(_("จังหวัด"), lambda row: row.province),
        column(_("สถานะ"), lambda row: row.get_state_display()),
        column(_("ครั้งที่"), lambda row: row.attempt),
        column(_("ผู้ขอ"), lambda row: row.requested_by.username),
        column(_("ขอเมื่อ"), lambda row: row.requested_at),
    )
    more = (
        column(_("เริ่มเมื่อ"), lambda row: row.claimed_at),
        column(_("เสร็จเมื่อ"), lambda row: row.finished_at),
        column(_("ทำแล้ว"), lambda row: f"{row.done_steps} / {row.all_steps}"),
        column(_("เหตุที่ไม่สำเร็จ"), lambda row: row.failure),
        column(_("เลขอ้างอิง"), lambda row: row.request),
    )


window = Window(name="admin")
window.register(User, UserWindow)
window.register(Province, ProvinceWindow)
window.register(Office, OfficeWindow)
window.register(Job, JobWindow)
