"""The read-only window of the administrator."""

import pytest

from tests.factories import UserFactory
from volunteer_network.access.roles import Role


@pytest.mark.parametrize("model", ["user", "office", "province", "job"])
def test_the_administrator_looks_at_rows_and_changes_none(admin_client, chiang_mai_officer, model):
    base = f"/admin/volunteer_network/{model}/"

    listed = admin_client.get(base)

    assert listed.status_code == 200
    assert "style=" not in listed.content.decode()
    assert "argon2" not in listed.content.decode()
    assert admin_client.get(f"{base}add/").status_code == 404


def test_a_row_shows_no_password_and_takes_no_change(admin_client, chiang_mai_officer):
    address = f"/admin/volunteer_network/user/{chiang_mai_officer.pk}/change/"

    page = admin_client.get(address)
    changed = admin_client.post(address, {"username": "x"})

    assert page.status_code == 200
    assert chiang_mai_officer.password not in page.content.decode()
    assert changed.status_code == 403


def test_the_window_shows_jobs_of_every_province(admin_client, chiang_mai_officer, everywhere):
    from volunteer_network.models import Job

    with everywhere():
        job = Job.objects.create(
            province_id=50, kind="card", title="x", requested_by=chiang_mai_officer
        )

    assert admin_client.get(f"/admin/volunteer_network/job/{job.pk}/change/").status_code == 200


@pytest.mark.parametrize("role", [role for role in Role if role != Role.CENTRAL_ADMIN])
@pytest.mark.parametrize("path", ["", "volunteer_network/user/", "volunteer_network/job/"])
def test_nobody_else_opens_the_window(client, db, role, path):
    client.force_login(UserFactory(role=role))

    assert client.get(f"/admin/{path}").status_code == 403


@pytest.mark.parametrize(
    "path", ["login/", "logout/", "password_change/", "jsi18n/", "autocomplete/"]
)
def test_the_window_has_no_doors_of_its_own(admin_client, path):
    assert admin_client.get(f"/admin/{path}").status_code == 404


def test_the_window_is_drawn_inside_the_scope(admin_client, monkeypatch):
    from volunteer_network.admin import ProvinceWindow, column
    from volunteer_network.models import Volunteer

    asks = column("นับ", lambda row: Volunteer.objects.count())
    monkeypatch.setattr(ProvinceWindow, "columns", (asks,))

    assert admin_client.get("/admin/volunteer_network/province/").status_code == 200
