"""A small demo country, seeded once; each test works in a copy of its own."""

import pytest
from django.db import connection

from tests.databases import cloned, used
from tests.volunteer_network.demo.seeds import seed


@pytest.fixture(scope="session")
def seeded(django_db_setup, django_db_blocker):
    """The name of its database, which nobody changes."""
    original = connection.settings_dict["NAME"]
    with django_db_blocker.unblock(), cloned(original, f"{original}_seeded") as name:
        with used(name):
            seed()
        yield name


@pytest.fixture
def country(seeded, django_db_blocker):
    with django_db_blocker.unblock(), cloned(seeded, f"{seeded}_copy") as copy, used(copy):
        yield copy
