"""What the tests of the pages of the register share."""

from django.urls import reverse

from volunteer_network import national_id
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.models import AuditEvent, Volunteer

DIGITS = national_id.make_sample(4_600_001)
LIST = reverse("volunteers:list")


def known():
    with open_scope(NATION):
        return list(Volunteer.objects.order_by("pk"))


def events(verb):
    with open_scope(NATION):
        return list(AuditEvent.objects.filter(verb=verb).order_by("pk"))


def names(response):
    return [row.name for row in response.context["rows"]]


def address(name, volunteer):
    return reverse(f"volunteers:{name}", args=[volunteer.pk])


def errors(response):
    assert response.status_code == 422
    return response.context["form"].errors


def changed(volunteer, **changes):
    return {
        "title": volunteer.title,
        "first_name": volunteer.first_name,
        "last_name": volunteer.last_name,
        "national_id": "",
        "birth_date": "",
        "sex": volunteer.sex,
        "education": "",
        "occupation": volunteer.occupation,
        "phone": volunteer.phone,
        "line_id": "",
        "email": "",
        "address": "",
        "bank_account": "",
        "subdistrict": "ต.สุเทพ อ.เมืองเชียงใหม่",
        "level": volunteer.level,
        "version": volunteer.version,
        **changes,
    }
