"""Requests to check an activity; they are read on the activity's page."""

from django.urls import path

from mentors.views import check_requests

app_name = "check-requests"
urlpatterns = [
    path("new/<int:pk>/", check_requests.check_request_create, name="create"),
    path("<int:pk>/confirm/", check_requests.check_request_confirm, name="confirm"),
    path("<int:pk>/withdraw/", check_requests.check_request_withdraw, name="withdraw"),
]
