"""Nobody, signed in or not, fills the disk by sending a file."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from volunteer_network.uploads import MOST_REQUEST_BYTES


def test_a_giant_request_is_refused_before_any_of_it_is_read(db):
    stranger = Client(enforce_csrf_checks=True)
    stranger.get(reverse("account_login"))

    answer = stranger.post(
        reverse("account_login"),
        {"photo": SimpleUploadedFile("giant.jpg", b"1")},
        CONTENT_LENGTH=str(MOST_REQUEST_BYTES + 1),
    )

    assert answer.status_code == 400
