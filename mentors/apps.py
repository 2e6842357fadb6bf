"""Mentor officials, whom they guide, their visits and the months; stands on the core."""

from django.apps import AppConfig


class MentorsConfig(AppConfig):
    name = "mentors"

    def ready(self) -> None:
        # Models are not loaded before this moment.
        from mentors import month_entries  # noqa: PLC0415
        from mentors.demo.months import MONTHS  # noqa: PLC0415
        from volunteer_network.demo.registry import register_demo  # noqa: PLC0415

        month_entries.register()
        register_demo(MONTHS)
