"""Writes checked rows of a workbook into the register, and takes them back while untouched."""

import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from volunteer_network import audit, national_id, sealing
from volunteer_network.bulk_insert import insert_rows
from volunteer_network.enums import Sex, VolunteerLevel, VolunteerStatus
from volunteer_network.import_kinds import Draft, ImportContext, Kept, Made
from volunteer_network.models import ImportRow, Term, Volunteer
from volunteer_network.services.known_ids import KnownId, known_ids
from volunteer_network.services.terms import last_day_of_term, status_after
from volunteer_network.services.volunteers import SEALED_ID, next_number

VOLUNTEER_COLUMNS = (
    *("province_id", "number", "person", "title", "first_name", "last_name", "match_key"),
    *("national_id_sealed", "national_id_index", "national_id_masked", "birth_date", "sex"),
    *("education", "occupation", "other_roles", "phone", "line_id", "email", "address", "level"),
    *("subdistrict_id", "district_id", "status", "term_ends_on", "registered_at", "version"),
)
_TERM_COLUMNS = (
    *("province_id", "volunteer_id", "round_number", "subdistrict_id", "order_number"),
    *("order_date", "starts_on", "ends_on", "end_reason"),
)


def write(drafts: Sequence[Draft], context: ImportContext) -> list[Made]:
    """Add the people to the register of the batch's province, and appoint those with an order."""
    if not drafts:
        return []
    province = context.batch.province_id or 0
    first = next_number(province)  # under the lock that two officers share
    known = known_ids([draft.values["index"] for draft in drafts])
    rows = [
        _volunteer(draft.values, province, first + place, known)
        for place, draft in enumerate(drafts)
    ]
    made = insert_rows(Volunteer, VOLUNTEER_COLUMNS, rows, returning=("number", "id"))
    ids = dict(made)
    of_draft = [(draft, ids[first + place]) for place, draft in enumerate(drafts)]
    terms = _appoint(of_draft, province)
    _note(context, province, list(ids.values()), terms)
    return [
        Made(draft=draft, target=pk, remember={"terms": int("starts_on" in draft.values)})
        for draft, pk in of_draft
    ]


def _volunteer(
    values: dict[str, Any], province: int, number: int, known: dict[bytes, KnownId]
) -> tuple[Any, ...]:
    index = values["index"]
    person = known[index].person if index in known else uuid.uuid4()
    place, district = values["place"]
    status, term_ends_on = _standing(values.get("starts_on"))
    return (
        *(province, number, person),
        *(values["title"], values["first_name"], values["last_name"], values["match_key"]),
        sealing.seal(values["national_id"], table=SEALED_ID, row=str(person)),
        *(index, national_id.mask(values["national_id"])),
        *(values.get("birth_date"), values.get("sex", Sex.UNSTATED)),
        *(values.get("education", ""), values.get("occupation", "")),
        *(values.get("other_roles", []), values.get("phone", "")),
        *(values.get("line_id", ""), values.get("email", ""), values.get("address", "")),
        values.get("level", VolunteerLevel.SUBDISTRICT_LEAD),
        *(place, district, status, term_ends_on, timezone.now(), 1),
    )


def _standing(starts_on: date | None) -> tuple[VolunteerStatus, date | None]:
    """Status and end of the current term, as one appointment would give them."""
    if starts_on is None:
        return VolunteerStatus.APPLICANT, None
    ends_on = last_day_of_term(starts_on)
    status = status_after(ends_on, before=VolunteerStatus.APPLICANT)
    return status, ends_on if ends_on >= timezone.localdate() else None


def _appoint(people: Sequence[tuple[Draft, int]], province: int) -> list[int]:
    rows = [
        (
            *(province, pk, 1, draft.values["place"][0], draft.values["order_number"]),
            *(draft.values.get("order_date"), starts_on, last_day_of_term(starts_on), ""),
        )
        for draft, pk in people
        if (starts_on := draft.values.get("starts_on"))
    ]
    return [pk for (pk,) in insert_rows(Term, _TERM_COLUMNS, rows)] if rows else []


