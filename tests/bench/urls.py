from django.urls import include, path

from tests.bench import seminar_views, views

urlpatterns = [
    path("bench/page/<int:pk>/", views.one_query_page),
    path("bench/bare/<int:pk>/", views.bare_page),
    path("bench/register/<int:pk>/", seminar_views.register),
    path("bench/people/<int:pk>/", seminar_views.people),
    path("", include("volunteer_network.urls")),
]
