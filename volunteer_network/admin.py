"""A read-only window for support, on our own pages: no admin script or style is ever loaded."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Any, ClassVar

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

    def get_urls(self) -> list[URLPattern | URLResolver]:
        return list(_only(super().get_urls(), lambda name: name in SITE_PAGES))


class ReadOnly(admin.ModelAdmin):  # type: ignore[type-arg]  # no subscript at run time
    """Shows rows and changes none."""

    change_list_template = "admin/window/list.html"
    change_form_template = "admin/window/row.html"
    actions = None
    view_on_site = False
    list_per_page = 50
    show_full_result_count = False
    shown: ClassVar[tuple[str, ...]] = ()

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return isinstance(request.user, User) and request.user.can(Capability.OPEN_ADMIN)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        return self.shown

    def get_readonly_fields(
        self, request: HttpRequest, obj: Model | None = None
    ) -> tuple[str, ...]:
        return self.shown

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
    list_display = ("username", "display_name", "role", "province", "state", "last_login")
    list_select_related = ("province",)
    search_fields = ("username", "first_name", "last_name")
    ordering = ("sort_key",)
    shown = (
        *("username", "display_name", "position", "role", "province", "office"),
        *("inspection_regions", "state", "joined_at", "last_login"),
    )

    @admin.display(description=_("ชื่อ–สกุล"))
    def display_name(self, account: User) -> str:
        return account.display_name

    @admin.display(description=_("สถานะ"))
    def state(self, account: User) -> str | Promise:
        return _("ใช้งาน") if account.is_active else _("ปิดใช้งาน")


class ProvinceWindow(ReadOnly):
    list_display = ("code", "name", "region", "cluster", "inspection_region")
    search_fields = ("name", "name_english", "abbreviation")
    shown = ("code", "name", "name_english", "abbreviation", *list_display[2:])


class OfficeWindow(ReadOnly):
    list_display = ("__str__", "agency", "province")
    list_select_related = ("agency", "province")
    search_fields = ("province__name", "agency__abbreviation")
    ordering = ("province__sort_key", "agency_id")
    shown = ("agency", "province")


class JobWindow(ReadOnly):
    """Without title and parameters, which may name persons."""

    list_display = ("id", "kind", "province", "state", "attempt", "requested_by", "requested_at")
    list_select_related = ("province", "requested_by")
    search_fields = ("=id", "kind")
    shown = (
        *("id", "kind", "province", "state", "attempt", "requested_by", "requested_at"),
        *("claimed_at", "finished_at", "done_steps", "all_steps", "failure", "request"),
    )


window = Window(name="admin")
window.register(User, UserWindow)
window.register(Province, ProvinceWindow)
window.register(Office, OfficeWindow)
window.register(Job, JobWindow)
