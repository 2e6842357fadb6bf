"""A person as typed, and registered."""

from volunteer_network import national_id
from volunteer_network.access.scope import open_scope
from volunteer_network.enums import OtherRole, Sex, VolunteerLevel
from volunteer_network.models import AuditEvent, Subdistrict
from volunteer_network.services import volunteers
from volunteer_network.services.volunteers import change_volunteer, register_volunteer

DIGITS = national_id.make_sample(4_500_001)
OTHER_DIGITS = national_id.make_sample(4_500_002)


def a_place(province=50, position=0):
    return Subdistrict.objects.filter(province=province).order_by("pk")[position]


def a_person(**changes):
    """What the form hands to the service."""
    return {
        "title": "นาง",
        "first_name": "บุญเรือน",
        "last_name": "แก้วใส",
        "national_id": DIGITS,
        "birth_date": None,
        "sex": Sex.FEMALE,
        "education": "ม.6",
        "occupation": "ค้าขาย",
        "other_roles": [OtherRole.HEALTH],
        "phone": "0812345678",
        "line_id": "boon",
        "email": "boon@example.org",
        "address": "12/3 หมู่ 4",
        "bank_account": "กรุงไทย 123-4-56789-0",
        "subdistrict": a_place(),
        "level": VolunteerLevel.SUBDISTRICT_LEAD,
        "photo": None,
        "order_number": "",
        "order_date": None,
        "starts_on": None,
        **changes,
    }


def a_change(volunteer, **changes):
    """The same form when it is filled in anew for a person who is known."""
    kept = {
        name: getattr(volunteer, name)
        for name in (*volunteers.PLAIN_FIELDS, "subdistrict", "version")
    }
    return {**kept, "national_id": "", "bank_account": "", "photo": None, **changes}


def register(by, **changes):
    with open_scope(by.scope):
        return register_volunteer(by=by, **a_person(**changes))


def change(volunteer, by, **changes):
    with open_scope(by.scope):
        return change_volunteer(volunteer=volunteer, by=by, **a_change(volunteer, **changes))


def events(**where):
    return list(AuditEvent.objects.filter(**where).order_by("pk"))
