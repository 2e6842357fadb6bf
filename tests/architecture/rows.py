"""One row of every kind that an address can name, in one province, marked with its canary."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from tests.architecture import nouns
from tests.architecture.canaries import canary_of
from tests.factories import (
    ActingHeadFactory,
    ActivityFactory,
    TermFactory,
    UserFactory,
    VolunteerFactory,
)
from tests.factories.jobs import JobFactory
from tests.factories.sign_ins import InvitationFactory
from volunteer_network import audit, uploads
from volunteer_network.access.scope import Scope, ScopeRole, open_scope
from volunteer_network.enums import JobState
from volunteer_network.models import (
    ActingHead,
    Activity,
    Invitation,
    Job,
    Office,
    Province,
    StoredFile,
    User,
    UserSession,
    Volunteer,
)


@dataclass(frozen=True)
class Rows:
    volunteer: Volunteer
    activity: Activity
    removed: int  # id of an activity that was taken out of the log
    photo: StoredFile
    job: Job
    officer: User
    session: UserSession
    acting_head: ActingHead
    invitation: Invitation
    token: str
    office: Office
    more: dict[str, Any]  # rows of the nouns, by name

    @property
    def province(self) -> Province:
        return self.volunteer.province


def rows_in(province: Province, *, officer: User, asked_by: User | None = None) -> Rows:
    """Make the rows. `asked_by` may be an officer who has left the province since."""
    token, today, canary = uuid.uuid4().hex, timezone.localdate(), canary_of(province.pk)
    picture = f"picture {canary}".encode()

    def photo() -> StoredFile:
        return StoredFile.objects.create(
            province=province,
            name=uploads.store(picture, "png"),
            content_type="image/png",
            size=len(picture),
            uploaded_by=officer,
        )

    with open_scope(Scope(ScopeRole.PROVINCE, (province.pk,))):
        volunteer = VolunteerFactory(province=province, last_name=canary, photo=photo())
        TermFactory(
            volunteer=volunteer,
            starts_on=today - timedelta(days=400),
            ends_on=today + timedelta(days=60),
        )
        about = {"volunteer": volunteer, "village": canary, "note": canary, "recorded_by": officer}
        activity, removed = ActivityFactory(**about, photo=photo()), ActivityFactory(**about)
        removed_id = removed.pk
        removed.delete()
        job = JobFactory(
            province=province,
            requested_by=asked_by or officer,
            title=f"บัตรของ {canary}",
            state=JobState.DONE,
            result=uploads.store(canary.encode(), "pdf"),
            result_name=f"{canary}.pdf",
        )
        Volunteer.objects.filter(pk=volunteer.pk).update(term_ends_on=today + timedelta(days=60))
        audit.record("volunteer.viewed", by=officer, target=volunteer, province_code=province.pk)
    more = nouns.rows_of_all(province, officer=officer, volunteer=volunteer)
    return Rows(
        more=more,
        volunteer=volunteer,
        activity=activity,
        removed=removed_id,
        photo=activity.photo,
        job=job,
        officer=officer,
        session=UserSession.objects.create(user=officer, digest=token, device="Chromium"),
        acting_head=ActingHeadFactory(
            user=UserFactory(province=province, last_name=canary),
            starts_on=today,
            ends_on=today + timedelta(days=3),
        ),
        invitation=InvitationFactory(user=officer, token=token),
        token=token,
        office=Office.objects.filter(province=province).order_by("pk").first(),
    )


def _names(prefix: str, *names: str) -> list[str]:
    return [f"{prefix}:{name}" for name in names]


Values = Callable[[Rows], dict[str, Any]]

# Addresses of rows that belong to a province: both walls stand before each of them.
OF_A_PROVINCE: dict[str, Values] = {
    **dict.fromkeys(
        _names(
            "volunteers",
            *(
                "detail",
                "update",
                "trail",
                "reveal",
                "appoint",
                "end",
                "suspend",
                "resume",
                "withdraw",
            ),
        ),
        lambda rows: {"pk": rows.volunteer.pk},
    ),
    **dict.fromkeys(
        _names("activities", "detail", "update", "remove"),
        lambda rows: {"pk": rows.activity.pk},
    ),
    **nouns.mapping("OF_A_PROVINCE"),
    "activities:removed": lambda rows: {"pk": rows.removed},
    "files:detail": lambda rows: {"pk": rows.photo.pk},
    **dict.fromkeys(
        _names("reports", "detail", "stop", "repeat", "file"),
        lambda rows: {"pk": rows.job.pk},
    ),
}
# Addresses of rows outside the walls that still have an owner.
OF_AN_OWNER: dict[str, Values] = {
    **nouns.mapping("OF_AN_OWNER"),
    "session_end": lambda rows: {"pk": rows.session.pk},
    "acting-heads:revoke": lambda rows: {"pk": rows.acting_head.pk},
}
# Addresses of rows that whoever has the capability, or the link, may open in all provinces.
OF_NOBODY: dict[str, Values] = {
    **nouns.mapping("OF_NOBODY"),
    "invitation": lambda rows: {"token": rows.token},
    **dict.fromkeys(
        _names(
            "people",
            *("detail", "update", "deactivate", "reactivate", "invite", "invitation"),
            "reset_second_factor",
        ),
        lambda rows: {"pk": rows.officer.pk},
    ),
    "admin:app_list": lambda rows: {"app_label": "volunteer_network"},
    **{
        f"admin:volunteer_network_{name}_change": lambda rows, find=find: {"object_id": find(rows)}
        for name, find in {
            "user": lambda rows: rows.officer.pk,
            "province": lambda rows: rows.province.pk,
            "office": lambda rows: rows.office.pk,
            "job": lambda rows: rows.job.pk,
        }.items()
    },
}
OBJECTS: dict[str, Values] = OF_A_PROVINCE | OF_AN_OWNER | OF_NOBODY
