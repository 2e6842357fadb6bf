"""The addresses of the benchmark of search."""

from django.urls import path

from tests.bench import search_views, urls

urlpatterns = [
    path("bench/bare-search/", search_views.bare_search),
    path("bench/bare-register/", search_views.bare_register),
    *urls.urlpatterns,
]
