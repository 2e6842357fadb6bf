"""Search; the address without a slash is the contract's."""

from django.urls import path

from volunteer_network.views.search import search

urlpatterns = [path("search", search, name="search")]
