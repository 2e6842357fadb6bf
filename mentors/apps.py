"""Mentor officials, whom they guide and their visits; stands on the core."""

from django.apps import AppConfig


class MentorsConfig(AppConfig):
    name = "mentors"

    def ready(self) -> None:
        # Models are not loaded before this moment.
        from mentors import entries, search  # noqa: PLC0415

        entries.register()
        search.register()
