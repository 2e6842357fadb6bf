"""What stays behind: in a shared browser, and on the disk of a shared machine."""

import stat

from volunteer_network.startup.places import DataDir


def test_no_name_stays_in_the_browser_for_whoever_signs_in_next(client, chiang_mai_officer):
    client.force_login(chiang_mai_officer)

    answer = client.post("/account/", {"first_name": "กานดา", "last_name": "ใจดี", "version": "1"})

    assert answer.status_code == 302
    assert set(client.cookies) <= {"vn_session", "vn_csrf"}


def test_mails_with_links_that_open_an_account_are_for_the_owner_only(tmp_path):
    data = DataDir(tmp_path / "var")

    data.make()

    assert stat.S_IMODE((data.path / "mail").stat().st_mode) == 0o700
