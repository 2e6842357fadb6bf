"""Who of the participants in a workbook the network knows: they are linked, not doubled."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q
from django.utils import timezone

from mentors.models import Mentor
from seminars.enums import ClassKind
from volunteer_network import sealing
from volunteer_network.import_kinds import Draft
from volunteer_network.models import Volunteer

AMONG_MENTORS = {ClassKind.MENTOR, ClassKind.NETWORK_STAFF}


def link_mentors(drafts: Sequence[Draft]) -> None:
    serving = Mentor.objects.serving_on(timezone.localdate())
    by_key = _grouped(serving.filter(match_key__in=keys_of(drafts)).order_by("pk"))
    for draft in drafts:
        kind = draft.values.get("class")
        if kind is None or kind in AMONG_MENTORS:
            _link(draft, "mentor", by_key[draft.values["match_key"]])


def link_volunteers(drafts: Sequence[Draft]) -> None:
    wanted = [draft for draft in drafts if draft.values.get("class") == ClassKind.VOLUNTEER]
    indexes = {
        id(draft): sealing.blind_index(draft.values["national_id"])
        for draft in wanted
        if "national_id" in draft.values
    }
    known = Volunteer.objects.not_ended().filter(
        Q(match_key__in=keys_of(wanted)) | Q(national_id_index__in=list(indexes.values()))
    )
    rows = list(known.order_by("pk"))
    by_index = {bytes(row.national_id_index): row for row in rows}
    by_key = _grouped(rows)
    for draft in wanted:
        row = by_index.get(indexes.get(id(draft), b""))
        _link(
            draft, "volunteer", [row] if row else by_key[draft.values["match_key"]], sure=bool(row)
        )


def _grouped(rows: Iterable[Any]) -> dict[str, list[Any]]:
    by_key: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        by_key[row.match_key].append(row)
    return by_key


def keys_of(drafts: Sequence[Draft]) -> list[str]:
    return [draft.values["match_key"] for draft in drafts]


def _link(draft: Draft, name: str, namesakes: list[Any], *, sure: bool = False) -> None:
    """Link a namesake of the same province or with the same telephone, if there is one only."""
    values = draft.values
    province, phone = values.get("province"), values.get("phone")
    fitting = [
        row
        for row in namesakes
        if sure
        or (province and row.province_id == province.pk)
        or (not province and phone and row.phone == phone)
    ]
    if len(fitting) > 1 and phone:
        fitting = [row for row in fitting if row.phone == phone]
    if len(fitting) != 1:
        return
    values[name], draft.linked = fitting[0], True
    values["province"] = fitting[0].province
