"""Seminars, registrations and attendance; stands on mentors and the core."""

from django.apps import AppConfig


class SeminarsConfig(AppConfig):
    name = "seminars"

    def ready(self) -> None:
        # Models are not loaded before this moment.
        from seminars import demo, entries, import_entries, search  # noqa: PLC0415

        entries.register()
        import_entries.register()
        search.register()
        demo.register()
