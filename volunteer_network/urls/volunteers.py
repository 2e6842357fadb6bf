"""The register."""

from django.urls import path

from volunteer_network.views import volunteer_imports, volunteer_terms, volunteer_trails, volunteers

app_name = "volunteers"
urlpatterns = [
    path("", volunteers.volunteer_list, name="list"),
    path("new/", volunteers.volunteer_create, name="create"),
    path("namesakes/", volunteers.volunteer_namesakes, name="namesakes"),
    path("import/", volunteer_imports.volunteer_import, name="import"),
    path(
        "import/template/",
        volunteer_imports.volunteer_import_template,
        name="import-template",
    ),
    path("cards/", volunteer_terms.volunteer_cards, name="cards"),
    path("export/", volunteer_terms.volunteer_export, name="export"),
    path("<int:pk>/", volunteers.volunteer_detail, name="detail"),
    path("<int:pk>/update/", volunteers.volunteer_update, name="update"),
    path("<int:pk>/reveal/", volunteers.volunteer_reveal, name="reveal"),
    path("<int:pk>/trail/", volunteer_trails.volunteer_trail, name="trail"),
    path("<int:pk>/appoint/", volunteer_terms.volunteer_appoint, name="appoint"),
    path("<int:pk>/end/", volunteer_terms.volunteer_end, name="end"),
    path("<int:pk>/suspend/", volunteer_terms.volunteer_suspend, name="suspend"),
    path("<int:pk>/resume/", volunteer_terms.volunteer_resume, name="resume"),
    path("<int:pk>/withdraw/", volunteer_terms.volunteer_withdraw, name="withdraw"),
]
