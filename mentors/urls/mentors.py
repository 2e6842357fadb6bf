"""Mentors, whom they guide, their visits, and the silent."""

from django.urls import path

from mentors.views import assignments, mentors, silence, visits

app_name = "mentors"
urlpatterns = [
    path("", mentors.mentor_list, name="list"),
    path("new/", mentors.mentor_create, name="create"),
    path("accounts/<int:pk>/", mentors.mentor_from_account, name="from-account"),
    path("<int:pk>/", mentors.mentor_detail, name="detail"),
    path("<int:pk>/update/", mentors.mentor_update, name="update"),
    path("<int:pk>/end/", mentors.mentor_end, name="end"),
    path("<int:pk>/visits/new/", visits.visit_create, name="visit-create"),
    path("unassigned/", assignments.volunteer_unassigned, name="unassigned"),
    path("assign/", assignments.assignment_create, name="assign"),
    path("assign/suggested/", assignments.assignment_suggested, name="assign-suggested"),
    path("assignments/<int:pk>/", assignments.assignment_detail, name="assignment"),
    path("assignments/<int:pk>/undo/", assignments.assignment_undo, name="undo"),
    path("silent/", silence.volunteer_silent, name="silent"),
    path("silent/<int:pk>/", silence.contact_create, name="contact"),
    path("visits/", visits.visit_list, name="visits"),
    path("visits/print/", visits.visit_print, name="visit-print"),
    path("visits/<int:pk>/", visits.visit_detail, name="visit-detail"),
    path("visits/<int:pk>/update/", visits.visit_update, name="visit-update"),
    path("visits/<int:pk>/done/", visits.visit_finish, name="visit-finish"),
    path("visits/<int:pk>/cancel/", visits.visit_cancel, name="visit-cancel"),
]
