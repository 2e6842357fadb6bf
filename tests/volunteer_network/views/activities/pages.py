"""What the tests of the pages of the log share."""

import uuid
from datetime import date

from django.urls import reverse

from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.models import Activity, AuditEvent

LIST, CREATE = reverse("activities:list"), reverse("activities:create")
NOW = "2026-11-23T12:00:00+07:00"
TERM = {"starts_on": date(2025, 6, 11), "ends_on": date(2028, 6, 10)}


def typed(volunteer, **changes):
    return {
        "volunteer": volunteer.pk,
        "on_date": "3 พ.ย. 2569",
        "category": "safety",
        "kind": "field_visit",
        "agency": "SSO",
        "subdistrict": "ต.สุเทพ อ.เมืองเชียงใหม่",
        "village": "หมู่ 4 ศาลา",
        "people_male": "๓",
        "people_female": "1,004",
        "spotted": "3",
        "screened": "2",
        "referred": "1",
        "target_groups": ["elderly", "informal"],
        "mentor_present": "1",
        "note": "ตรวจเครื่องจักรที่โรงสี",
        "submission": str(uuid.uuid4()),
        **changes,
    }


def logged():
    with open_scope(NATION):
        return list(Activity.objects.order_by("pk"))


def events(verb):
    with open_scope(NATION):
        return list(AuditEvent.objects.filter(verb=verb).order_by("pk"))


def address(name, activity):
    return reverse(f"activities:{name}", args=[activity.pk])


def errors(response):
    assert response.status_code == 422
    return response.context["form"].errors
