"""The core: provinces, users, volunteers and what they do."""

from django.apps import AppConfig


class VolunteerNetworkConfig(AppConfig):
    name = "volunteer_network"

    def ready(self) -> None:
        # Models are not loaded before this moment.
        from volunteer_network import (  # noqa: PLC0415
            account_entries,
            case_entries,
            import_entries,
            notice_entries,
            receivers,
            search_actions,
            search_sources,
            volunteer_entries,
        )

        receivers.connect()
        for entries in (
            account_entries,
            case_entries,
            import_entries,
            notice_entries,
            search_sources,
            search_actions,
            volunteer_entries,
        ):
            entries.register()
