"""/health/"""

from django.urls import path

from volunteer_network.views import health

app_name = "health"
urlpatterns = [
    path("live", health.live, name="live"),
    path("ready", health.ready, name="ready"),
]
