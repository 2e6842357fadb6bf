"""Photos."""

from django.urls import path

from volunteer_network.views import stored_files

app_name = "files"
urlpatterns = [path("<int:pk>/", stored_files.file_detail, name="detail")]
