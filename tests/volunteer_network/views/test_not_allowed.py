"""The address of a button, opened as a page: a page says what happened and leads back."""

import pytest

from volunteer_network.ui.not_allowed import page_above

BUTTON, PAGE = "/plans/2570/50/begin/", "/plans/2570/50/"
NOT_ALLOWED = 405


@pytest.fixture
def officer(client, chiang_mai_officer):
    client.force_login(chiang_mai_officer)
    return client


def test_who_types_the_address_of_a_button_reads_what_happened_and_is_led_back(officer):
    response = officer.get(BUTTON, headers={"Accept": "text/html,*/*;q=0.8"})

    page = response.content.decode()
    assert (response.status_code, response.headers["Allow"]) == (NOT_ALLOWED, "POST")
    assert "ที่อยู่นี้เป็นของปุ่ม" in page
    assert "ระบบไม่ได้บันทึกหรือเปลี่ยนอะไร" in page
    assert f'href="{PAGE}">กลับไปหน้าที่มีปุ่ม' in page
    assert response.headers["X-Request-ID"] in page


@pytest.mark.parametrize("headers", [{"HX-Request": "true"}, {"Accept": "application/json"}])
def test_what_a_script_asks_for_gets_no_page(officer, headers):
    response = officer.get(BUTTON, headers=headers)

    assert (response.status_code, response.content) == (NOT_ALLOWED, b"")


def test_what_is_sent_to_a_page_gets_none(officer):
    response = officer.post("/health/ready")

    assert (response.status_code, response.content) == (NOT_ALLOWED, b"")


@pytest.mark.parametrize(
    ("path", "above"),
    [
        (BUTTON, PAGE),
        ("/volunteers/7/suspend/", "/volunteers/7/"),
        ("/plans/decisions/2570/undo/", "/plans/decisions/"),  # nothing stands at the year
        ("/nowhere/at/all/", "/"),
        ("/", "/"),
    ],
)
def test_back_is_the_nearest_page_above(path, above):
    assert page_above(path) == above
