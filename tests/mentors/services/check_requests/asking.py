"""Asking about an activity, answering, and what was told."""

from datetime import date

from mentors.enums import CheckReason
from mentors.models import CheckRequest
from mentors.services.check_requests import ask_for_check, confirm_activity, withdraw_check
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.models import Activity, AuditEvent, Notice
from volunteer_network.services.activities import PLAIN_FIELDS, change_activity

DAY = date(2026, 11, 20)


def ask(activity, by, reason=CheckReason.TOO_HIGH, words="", version=None):
    with open_scope(by.scope):
        return ask_for_check(
            activity=activity,
            version=version or activity.version,
            reason=reason,
            words=words,
            by=by,
        )


def confirm(asked, by, answer="ใบลงชื่อ 400 คน"):
    with open_scope(by.scope):
        return confirm_activity(asked=asked, answer=answer, by=by)


def withdraw(asked, by):
    with open_scope(by.scope):
        return withdraw_check(asked=asked, by=by)


def change(activity, by, **changes):
    """As the form does it: all fields, some of them different."""
    with open_scope(by.scope):
        row = Activity.objects.select_related("subdistrict", "agency", "volunteer").get(
            pk=activity.pk
        )
        same = {name: getattr(row, name) for name in PLAIN_FIELDS}
        where = {"volunteer": row.volunteer, "subdistrict": row.subdistrict, "agency": row.agency}
        return change_activity(
            activity=row, version=row.version, photo=None, by=by, **where, **same | changes
        )


def now(asked):
    with open_scope(NATION):
        return CheckRequest.objects.get(pk=asked.pk)


def told(person):
    with open_scope(NATION):
        return [
            (notice.text, notice.href)
            for notice in Notice.objects.filter(recipient=person.pk).order_by("pk")
        ]


def events():
    with open_scope(NATION):
        return list(
            AuditEvent.objects.filter(verb__startswith="check.")
            .order_by("pk")
            .values_list("verb", "actor", "province_id")
        )


ABOUT = "20 พ.ย. 2569 ประกันสังคม มาตรา 33/39/40 จ.เชียงใหม่"
