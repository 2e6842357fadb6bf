"""The addresses of the benchmark of search; pages of rows whose app is not here stand in."""

from django.urls import path

from tests.bench import search_views, urls
from tests.search_urls import stand_in_urls

urlpatterns = [
    path("bench/bare-search/", search_views.bare_search),
    path("bench/bare-register/", search_views.bare_register),
    *urls.urlpatterns,
    *stand_in_urls,
]
