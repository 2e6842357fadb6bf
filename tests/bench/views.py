"""The unit of measure, and what plain Django needs for the same."""

from functools import cache
from pathlib import Path

from django.http import HttpResponse
from django.shortcuts import render
from django.template.backends.django import DjangoTemplates

from volunteer_network.access.guards import needs
from volunteer_network.access.roles import Capability
from volunteer_network.models import Subdistrict


@needs(Capability.VIEW_VOLUNTEERS)
def one_query_page(request, pk):
    """Our base layout, session, user, rights and one query by key."""
    place = Subdistrict.objects.get(pk=pk)
    return render(request, "bench/one_query_page.html", {"place": place})


def bare_page(request, pk):
    """The same query behind the middleware of `startproject`: session, user, a small page."""
    place = Subdistrict.objects.get(pk=pk)
    template = _templates().get_template("bench/bare_page.html")
    return HttpResponse(template.render({"place": place}, request))


@cache
def _templates():
    """A template engine as `startproject` configures it."""
    return DjangoTemplates(
        {
            "NAME": "bare",
            "DIRS": [Path(__file__).parent / "templates"],
            "APP_DIRS": False,
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                    "django.contrib.messages.context_processors.messages",
                ],
            },
        }
    )
