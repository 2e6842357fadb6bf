from django.urls import include, path

from tests.bench import views

urlpatterns = [
    path("bench/page/<int:pk>/", views.one_query_page),
    path("bench/bare/<int:pk>/", views.bare_page),
    path("", include("volunteer_network.urls")),
]
