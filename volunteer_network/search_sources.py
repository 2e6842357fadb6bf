"""What the core lets people find: things to do, pages, volunteers, places and accounts."""

import re
from collections.abc import Iterable
from typing import Any

from django.db.models import F, IntegerField, Q, QuerySet, Value
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from volunteer_network.access.roles import Capability, Role
from volunteer_network.enums import VolunteerStatus
from volunteer_network.models import District, Province, Subdistrict, User, Volunteer
from volunteer_network.models.volunteers import VolunteerQuerySet, code_in, code_of
from volunteer_network.name_search import holding, nearness, words_of
from volunteer_network.thai_text import full_name, normalise, sort_key
from volunteer_network.ui.registry import (
    Hit,
    SearchSource,
    actions_for,
    nav_for,
    register_search,
)

PLACE_WORD = re.compile(r"^(?:ต\.|อ\.|จ\.|ตำบล|อำเภอ|จังหวัด)\s*")
PROVINCE, DISTRICT, SUBDISTRICT = range(3)
PLACE_FIELDS = (
    *("size", "name", "sort_key", "in_district", "in_province"),
    *("district_code", "province_code"),
)


def register() -> None:
    for order, title, icon, find, more, needs in (
        (10, gettext_lazy("ทำรายการ"), "plus", actions, None, None),
        (20, gettext_lazy("หน้า"), "right", pages, None, None),
        (
            *(30, gettext_lazy("อาสาสมัครแรงงาน"), "people", volunteers),
            *(in_the_register, Capability.VIEW_VOLUNTEERS),
        ),
        (60, gettext_lazy("พื้นที่"), "pin", places, None, Capability.VIEW_VOLUNTEERS),
        (
            *(80, gettext_lazy("บัญชีผู้ใช้"), "users", accounts),
            *(in_the_accounts, Capability.MANAGE_ACCOUNTS),
        ),
    ):
        register_search(
            SearchSource(title=title, icon=icon, order=order, find=find, more=more, needs=needs)
        )


def actions(user: User, words: str, most: int) -> list[Hit]:
    """Things to do whose Thai or English words begin so."""
    fitting = (
        (str(one.label), one.english, reverse(one.url_name), one.query) for one in actions_for(user)
    )
    named = [
        (label, english, f"{href}?{query}" if query else href)
        for label, english, href, query in fitting
    ]
    return _named(named, words)[:most]


def pages(user: User, words: str, most: int) -> list[Hit]:
    """The sections of the site, by their Thai name or their English address."""
    named = [
        (str(item.label), re.sub(r"\W", " ", item.url_name), reverse(item.url_name))
        for item in nav_for(user)
    ]
    return _named(named, words)[:most]


def _named(named: Iterable[tuple[str, str, str]], typed: str) -> list[Hit]:
    """Those that hold every word: in Thai anywhere, in English where a word begins."""
    words = normalise(typed).split()

    def holds(label: str, english: str) -> bool:
        return all(
            word in normalise(label) or any(one.startswith(word) for one in english.split())
            for word in words
        )

    found = [(label, href) for label, english, href in named if holds(label, english)]
    found.sort(key=lambda one: not normalise(one[0]).startswith(words[0]))
    return [Hit(label=label, detail="", href=href) for label, href in found]


def volunteers(user: User, typed: str, most: int) -> list[Hit]:
    rows: VolunteerQuerySet = Volunteer.objects.visible_to(user)
    if code := code_in(typed):
        rows = rows.filter(province=code[0], number=code[1])
    else:
        words = words_of(typed)
        rows = rows.filter(holding(words)).order_by(nearness(words), "sort_key", "pk")
    fields = ("pk", "title", "first_name", "last_name", "province_id", "number", "status")
    places = ("subdistrict__name", "district__name", "province__name")
    return [
        Hit(
            label=full_name(row.title, row.first_name, row.last_name),
            detail=_("อสร. %(code)s · ต.%(subdistrict)s อ.%(district)s จ.%(province)s · %(status)s")
            % {
                "code": code_of(row.province_id, row.number),
                "subdistrict": row.subdistrict__name,
                "district": row.district__name,
                "province": row.province__name,
                "status": VolunteerStatus(row.status).label,
            },
            href=reverse("volunteers:detail", args=[row.pk]),
        )
        for row in rows.values_list(*fields, *places, named=True)[:most]
    ]


def in_the_register(words: str) -> str:
    return f"{reverse('volunteers:list')}?{urlencode({'q': words})}"


def places(user: User, typed: str, most: int) -> list[Hit]:
    """Provinces, districts and sub-districts that the user sees, each as a part of the register."""
    word = PLACE_WORD.sub("", normalise(typed))
    found = (
        _places(user, Province, "code", word)
        .annotate(size=Value(PROVINCE), district_code=Value(None, IntegerField()))
        .annotate(in_district=F("name"), in_province=F("name"), province_code=F("code"))
        .values_list(*PLACE_FIELDS)
        .union(
            _places(user, District, "province_id", word)
            .annotate(size=Value(DISTRICT), district_code=F("code"))
            .annotate(in_district=F("name"), in_province=F("province__name"))
            .annotate(province_code=F("province_id"))
            .values_list(*PLACE_FIELDS),
            _places(user, Subdistrict, "province_id", word)
            .annotate(size=Value(SUBDISTRICT), district_code=F("district_id"))
            .annotate(in_district=F("district__name"), in_province=F("province__name"))
            .annotate(province_code=F("province_id"))
            .values_list(*PLACE_FIELDS),
        )
    )
    return [_place(user, *row) for row in found.order_by("size", "sort_key")[:most]]


def _places(user: User, model: type[Any], province: str, word: str) -> QuerySet[Any]:
    """The places whose name holds the word, or begins with it when tone marks are left out."""
    bare = sort_key(word).partition("\t")[0]
    rows: QuerySet[Any] = model.objects.filter(
        Q(name__contains=word) | Q(sort_key__startswith=bare)
    )
    if user.scope.nationwide:
        office = "has_office" if model is Province else "province__has_office"
        return rows.filter(**{office: True})
    return rows.filter(**{f"{province}__in": user.scope.provinces})


def _place(
    user: User,
    size: int,
    name: str,
    _sort_key: str,
    in_district: str,
    in_province: str,
    district: int | None,
    province: int,
) -> Hit:
    label, detail = {
        PROVINCE: (_("จังหวัด%(name)s"), ""),
        DISTRICT: (_("อำเภอ%(name)s"), _("จ.%(province)s")),
        SUBDISTRICT: (_("ตำบล%(name)s"), _("อ.%(district)s จ.%(province)s")),
    }[size]
    where = {"name": name, "district": in_district, "province": in_province}
    query: dict[str, int] = {} if user.province_id else {"province": province}
    if district:
        query["district"] = district
    register = reverse("volunteers:list")
    return Hit(
        label=label % where,
        detail=detail % where,
        href=f"{register}?{urlencode(query)}" if query else register,
    )


def accounts(user: User, typed: str, most: int) -> list[Hit]:
    rows = User.objects.visible_to(user)
    for word in words_of(typed):
        rows = rows.filter(
            Q(first_name__contains=word) | Q(last_name__contains=word) | Q(username__contains=word)
        )
    return [
        Hit(
            label=account.display_name,
            detail=f"{account.username} · {Role(account.role).label}"
            + (f" · {account.province}" if account.province else ""),
            href=reverse("people:detail", args=[account.pk]),
        )
        for account in rows.order_by("-is_active", "sort_key", "pk")[:most]
    ]


def in_the_accounts(words: str) -> str:
    return f"{reverse('people:list')}?{urlencode({'q': words})}"
