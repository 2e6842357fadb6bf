"""Noting what came out of a call; the person leaves the list of the silent until the next date."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mentors.enums import DAYS_UNTIL_NEXT_CALL, ContactOutcome
from mentors.models import Contact
from volunteer_network import audit
from volunteer_network.errors import RuleViolation
from volunteer_network.models import User, Volunteer
from volunteer_network.thai_calendar import short_date

NEXT_AT_MOST_DAYS = 186


@transaction.atomic
def note_contact(
    *,
    volunteer: Volunteer,
    outcome: ContactOutcome | str,
    by: User,
    on_date: date | None = None,
    note: str = "",
    next_on: date | None = None,
) -> Contact:
    """Note one call, of today unless said otherwise; the outcome decides when to look again."""
    today = timezone.localdate()
    on_date = on_date or today
    next_on = next_on or today + timedelta(days=DAYS_UNTIL_NEXT_CALL[ContactOutcome(outcome)])
    latest = today + timedelta(days=NEXT_AT_MOST_DAYS)
    if not today < next_on <= latest:
        raise RuleViolation(
            _("ติดตามอีกครั้งได้ตั้งแต่พรุ่งนี้ถึง %(latest)s") % {"latest": short_date(latest)},
            field="next_on",
        )
    contact = Contact.objects.create(
        province_id=volunteer.province_id,
        volunteer=volunteer,
        on_date=on_date,
        outcome=outcome,
        note=note,
        next_on=next_on,
        made_by=by,
    )
    audit.record("contact.noted", by=by, target=volunteer, province_code=volunteer.province_id)
    return contact
