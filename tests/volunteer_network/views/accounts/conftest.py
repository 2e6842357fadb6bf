"""Who administers accounts, and where."""

import pytest
from django.test import Client


@pytest.fixture
def admin_client(client, central_admin):
    client.force_login(central_admin)
    return client


@pytest.fixture
def real_site(settings):
    settings.DEMO = False


@pytest.fixture
def client_factory():
    return Client
