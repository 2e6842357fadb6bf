"""What the site says of itself, with each part away in turn."""

import time

import pytest
from django.core.cache import cache
from django.db import connection

from volunteer_network import health


@pytest.fixture
def well(db):
    """All marks of a working site, and none left behind."""
    health.note_worker()
    health.note_audit_sealed()
    yield
    cache.delete_many([health.WORKER_MARK, health.AUDIT_MARK])


def ready(client):
    response = client.get("/health/ready")
    return response.status_code, response.content.decode()


def test_a_site_in_which_all_works_says_ok(client, well):
    assert ready(client) == (200, "ok")


def test_it_is_alive_without_database_or_redis(client):
    response = client.get("/health/live")

    assert (response.status_code, response.content) == (200, b"ok")
    assert response.headers["Content-Type"].startswith("text/plain")


def test_a_missing_migration_makes_it_unready(client, well, monkeypatch):
    wanted = health._known_migrations() | {("volunteer_network", "9999_of_tomorrow")}
    monkeypatch.setattr(health, "_known_migrations", lambda: wanted)

    assert ready(client) == (503, "unavailable: migrations")


def test_a_missing_database_makes_it_unready(client, committed):
    health.note_worker()
    connection.close()
    connection.settings_dict["NAME"] = "no_such_database"
    try:
        answer = ready(client)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = committed

    assert answer == (503, "unavailable: database")


def test_a_missing_worker_is_said_but_pages_work(client, well):
    cache.delete(health.WORKER_MARK)

    assert ready(client) == (200, "degraded: worker")


def test_audit_unsealed_for_five_minutes_is_said(client, well):
    cache.set(health.AUDIT_MARK, time.time() - 301, None)

    assert ready(client) == (200, "degraded: audit")


def test_a_missing_redis_is_said_but_pages_work(client, well, settings):
    backend = settings.CACHES["default"]["BACKEND"]
    settings.CACHES = {
        "default": {"BACKEND": backend, "LOCATION": "unix:///nonexistent/redis.sock?db=1"}
    }

    assert ready(client) == (200, "degraded: redis")


def test_it_answers_a_signed_in_person_too(client, well, chiang_mai_officer):
    client.force_login(chiang_mai_officer)

    assert ready(client) == (200, "ok")


def test_it_changes_nothing(client, well):
    assert client.post("/health/ready").status_code == 405
