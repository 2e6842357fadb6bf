"""Pages of questions about activities."""

from django.urls import reverse

LIST = reverse("activities:list")


def text_of(response):
    return " ".join(response.content.decode().split())
