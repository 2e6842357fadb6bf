"""Seminars, registrations and attendance; stands on mentors and the core."""

from django.apps import AppConfig


class SeminarsConfig(AppConfig):
    name = "seminars"

    def ready(self) -> None:
        # Models are not loaded before this moment.
        from seminars import door_entries  # noqa: PLC0415

        door_entries.register()
