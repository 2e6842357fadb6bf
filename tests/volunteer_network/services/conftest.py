"""A volunteer, and keys that a test may change."""

import shutil

import pytest

from tests.factories import VolunteerFactory
from volunteer_network import sealing


@pytest.fixture
def volunteer(chiang_mai):
    return VolunteerFactory(province=chiang_mai)


@pytest.fixture
def keys(settings, tmp_path):
    shutil.copytree(settings.KEYS_DIR, tmp_path / "keys")
    settings.KEYS_DIR = tmp_path / "keys"
    settings.KEYS_DIR.chmod(0o700)
    sealing.forget_keys()
    yield settings.KEYS_DIR
    sealing.forget_keys()
