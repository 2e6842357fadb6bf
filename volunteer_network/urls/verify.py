"""/verify/: what stands on paper, checked by anybody."""

from django.urls import path

from volunteer_network.views import issued_documents

app_name = "verify"
urlpatterns = [
    path("", issued_documents.document_ask, name="ask"),
    path("<str:serial>/", issued_documents.document_verify, name="detail"),
    path("<str:serial>/withdraw/", issued_documents.document_withdraw, name="withdraw"),
]
