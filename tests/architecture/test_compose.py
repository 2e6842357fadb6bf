"""The parts as services, and every environment variable written down where people look."""

import re

import pytest
import yaml

from volunteer_network.celery import app
from volunteer_network.startup.places import BASE_DIR

READS = re.compile(
    r"""(?:\benv(?:\.\w+)?\(|environ\.get\(|environ\.setdefault\(|environ\[)\s*["']([A-Z_]+)["']"""
)
SOURCES = ("manage.py", "volunteer_network/*.py", "volunteer_network/settings/*.py",
           "volunteer_network/startup/*.py")  # fmt: skip


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load((BASE_DIR / "docker-compose.yml").read_text())


@pytest.fixture(scope="module")
def example():
    text = (BASE_DIR / ".env.example").read_text()
    return set(re.findall(r"^([A-Z_]+)=", text, re.MULTILINE))


def read_by_code():
    """What a site reads; the settings of tests are read by tests alone."""
    files = {path for pattern in SOURCES for path in BASE_DIR.glob(pattern)}
    files -= {BASE_DIR / "volunteer_network/settings/test.py"}
    return {name for path in files for name in READS.findall(path.read_text())}


def asked_of_the_person():
    return set(re.findall(r"\$\{([A-Z_]+)", (BASE_DIR / "docker-compose.yml").read_text()))


def test_every_variable_that_is_read_is_in_the_example(example):
    assert read_by_code() | asked_of_the_person() == example


def test_services_are_told_only_what_the_code_reads(compose):
    for name in ("setup", "web", "worker", "beat"):
        assert set(compose["services"][name]["environment"]) <= read_by_code(), name


def test_services_are_told_all_that_a_site_may_set(compose, example):
    servers = {"DATABASE_URL", "APP_DATABASE_URL", "REDIS_URL", "DATA_DIR"}  # parts of the set-up

    assert example - servers == asked_of_the_person()


def test_only_the_setup_knows_the_owners_password(compose):
    knowing = {
        name
        for name, service in compose["services"].items()
        if "OWNER_DATABASE_PASSWORD" in str(service.get("environment"))
    }

    assert knowing == {"db", "setup"}


def test_the_same_parts_run_as_under_make_run(compose):
    assert set(compose["services"]) == {"db", "redis", "setup", "web", "worker", "beat"}


def test_workers_can_be_many(compose):
    assert "container_name" not in compose["services"]["worker"]
    assert "ports" not in compose["services"]["worker"]


def test_a_worker_may_finish_its_task_before_it_must_end(compose):
    grace = int(compose["services"]["worker"]["stop_grace_period"].removesuffix("s"))

    assert grace > app.conf.task_time_limit


def test_nothing_is_lost_when_a_worker_is_killed():
    """The settings behind `0 of 300 lost`; each alone loses jobs."""
    conf = app.conf
    assert conf.task_acks_late
    assert conf.task_reject_on_worker_lost
    assert conf.worker_prefetch_multiplier == 1
    assert conf.task_ignore_result
    assert conf.accept_content == ["json"]
    assert (conf.task_soft_time_limit, conf.task_time_limit) == (60, 90)
    assert conf.broker_transport_options["visibility_timeout"] == 300
    assert conf.broker_transport_options["visibility_timeout"] > conf.task_time_limit
    assert conf.worker_max_tasks_per_child == 500
    assert conf.worker_max_memory_per_child == 400_000
