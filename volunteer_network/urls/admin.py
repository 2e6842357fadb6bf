"""The read-only window for support."""

from volunteer_network.admin import window

urlpatterns, app_name, _namespace = window.urls
