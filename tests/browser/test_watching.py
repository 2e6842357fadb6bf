"""The watch and the looks find what they are for."""

import pytest

from tests.browser.looks import complaints
from tests.browser.watching import watched

FAULTS = {
    "an inline style": ("document.body.setAttribute('style', 'color: red')", "policy violation"),
    "an inline script": ("document.body.append(Object.assign(document.createElement('script'), "
                         "{textContent: '1'}))", "policy violation"),
    "another host": ("new Image().src = 'http://127.0.0.2/pixel'", "request to another host"),
    "a console error": ("console.error('lost')", "console: lost"),
    "an uncaught error": ("setTimeout(() => { throw new Error('broken') })", "broken"),
    "a missing file": ("new Image().src = '/static/none.png'", "404"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_noticed(new_context, site, name):
    script, words = FAULTS[name]
    context = new_context()
    page, watch = watched(context, site.address)
    page.goto("/accounts/login/")

    page.evaluate(f"() => {{ {script} }}")
    page.wait_for_timeout(500)

    assert [fault for fault in watch.faults if words in fault] != []


def test_what_a_page_lacks_is_noticed(page):
    page.set_content(
        "<div style='width: 2000px'>x</div><button class='btn' style='height: 20px'>ok</button>"
        "<img src='data:,'>"
    )

    found = "\n".join(complaints(page, "bad"))

    assert "image-alt" in found
    assert "2000 px" in found or "2008 px" in found
    assert "20.0 px high" in found
