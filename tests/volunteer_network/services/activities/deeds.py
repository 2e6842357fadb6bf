"""Logging, changing, removing and restoring an activity."""

import uuid
from datetime import date
from io import BytesIO

from PIL import Image

from volunteer_network.access.scope import open_scope
from volunteer_network.enums import ActivityKind, Category, TargetGroup
from volunteer_network.services.activities import (
    change_activity,
    log_activity,
    remove_activity,
    removed_activity,
    restore_activity,
)
from volunteer_network.uploads import CleanPhoto

TERM = {"starts_on": date(2025, 6, 11), "ends_on": date(2028, 6, 10)}
DAY = date(2026, 11, 3)


def a_deed(volunteer, **changes):
    """What the form hands to the service."""
    return {
        "volunteer": volunteer,
        "on_date": DAY,
        "category": Category.SAFETY,
        "kind": ActivityKind.FIELD_VISIT,
        "agency": None,
        "subdistrict": None,
        "village": "หมู่ 4",
        "target_groups": [TargetGroup.ELDERLY],
        "people_male": 3,
        "people_female": 4,
        "spotted": 3,
        "screened": 2,
        "referred": 1,
        "mentor_present": True,
        "note": "ตรวจเครื่องจักร",
        "photo": None,
        "submission": uuid.uuid4(),
        **changes,
    }


def log(by, volunteer, **changes):
    with open_scope(by.scope):
        return log_activity(by=by, **a_deed(volunteer, **changes))


def change(by, activity, **changes):
    with open_scope(by.scope):
        deed = a_deed(activity.volunteer, version=activity.version, **changes)
        del deed["submission"]
        return change_activity(activity=activity, by=by, **deed)


def remove(by, activity):
    with open_scope(by.scope):
        return remove_activity(activity=activity, by=by)


def restore(by, pk):
    with open_scope(by.scope):
        return restore_activity(removed=removed_activity(pk, user=by), by=by)


def a_photo(colour="red"):
    content = BytesIO()
    Image.new("RGB", (4, 4), colour).save(content, "PNG")
    return CleanPhoto(content.getvalue(), "png", 4, 4)
