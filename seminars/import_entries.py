"""Participants as a kind of import."""

from django.urls import reverse
from django.utils.translation import gettext_lazy

from seminars.models import Seminar
from seminars.services import participant_import_writing, participant_imports
from volunteer_network.access.roles import Capability
from volunteer_network.import_entries import register_import
from volunteer_network.import_kinds import ImportKind
from volunteer_network.models import ImportBatch

PARTICIPANTS = "participants"


def register() -> None:
    register_import(
        ImportKind(
            name=PARTICIPANTS,
            title=gettext_lazy("ผู้เข้าร่วมสัมมนา"),
            needs=Capability.RUN_SEMINARS,
            fields=participant_imports.FIELDS,
            names=frozenset({"full_name", "first_name"}),
            read=participant_imports.read,
            check=participant_imports.check,
            write=participant_import_writing.write,
            undo=participant_import_writing.undo,
            refuse=participant_import_writing.refuse,
            subject=lambda batch: str(Seminar.objects.get(pk=batch.about or 0).title),
            home=_home,
            known_words=gettext_lazy("ลงทะเบียนแล้ว"),
        )
    )


def _home(batch: ImportBatch) -> str:
    return reverse("seminars:registrations", args=[batch.about])
