"""Official documents drawn from all the other apps, made in the background."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
