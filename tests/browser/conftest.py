"""A real site, Debian's Chromium, and everybody's sign-in done once."""

import os
import shutil
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection
from playwright.sync_api import expect

from tests.browser import country
from tests.browser.country import PASSWORD
from tests.browser.site import running_site
from tests.browser.watching import watched

# Playwright's loop runs in this thread, which Django would take for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

PATIENCE_MILLISECONDS = 15_000
DESK = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}


@pytest.hookimpl(tryfirst=True)  # before -m looks at the marks
def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {
        **browser_type_launch_args,
        "executable_path": shutil.which("chromium"),
        "args": ["--no-sandbox"],
    }


@pytest.fixture(scope="session")
def site(django_db_setup, django_db_blocker, tmp_path_factory):
    """The site for all browser tests of this process; each test brings the people it needs."""
    expect.set_options(timeout=PATIENCE_MILLISECONDS)
    with django_db_blocker.unblock():
        original = connection.settings_dict["NAME"]
        with running_site(original, tmp_path_factory.mktemp("site")) as site:
            yield site


@pytest.fixture(scope="session")
def base_url(site):
    return site.address


@pytest.fixture(scope="session")
def rows(site, django_db_blocker):
    """One row of every kind in Chiang Mai; with them the cast and a register of two pages."""
    with django_db_blocker.unblock(), site.open():
        return country.settle()


@pytest.fixture
def arranging(site, rows, django_db_blocker):
    """`with arranging():` works on the site's database: to bring people in, or to look."""

    @contextmanager
    def arrange():
        with django_db_blocker.unblock(), site.open():
            yield

    return arrange


@pytest.fixture(scope="session")
def signed_in(browser, site, rows):
    """The cookies of a person, who signs in by the page the first time that somebody asks."""
    known = {}

    def cookies_of(username):
        if username not in known:
            context = browser.new_context(base_url=site.address)
            page = context.new_page()
            sign_in(page, username)
            leave_sign_in(page)
            known[username] = context.storage_state()
            context.close()
        return known[username]

    return cookies_of


@pytest.fixture
def visit(new_context, site, rows, signed_in):
    """`visit("mentor.chiangmai")` opens a browser of that person's; `visit()` a stranger's.

    Afterwards the test fails for whatever went wrong in any of them.
    """
    watches = []

    def opened(username=None, **options):
        options = {"viewport": DESK, "locale": "th-TH", **options}
        if username:
            options["storage_state"] = signed_in(username)
        context = new_context(**options)
        context.set_default_timeout(PATIENCE_MILLISECONDS)
        page, watch = watched(context, site.address)
        watches.append(watch)
        return page

    yield opened
    assert [fault for watch in watches for fault in watch.faults] == []


@pytest.fixture
def mentor(visit):
    """The mentor of Chiang Mai at a desk."""
    return visit("mentor.chiangmai")


def sign_in(page, username, password=PASSWORD):
    page.goto("/accounts/login/")
    page.get_by_label("ชื่อผู้ใช้").fill(username)
    page.get_by_label("รหัสผ่าน").fill(password)
    page.get_by_role("button", name="เข้าสู่ระบบ", exact=True).click()


def leave_sign_in(page):
    """Wait until the person is inside."""
    page.wait_for_url(lambda url: "/accounts/" not in url)
