"""The core: provinces, users, volunteers and what they do."""

from django.apps import AppConfig


class VolunteerNetworkConfig(AppConfig):
    name = "volunteer_network"
