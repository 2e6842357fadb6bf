"""Registers checked rows for a seminar, never over its seats, and takes them back."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db import connection
from django.db.models import Count, F
from django.utils import timezone
from django.utils.translation import gettext as _

from seminars.enums import RegistrationSource, RegistrationState, SeminarState
from seminars.models import ParticipantClass, ProvinceSeats, Registration, SeatCount, Seminar
from seminars.models.registrations import new_code
from seminars.services.seats import give_to_the_queue, lock_all
from volunteer_network import audit
from volunteer_network.bulk_insert import insert_rows
from volunteer_network.errors import RuleViolation
from volunteer_network.import_kinds import Draft, ImportContext, Kept, Made
from volunteer_network.models import ImportRow

_COLUMNS = (
    *("province_id", "seminar_id", "participant_class_id", "mentor_id", "volunteer_id", "title"),
    *("first_name", "last_name", "position", "organisation", "phone", "email", "note", "state"),
    *("source", "code", "registered_by_id", "registered_at", "queued_at", "version", "match_key"),
)
_OVER = {SeminarState.FINISHED, SeminarState.CANCELLED}


class Seats:
    """The seats of a seminar under their locks: who comes first has one, the rest waits."""

    def __init__(self, seminar: int) -> None:
        locked = lock_all(Seminar.objects.get(pk=seminar))
        self._left = {one.pk: one.seats - one.count.taken for one in locked}
        quotas = ProvinceSeats.objects.filter(seminar=seminar)
        self._quota: dict[int, int] = dict(quotas.values_list("province", "seats"))
        seated = Registration.objects.accepted().filter(
            seminar=seminar, participant_class__named_by_provinces=True
        )
        counted = seated.order_by().values("province").annotate(people=Count("pk"))
        self._of_province = Counter({row["province"]: row["people"] for row in counted})
        self.given: Counter[int] = Counter()

    def take(self, participant_class: ParticipantClass, province: int | None) -> bool:
        """Take a seat, or say that there is none left for this class and province."""
        pk = participant_class.pk
        named_by = province if participant_class.named_by_provinces and province else 0
        if self._left[pk] <= 0:
            return False
        if named_by and self._quota and self._of_province[named_by] >= self._quota.get(named_by, 0):
            return False
        self._left[pk] -= 1
        self.given[pk] += 1
        self._of_province[named_by] += 1
        return True

    def keep(self) -> None:
        for pk, number in self.given.items():
            SeatCount.objects.filter(pk=pk).update(taken=F("taken") + number)


def write(drafts: Sequence[Draft], context: ImportContext) -> list[Made]:
    """Register the people in the order of the file; who finds no seat waits for one."""
    if not drafts:
        return []
    seminar = context.batch.about or 0
    seats = Seats(seminar)
    now = timezone.now()
    rows, codes = [], {}
    for place, draft in enumerate(drafts):
        code = new_code()
        codes[code] = draft
        rows.append(_row(draft, code, context, seats, now + timedelta(microseconds=place)))
    made = insert_rows(
        Registration, _COLUMNS, rows, returning=("code", "id", "province_id", "state")
    )
    seats.keep()
    audit.record_many(
        "registration.made",
        by=context.by,
        model=Registration,
        targets=[(province, pk) for _code, pk, province, _state in made],
        detail={"import": context.batch.pk},
    )
    return [
        Made(draft=codes[code], target=pk, remember={"state": state})
        for code, pk, _province, state in made
    ]


def _row(
    draft: Draft, code: str, context: ImportContext, seats: Seats, queued_at: Any
) -> tuple[Any, ...]:
    values = draft.values
    province = values["province"].pk if "province" in values else None
    mentor, volunteer = values.get("mentor"), values.get("volunteer")
    has_seat = seats.take(values["participant_class"], province)
    return (
        *(province, context.batch.about, values["participant_class"].pk),
        *(mentor.pk if mentor else None, volunteer.pk if volunteer else None),
        *(values["title"], values["first_name"], values["last_name"]),
        *(values.get("position", ""), values.get("organisation", "")),
        *(values.get("phone", ""), values.get("email", ""), values.get("note", "")),
        RegistrationState.ACCEPTED if has_seat else RegistrationState.WAITING,
        *(RegistrationSource.IMPORT, code, context.by.pk, timezone.now()),
        *(None if has_seat else queued_at, 1, values["match_key"]),
    )


def undo(rows: Sequence[ImportRow], context: ImportContext) -> list[Kept]:
    """Take back the registrations that nobody has touched, and give their seats free."""
    classes = lock_all(Seminar.objects.get(pk=context.batch.about or 0))
    by_target = {row.target: row for row in rows if row.target}
    found = Registration.objects.filter(pk__in=by_target).select_for_update(of=("self",))
    standing = {one.pk: one for one in found.order_by("pk")}
    why = _touched(list(standing))
    gone = [pk for pk in standing if pk not in why]
    freed = Counter(
        standing[pk].participant_class_id
        for pk in gone
        if standing[pk].state == RegistrationState.ACCEPTED
    )
    for pk, number in freed.items():
        SeatCount.objects.filter(pk=pk).update(taken=F("taken") - number)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM seminars_registration WHERE id = ANY (%s)", [gone])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # hear of foreign keys here, not at the end
    audit.record_many(
        "registration.unmade",
        by=context.by,
        model=Registration,
        targets=[(standing[pk].province_id, pk) for pk in gone],
        detail={"import": context.batch.pk},
    )
    give_to_the_queue([one for one in classes if one.pk in freed], by=context.by)
    return [Kept(row=by_target[pk], why=words) for pk, words in why.items()]


def _touched(people: list[int]) -> dict[int, str]:
    """Changed since, checked in, or named by any other row."""
    history = Registration.pgh_event_model.objects  # type: ignore[attr-defined]  # by pghistory
    changed = history.filter(pgh_obj_id__in=people).values_list("pgh_obj_id", flat=True)
    why = dict.fromkeys(changed, _("มีผู้แก้ไขหลังนำเข้า"))
    for relation in Registration._meta.related_objects:
        model, column = relation.related_model, relation.field.attname
        if hasattr(model, "pgh_tracked_model"):
            continue
        held = model._default_manager.filter(**{f"{column}__in": people})
        why |= dict.fromkeys(held.values_list(column, flat=True), _("เช็กชื่อแล้ว หรือมีงานผูกไว้แล้ว"))
    return why


def refuse(context: ImportContext) -> None:
    """A seminar that is over takes nobody in any more."""
    seminar = Seminar.objects.filter(pk=context.batch.about or 0).first()
    if seminar is None:
        raise RuleViolation(_("ไม่พบสัมมนานี้ เปิดหน้าสัมมนาแล้วนำเข้าอีกครั้ง"))
    if seminar.state in _OVER:
        raise RuleViolation(
            _("สัมมนานี้%(state)sแล้ว นำเข้าผู้เข้าร่วมไม่ได้") % {"state": seminar.get_state_display()}
        )
    if not seminar.classes.exists():
        raise RuleViolation(_("สัมมนานี้ยังไม่มีประเภทผู้เข้าร่วมและที่นั่ง เพิ่มก่อน แล้วจึงนำเข้า"))
