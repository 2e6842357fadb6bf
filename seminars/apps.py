"""Seminars, registrations and attendance; stands on mentors and the core."""

from django.apps import AppConfig


class SeminarsConfig(AppConfig):
    name = "seminars"
