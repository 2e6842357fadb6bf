"""Who runs seminars."""

import pytest


@pytest.fixture
def admin(client, seminar_admin):
    client.force_login(seminar_admin)
    return client
