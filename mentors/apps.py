"""Mentor officials, whom they guide and their visits; stands on the core."""

from django.apps import AppConfig


class MentorsConfig(AppConfig):
    name = "mentors"
