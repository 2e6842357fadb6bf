"""The harness: a database built by its owner and used as the login `app`, and the known cast."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import setup_databases, teardown_databases
from django.utils import timezone

from tests.databases import cloned, used
from tests.factories import UserFactory
from tests.kept_database import migrated
from volunteer_network import sealing
from volunteer_network.access import row_security
from volunteer_network.access.owner import as_owner
from volunteer_network.access.roles import Role
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.models import Province


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_modify_db_settings, django_db_blocker):
    """Create the test database as owner, with walls and places; then use it as `app`."""
    create = partial(setup_databases, verbosity=0, interactive=False, aliases=["default"])
    with django_db_blocker.unblock(), as_owner():
        created = migrated(connection.creation._get_test_db_name(), create)
        with transaction.atomic():
            row_security.build()
        call_command("load_places", verbosity=0, stdout=StringIO())
    yield
    with django_db_blocker.unblock(), as_owner():
        teardown_databases(created, verbosity=0)


@pytest.fixture
def committed(django_db_setup, django_db_blocker) -> Iterator[str]:
    """A database of one's own in which transactions really commit: a clone, dropped afterwards.

    `transactional_db` cannot serve: its flush is a TRUNCATE, which `app` may not do.
    """
    original = connection.settings_dict["NAME"]
    with (
        django_db_blocker.unblock(),
        cloned(original, f"{original}_committed") as clone,
        used(clone),
    ):
        yield clone


@pytest.fixture
def own_keys(settings, tmp_path) -> Iterator[Path]:
    """Keys of one's own, equal at first to those of all tests: the directory, to change them."""
    settings.KEYS_DIR = Path(shutil.copytree(settings.KEYS_DIR, tmp_path / "keys"))
    settings.KEYS_DIR.chmod(0o700)
    sealing.forget_keys()
    yield settings.KEYS_DIR
    sealing.forget_keys()


@pytest.fixture
def nation(db) -> Iterator[None]:
    """Look at all provinces while arranging or asserting; never around a request."""
    with open_scope(NATION):
        yield


@pytest.fixture
def everywhere(db) -> Callable[[], object]:
    """`with everywhere():` looks at the rows of all provinces."""
    return lambda: open_scope(NATION)


@pytest.fixture
def today() -> date:
    return timezone.localdate()


@pytest.fixture
def chiang_mai(db) -> Province:
    return Province.objects.get(pk=50)


@pytest.fixture
def songkhla(db) -> Province:
    return Province.objects.get(pk=90)


@pytest.fixture
def chiang_mai_officer(chiang_mai):
    return UserFactory(username="mentor.chiangmai", role=Role.MENTOR, province=chiang_mai)


@pytest.fixture
def songkhla_officer(songkhla):
    return UserFactory(username="mentor.songkhla", role=Role.MENTOR, province=songkhla)


@pytest.fixture
def chiang_mai_head(chiang_mai):
    return UserFactory(username="head.chiangmai", role=Role.PROVINCIAL_HEAD, province=chiang_mai)


@pytest.fixture
def central_admin(db):
    return UserFactory(username="admin", role=Role.CENTRAL_ADMIN)


@pytest.fixture
def central_officer(db):
    return UserFactory(username="central", role=Role.CENTRAL_OFFICER)


@pytest.fixture
def executive(db):
    return UserFactory(username="executive", role=Role.EXECUTIVE)


@pytest.fixture
def inspector(db):
    """Sees the provinces of inspection region 15: Chiang Mai and its neighbours."""
    return UserFactory(username="inspector", role=Role.INSPECTOR, inspection_regions=[15])


@pytest.fixture
def partner_officer(chiang_mai):
    return UserFactory(username="partner", role=Role.PARTNER_OFFICER, province=chiang_mai)


@pytest.fixture
def sign_in(client, db):
    """`sign_in(user)` is a browser in which that person is signed in."""

    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in
