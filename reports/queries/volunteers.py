"""What the documents about volunteers say of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, Subquery

from volunteer_network import phone_numbers
from volunteer_network.enums import VolunteerLevel, VolunteerStatus
from volunteer_network.models import Term, User, Volunteer
from volunteer_network.models.volunteers import VolunteerQuerySet
from volunteer_network.thai_text import full_name


@dataclass(frozen=True)
class Card:
    """One identity card."""

    name: str
    code: str
    level: str
    subdistrict: str
    district: str
    province: str
    office: str
    valid_until: date | None
    photo: str  # name of the stored file, or nothing


@dataclass(frozen=True)
class RegisterLine:
    """One line of layout 1 of the ministry's forms."""

    name: str
    subdistrict: str
    district: str
    phone: str
    starts_on: date | None
    ends_on: date | None
    remark: str


def volunteer_cards(ids: Sequence[int], *, user: User) -> list[Card]:
    """The cards of those volunteers that the user may see, in Thai order of names."""
    rows = (
        Volunteer.objects.visible_to(user)
        .not_ended()
        .filter(pk__in=ids)
        .select_related("subdistrict", "district", "province", "photo")
    )
    return [_card(row) for row in rows.order_by("sort_key", "pk")]


def register_lines(province: int, *, user: User) -> list[RegisterLine]:
    """The volunteers in office of one province, by district, sub-district and name."""
    rows = Volunteer.objects.visible_to(user).filter(province=province).in_office()
    return [_line(row) for row in _with_term(rows)]


def _card(volunteer: Volunteer) -> Card:
    return Card(
        name=volunteer.display_name,
        code=volunteer.code,
        level=volunteer.get_level_display(),
        subdistrict=volunteer.subdistrict.name,
        district=volunteer.district.name,
        province=volunteer.province.name,
        office=volunteer.province.office_name,
        valid_until=volunteer.term_ends_on,
        photo=volunteer.photo.name if volunteer.photo else "",
    )


def _with_term(rows: VolunteerQuerySet) -> Any:
    term = Term.objects.filter(volunteer=OuterRef("pk")).order_by("-starts_on")
    return (
        rows.annotate(term_starts_on=Subquery(term.values("starts_on")[:1]))
        .order_by("district__sort_key", "subdistrict__sort_key", "sort_key", "pk")
        .values_list(
            *("title", "first_name", "last_name", "phone", "level", "status", "term_ends_on"),
            *("subdistrict__name", "district__name", "term_starts_on"),
            named=True,
        )
    )


def _line(row: Any) -> RegisterLine:
    lead = row.level == VolunteerLevel.SUBDISTRICT_LEAD
    remarks = [] if lead else [str(VolunteerLevel(row.level).label)]
    if row.status != VolunteerStatus.ACTIVE:
        remarks.append(str(VolunteerStatus(row.status).label))
    return RegisterLine(
        name=full_name(row.title, row.first_name, row.last_name),
        subdistrict=row.subdistrict__name,
        district=row.district__name,
        phone=phone_numbers.display(row.phone) if row.phone else "",
        starts_on=row.term_starts_on,
        ends_on=row.term_ends_on,
        remark=", ".join(remarks),
    )
