"""Imports from workbooks."""

from django.urls import path

from volunteer_network.views import imports

app_name = "imports"
urlpatterns = [
    path("", imports.import_list, name="list"),
    path("<int:pk>/", imports.import_detail, name="detail"),
    path("<int:pk>/columns/", imports.import_columns, name="columns"),
    path("<int:pk>/rows/<int:row>/", imports.import_row, name="row"),
    path("<int:pk>/mend/", imports.import_mend, name="mend"),
    path("<int:pk>/write/", imports.import_write, name="write"),
    path("<int:pk>/again/", imports.import_again, name="again"),
    path("<int:pk>/undo/", imports.import_undo, name="undo"),
    path("<int:pk>/discard/", imports.import_discard, name="discard"),
]
