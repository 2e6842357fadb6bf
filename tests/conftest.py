"""The harness: a database built by its owner and used as the login `app`, and the known cast."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.test.utils import setup_databases, teardown_databases
from django.utils import timezone

from tests.factories import UserFactory
from volunteer_network import sealing
from volunteer_network.access import row_security
from volunteer_network.access.owner import as_owner
from volunteer_network.access.roles import Role
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.models import Province


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_modify_db_settings, django_db_blocker):
    """Create the test database as owner, with walls and places; then use it as `app`."""
    with django_db_blocker.unblock(), as_owner():
        created = setup_databases(verbosity=0, interactive=False, aliases=["default"])
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
    clone = f"{original}_committed"
    with django_db_blocker.unblock():
        with _owner_outside(original) as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{clone}"')
            cursor.execute(f'CREATE DATABASE "{clone}" TEMPLATE "{original}"')
        _use_database(clone)
        try:
            yield clone
        finally:
            _use_database(original)
            with _owner_outside(original) as cursor:
                # Without FORCE it waits some seconds for those who are just leaving; the owner may
                # not end connections of `app`, so FORCE would fail instead.
                cursor.execute(f'DROP DATABASE "{clone}"')


@pytest.fixture
def own_keys(settings, tmp_path) -> Iterator[Path]:
    """Keys of one's own, equal at first to those of all tests: the directory, to change them."""
    settings.KEYS_DIR = Path(shutil.copytree(settings.KEYS_DIR, tmp_path / "keys"))
    settings.KEYS_DIR.chmod(0o700)
    sealing.forget_keys()
    yield settings.KEYS_DIR
    sealing.forget_keys()


@contextmanager
def _owner_outside(original: str):
    """A cursor of the owner that is in neither database, so that both may be copied or dropped."""
    connections.close_all()
    with as_owner():
        _use_database("postgres")
        try:
            with connection.cursor() as cursor:
                yield cursor
        finally:
            _use_database(original)


def _use_database(name: str) -> None:
    connections.close_all()
    settings.DATABASES["default"]["NAME"] = name
    connections["default"].settings_dict["NAME"] = name


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
