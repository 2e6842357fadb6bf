"""Mentor officials, whom they guide and their visits; stands on the core."""

from django.apps import AppConfig


class MentorsConfig(AppConfig):
    name = "mentors"

    def ready(self) -> None:
        from mentors import entries  # noqa: PLC0415  # needs the models of all apps

        entries.register()