def _note(context: ImportContext, province: int, people: list[int], terms: list[int]) -> None:
    detail = {"import": context.batch.pk}
    for verb, model, ids in (
        ("volunteer.registered", Volunteer, people),
        ("term.began", Term, terms),
    ):
        targets = [(province, pk) for pk in ids]
        audit.record_many(verb, by=context.by, model=model, targets=targets, detail=detail)


def undo(rows: Sequence[ImportRow], context: ImportContext) -> list[Kept]:
    """Take out of the register what nobody has touched since; say why the others stay."""
    targets = [row.target or 0 for row in rows]
    people = Volunteer.objects.filter(pk__in=targets).select_for_update(of=("self",))
    found = {person.pk: person for person in people.order_by("pk")}
    terms = {row.target or 0: row.made.get("terms", 0) for row in rows if row.target in found}
    touched = _touched(terms)
    kept = [
        Kept(row=row, why=why)
        for row in rows
        if row.target in found and (why := touched.get(row.target))
    ]
    stays = {one.row.target for one in kept}
    gone = [pk for pk in found if pk not in stays]
    held = _take_out(gone)
    kept += [Kept(row=row, why=_held()) for row in rows if row.target in held]
    gone = [pk for pk in gone if pk not in held]
    audit.record_many(
        "volunteer.unregistered",
        by=context.by,
        model=Volunteer,
        targets=[(context.batch.province_id, pk) for pk in gone],
        detail={"import": context.batch.pk},
    )
    return kept


def _touched(terms: dict[int, int]) -> dict[int, str]:
    """Who was worked on since, and how: changed, appointed, or named by any row of any app.

    `terms` says of each person how many terms the import made.
    """
    people = list(terms)
    why: dict[int, str] = {}
    tracked: tuple[tuple[Any, str], ...] = ((Volunteer, "pgh_obj_id"), (Term, "volunteer_id"))
    for model, column in tracked:
        history = model.pgh_event_model.objects  # made by pghistory
        why |= dict.fromkeys(_ids(history, column, people), _("มีผู้แก้ข้อมูลหรือวาระหลังนำเข้า"))
    now = Counter(_ids(Term.objects, "volunteer_id", people))
    appointed = [pk for pk, made in terms.items() if now[pk] != made]
    why |= dict.fromkeys(appointed, _("มีการแต่งตั้งหลังนำเข้า"))
    for relation in Volunteer._meta.related_objects:
        naming, column = relation.related_model, relation.field.attname
        if naming is not Term and not hasattr(naming, "pgh_tracked_model"):
            why |= dict.fromkeys(_ids(naming._default_manager, column, people), _held())
    return why


def _held() -> str:
    return _("มีงานผูกกับคนนี้แล้ว เช่น กิจกรรม พี่เลี้ยง เรื่องส่งต่อ หรือการลงทะเบียนสัมมนา")


def _take_out(people: list[int]) -> set[int]:
    """Delete the people, and return those whom a row holds that we may not even see."""
    try:
        _delete(people)
    except IntegrityError:
        return {pk for pk in people if not _goes(pk)}
    return set()


def _goes(pk: int) -> bool:
    try:
        _delete([pk])
    except IntegrityError:
        return False
    return True


@transaction.atomic
def _delete(people: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM volunteer_network_term WHERE volunteer_id = ANY (%s)", [people])
        cursor.execute("DELETE FROM volunteer_network_volunteer WHERE id = ANY (%s)", [people])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # hear of foreign keys here, not at the end


def _ids(rows: Any, column: str, people: list[int]) -> Iterable[int]:
    found: Iterable[int] = rows.filter(**{f"{column}__in": people}).values_list(column, flat=True)
    return found
