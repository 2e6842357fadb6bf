"""Seminars, registrations and attendance; stands on mentors and the core."""

from django.apps import AppConfig


class SeminarsConfig(AppConfig):
    name = "seminars"

    def ready(self) -> None:
        # Models are not loaded before this moment.
        from seminars import door_entries, entries, import_entries, search  # noqa: PLC0415
        from seminars.demo import seminars as demo  # noqa: PLC0415

        for one in (entries, door_entries, import_entries, search, demo):
            one.register()
