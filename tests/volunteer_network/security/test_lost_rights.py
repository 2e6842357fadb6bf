"""A document asked for while one had the right is not handed out after the right is gone."""

import pytest
from django.urls import reverse

from volunteer_network import uploads
from volunteer_network.access.roles import Role
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.enums import JobState
from volunteer_network.models import Job


@pytest.fixture
def finished(db, settings, tmp_path, central_officer):
    settings.FILES_DIR = tmp_path
    with open_scope(NATION):
        return Job.objects.create(
            kind="volunteer_register",
            title="ทะเบียน",
            requested_by=central_officer,
            state=JobState.DONE,
            result=uploads.store(b"names and telephones", "pdf"),
            result_name="ทะเบียน.pdf",
        )


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.CENTRAL_OFFICER, 200), (Role.EXECUTIVE, 403), (Role.SEMINAR_ADMIN, 403)],
)
def test_a_file_is_handed_out_only_to_who_may_still_ask_for_it(
    client, central_officer, finished, role, status
):
    central_officer.role = role
    central_officer.save(update_fields=["role"])
    client.force_login(central_officer)

    answer = client.get(reverse("reports:file", args=[finished.pk]))

    assert answer.status_code == status
