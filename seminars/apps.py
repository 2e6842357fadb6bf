"""Seminars, registrations and attendance; stands on mentors and the core."""

from django.apps import AppConfig


class SeminarsConfig(AppConfig):
    name = "seminars"

    def ready(self) -> None:
        from seminars import import_entries  # noqa: PLC0415  # needs the models of all apps

        import_entries.register()
