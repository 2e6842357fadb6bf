"""`make setup` never installs through a link into another checkout, which it would empty."""

import os
import shutil
import subprocess
import time

import pytest

from volunteer_network.startup.places import BASE_DIR

INSTALLED = {".venv": (".venv/installed", "requirements.txt"),
             "node_modules": ("node_modules/.installed", "package-lock.json")}  # fmt: skip
NOTES = "echo called >> installs.log\n"


@pytest.fixture
def there(tmp_path):
    """A checkout in which everything is installed."""
    there = _checkout(tmp_path / "there")
    for stamp, _list in INSTALLED.values():
        (there / stamp).touch()
    return there


@pytest.fixture
def here(tmp_path):
    """A checkout with the same lists, written later; installers only leave a note."""
    here = _checkout(tmp_path / "here")
    later = time.time() + 60
    for name in ("requirements.txt", "package-lock.json"):
        os.utime(here / name, (later, later))
    return here


def _checkout(folder):
    shutil.copytree(BASE_DIR / ".ci", folder / ".ci")
    shutil.copy(BASE_DIR / "Makefile", folder)
    for name in ("requirements.txt", "package-lock.json", "package.json"):
        (folder / name).write_text("the same")
    for name in (".venv/bin/uv", "bin/npm"):
        _script(folder / name, NOTES)
    _script(folder / "bin/node", "echo v20.0.0\n")
    (folder / "node_modules").mkdir()
    return folder


def _script(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}")
    path.chmod(0o755)


def make(folder, target):
    path = f"{folder / 'bin'}:{os.environ['PATH']}"
    return subprocess.run(
        ["make", target],
        cwd=folder,
        env={**os.environ, "PATH": path, "MAKEFLAGS": ""},
        capture_output=True,
        text=True,
        check=False,
    )


def link(here, there, name):
    shutil.rmtree(here / name)
    (here / name).symlink_to(there / name)


@pytest.mark.parametrize("name", INSTALLED)
def test_a_folder_of_ones_own_is_installed_into(here, name):
    stamp, _list = INSTALLED[name]

    answer = make(here, stamp)

    assert answer.returncode == 0, answer.stderr
    assert (here / stamp).exists()
    assert (here / "installs.log").exists()


@pytest.mark.parametrize("name", INSTALLED)
def test_a_link_to_the_same_is_used_as_it_is(here, there, name):
    stamp, _list = INSTALLED[name]
    link(here, there, name)
    was = (there / stamp).stat().st_mtime_ns

    answer = make(here, stamp)

    assert answer.returncode == 0, answer.stderr
    assert not (here / "installs.log").exists()
    assert (there / stamp).stat().st_mtime_ns == was


@pytest.mark.parametrize("name", INSTALLED)
def test_a_link_to_something_else_is_refused_in_words(here, there, name):
    stamp, listed = INSTALLED[name]
    link(here, there, name)
    (there / listed).write_text("another one")

    answer = make(here, stamp)

    assert answer.returncode != 0
    assert f"{name} is a link into {there}" in answer.stderr
    assert not (here / "installs.log").exists()


def test_no_environment_is_begun_behind_a_link(here, there):
    link(here, there, ".venv")
    (there / ".venv/bin/uv").unlink()

    answer = make(here, ".venv/bin/uv")

    assert answer.returncode != 0
    assert "remove it (rm .venv)" in answer.stdout
    assert not (there / ".venv/pyvenv.cfg").exists()
