"""How long a session lives, and what ends it."""

import datetime

import time_machine

from tests.volunteer_network.views.accounts.signing_in import LOGIN, SECRET, sign_in, verbs


def test_an_idle_session_ends_and_leads_back_with_a_sentence(client, chiang_mai_officer):
    with time_machine.travel("2026-11-23 10:00 +0700", tick=False) as clock:
        sign_in(client, "mentor.chiangmai")
        assert client.get("/account/?a=1").status_code == 200
        clock.shift(datetime.timedelta(minutes=31))
        sent_away = client.get("/account/?a=1")
        page = client.get(sent_away.url)
        back = client.post(
            LOGIN, {"login": "mentor.chiangmai", "password": SECRET, "next": "/account/?a=1"}
        )

    assert sent_away.url == f"{LOGIN}?next=%2Faccount%2F%3Fa%3D1&ended=idle"
    assert "ไม่ได้ใช้งาน 30 นาที" in page.content.decode()
    assert 'name="next" value="/account/?a=1"' in page.content.decode()
    assert back.url == "/account/?a=1"


def test_a_form_sent_too_late_leads_back_to_its_own_page(client, chiang_mai_officer):
    with time_machine.travel("2026-11-23 10:00 +0700", tick=False) as clock:
        sign_in(client, "mentor.chiangmai")
        client.get("/account/")
        clock.shift(datetime.timedelta(minutes=31))
        sent_away = client.post(
            "/account/sessions/end-others/", headers={"Referer": "http://testserver/account/"}
        )

    assert "next=http%3A%2F%2Ftestserver%2Faccount%2F" in sent_away.url


def test_a_part_asked_by_htmx_takes_the_whole_page_to_the_sign_in(client, chiang_mai_officer):
    with time_machine.travel("2026-11-23 10:00 +0700", tick=False) as clock:
        sign_in(client, "mentor.chiangmai")
        client.get("/account/")
        clock.shift(datetime.timedelta(minutes=31))
        answer = client.get(
            "/account/", headers={"HX-Request": "true", "HX-Current-URL": "http://evil.example/"}
        )

    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"] == f"{LOGIN}?next=%2F&ended=idle"


def test_a_button_pressed_after_signing_out_elsewhere_leads_back_to_its_page(
    client, chiang_mai_officer
):
    sent_away = client.post(
        "/account/sessions/end-others/", headers={"Referer": "http://testserver/account/"}
    )
    page = client.get(sent_away.url)

    assert sent_away.url == f"{LOGIN}?next=http%3A%2F%2Ftestserver%2Faccount%2F&ended=out"
    assert "งานที่เพิ่งกดยังไม่ได้ทำ" in page.content.decode()


def test_a_part_asked_after_signing_out_elsewhere_is_no_sign_in_page(client, db):
    answer = client.get(
        "/account/", headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/account/"}
    )

    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"].endswith("ended=out")


def test_a_page_asked_by_a_stranger_is_shown_after_signing_in(client, db):
    assert client.get("/account/?a=1").url == f"{LOGIN}?next=/account/%3Fa%3D1"


def test_a_session_that_is_used_lasts_eight_hours_and_no_longer(client, chiang_mai_officer):
    with time_machine.travel("2026-11-23 08:00 +0700", tick=False) as clock:
        sign_in(client, "mentor.chiangmai")
        for _quarter in range(32):
            assert client.get("/account/").status_code == 200
            clock.shift(datetime.timedelta(minutes=15))
        clock.shift(datetime.timedelta(minutes=1))
        sent_away = client.get("/account/")

    assert sent_away.url.endswith("ended=long")


def test_the_session_is_written_at_most_once_a_minute(
    client, chiang_mai_officer, django_assert_max_num_queries
):
    with time_machine.travel("2026-11-23 10:00 +0700", tick=False):
        sign_in(client, "mentor.chiangmai")
        client.get("/account/")
        before = client.session["seen_at"]
    with time_machine.travel("2026-11-23 10:00:30 +0700", tick=False):
        client.get("/account/")
        assert client.session["seen_at"] == before
    with time_machine.travel("2026-11-23 10:01:05 +0700", tick=False):
        client.get("/account/")
        assert client.session["seen_at"] != before


def test_signing_out_is_audited_and_thai(client, chiang_mai_officer):
    sign_in(client, "mentor.chiangmai")

    asked, left = client.get("/accounts/logout/"), client.post("/accounts/logout/", follow=True)

    assert "ออกจากระบบบนอุปกรณ์นี้" in asked.content.decode()
    assert "ออกจากระบบแล้ว" in left.content.decode()
    assert verbs(actor=chiang_mai_officer.pk) == ["sign_in.succeeded", "sign_in.ended"]
