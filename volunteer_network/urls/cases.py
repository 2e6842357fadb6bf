"""Cases: what a volunteer brought in and an office answers."""

from django.urls import path

from volunteer_network.views import case_moves, cases

app_name = "cases"
urlpatterns = [
    path("", cases.case_list, name="list"),
    path("new/", cases.case_create, name="create"),
    path("new/route/", cases.case_route, name="route"),
    path("<int:pk>/", cases.case_detail, name="detail"),
    path("<int:pk>/reveal/", cases.case_reveal, name="reveal"),
    path("<int:pk>/refer/", case_moves.case_refer, name="refer"),
    path("<int:pk>/accept/", case_moves.case_accept, name="accept"),
    path("<int:pk>/decline/", case_moves.case_decline, name="decline"),
    path("<int:pk>/progress/", case_moves.case_progress, name="progress"),
    path("<int:pk>/close/", case_moves.case_close, name="close"),
    path("<int:pk>/tell/", case_moves.case_tell, name="tell"),
    path("<int:pk>/withdraw/", case_moves.case_withdraw, name="withdraw"),
    path("<int:pk>/reopen/", case_moves.case_reopen, name="reopen"),
]
