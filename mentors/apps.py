"""Mentor officials, whom they guide, their visits and the months; stands on the core."""

from django.apps import AppConfig


class MentorsConfig(AppConfig):
    name = "mentors"

    def ready(self) -> None:
        # Models are not loaded before this moment.
        from mentors import check_entries, entries, month_entries, search  # noqa: PLC0415

        entries.register()
        month_entries.register()
        check_entries.register()
        search.register()
