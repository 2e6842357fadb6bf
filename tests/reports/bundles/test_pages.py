"""The page of a whole and its parts."""

import pytest
from django.urls import reverse

from tests.reports.bundles.asking import ask, run
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.job_kinds import PartAsked
from volunteer_network.models import Job
from volunteer_network.services import jobs


def test_the_list_shows_the_whole_and_not_its_parts(sign_in, two_provinces, central_officer):
    whole = ask(central_officer)

    response = sign_in(central_officer).get(reverse("reports:list"))

    assert [row["job"] for row in response.context["rows"]] == [whole]
    assert "จังหวัดที่ 1 จาก 2" in response.content.decode()


def test_the_page_is_taken_anew_when_the_whole_has_ended(sign_in, two_provinces, central_officer):
    whole = ask(central_officer)
    client = sign_in(central_officer)

    running = client.get(whole.get_absolute_url(), headers={"HX-Request": "true"})
    run(whole)
    ended = client.get(whole.get_absolute_url(), headers={"HX-Request": "true"})

    assert "HX-Refresh" not in running.headers
    assert ended.headers["HX-Refresh"] == "true"


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_a_whole_costs_the_same_for_any_number_of_parts(
    sign_in, central_officer, count, django_assert_max_num_queries
):
    parts = [PartAsked(title=f"x {n}", parameters={"province": 50}) for n in range(count)]
    with open_scope(central_officer.scope):
        whole = jobs.ask_for_whole(
            kind="plan_bundle",
            title="x",
            parameters={"title": "x"},
            parts=parts,
            by=central_officer,
        )
    client = sign_in(central_officer)
    client.get(whole.get_absolute_url())

    with django_assert_max_num_queries(11):
        response = client.get(whole.get_absolute_url())

    assert len(response.context["parts"]) == count


def test_the_list_of_parts_comes_along_when_one_more_has_ended(
    sign_in, two_provinces, central_officer
):
    whole = ask(central_officer)
    client, page = sign_in(central_officer), whole.get_absolute_url()
    with open_scope(NATION):
        first = Job.objects.parts_of(whole.pk).first()
    jobs.run_job(first.pk)
    htmx = {"HX-Request": "true"}

    news = client.get(f"{page}?seen=0", headers=htmx).content.decode()
    no_news = client.get(f"{page}?seen=1", headers=htmx).content.decode()
    whole_page = client.get(f"{page}?seen=0").content.decode()

    assert f'hx-get="{page}?seen=1"' in news
    assert 'id="job-parts" hx-swap-oob="true"' in news
    assert "job-parts" not in no_news
    assert whole_page.count('id="job-parts"') == 1
    assert "hx-swap-oob" not in whole_page
