"""Asking for one document or all, from a form or from the button of a page."""

import pytest
from django.urls import reverse

from reports.enums import BundleKind, PlanState
from reports.services.documents import Wanted, ask_for_document
from tests.factories.plans import (
    PlanFactory,
)
from tests.reports.bundles.asking import CHOSEN
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.models import Job


def test_the_page_says_how_many_are_ready_and_makes_them(sign_in, two_provinces, central_officer):
    client = sign_in(central_officer)

    page = client.get(reverse("reports:bundle-new"), CHOSEN).content.decode()
    response = client.post(reverse("reports:bundle-new"), CHOSEN)

    assert "2 จังหวัดพร้อม 74 จังหวัดยังไม่พร้อม" in page
    assert "ทำเอกสาร 2 จังหวัด" in page
    with open_scope(NATION):
        whole = Job.objects.get(kind="plan_bundle")
        assert Job.objects.parts_of(whole.pk).count() == 2
    assert response.url == whole.get_absolute_url()


def test_with_nobody_ready_nothing_is_asked_for(sign_in, central_officer):
    response = sign_in(central_officer).post(reverse("reports:bundle-new"), CHOSEN)

    assert response.status_code == 422
    assert "ยังไม่มีส่วนใดพร้อม" in response.content.decode()


def test_an_address_from_before_files_were_chosen_asks_for_the_paper(
    sign_in, two_provinces, central_officer
):
    kept = {name: value for name, value in CHOSEN.items() if name != "file"}

    page = sign_in(central_officer).get(reverse("reports:bundle-new"), kept)

    assert not page.context["form"].errors
    assert not page.context["wanted"].as_word


def test_a_wrong_choice_comes_back_marked(sign_in, central_officer):
    response = sign_in(central_officer).post(
        reverse("reports:bundle-new"), {**CHOSEN, "kind": "poem"}
    )

    assert response.status_code == 422


@pytest.mark.parametrize("person", ["inspector", "chiang_mai_head", "chiang_mai_officer"])
def test_only_the_centre_makes_bundles(sign_in, request, person):
    client = sign_in(request.getfixturevalue(person))

    for method in (client.get, client.post):
        assert method(reverse("reports:bundle-new"), CHOSEN).status_code == 403


def test_the_button_of_a_plan_makes_its_document(sign_in, two_provinces, chiang_mai_officer):
    response = sign_in(chiang_mai_officer).post(
        reverse("reports:make-plan-document"), {"fiscal_year": 2570, "province": 50}
    )

    with open_scope(NATION):
        job = Job.objects.get()
    assert response.url == job.get_absolute_url()
    assert job.parameters == {"fiscal_year": 2570, "province": 50}


@pytest.mark.parametrize("name", ["make-plan-document", "make-quarter-document"])
def test_looking_at_the_address_of_a_button_asks_for_nothing(
    sign_in, two_provinces, chiang_mai_officer, name
):
    asked = {"fiscal_year": 2570, "province": 50, "quarter": 1}

    response = sign_in(chiang_mai_officer).get(reverse(f"reports:{name}"), asked)

    assert response.status_code == 405
    with open_scope(NATION):
        assert not Job.objects.exists()


def test_the_button_of_a_draft_says_what_is_lacking(sign_in, chiang_mai, chiang_mai_officer):
    PlanFactory(province=chiang_mai, state=PlanState.DRAFT)

    response = sign_in(chiang_mai_officer).post(
        reverse("reports:make-plan-document"), {"fiscal_year": 2570, "province": 50}, follow=True
    )

    assert "ให้เสนอแรงงานจังหวัดก่อน" in response.content.decode()


@pytest.mark.parametrize("given", [{"province": 90}, {"province": "x"}, {"fiscal_year": "x"}, {}])
def test_the_plan_of_a_foreign_province_is_404(sign_in, two_provinces, chiang_mai_officer, given):
    asked = {"fiscal_year": 2570, "province": 50, **given} if given else {}

    response = sign_in(chiang_mai_officer).post(reverse("reports:make-plan-document"), asked)

    assert response.status_code == 404


def test_the_page_of_one_document_asks_a_province_for_nothing_but_the_document(
    sign_in, two_provinces, chiang_mai_officer
):
    client = sign_in(chiang_mai_officer)
    chosen = {**CHOSEN, "province": "50", "digits": "thai"}

    page = client.get(reverse("reports:new")).content.decode()
    response = client.post(reverse("reports:new"), chosen)
    foreign = client.post(reverse("reports:new"), {**chosen, "province": "90"})

    assert "สงขลา" not in page
    with open_scope(NATION):
        job = Job.objects.get()
    assert response.url == job.get_absolute_url()
    assert job.parameters == {"thai_digits": True, "fiscal_year": 2570, "province": 50}
    assert foreign.status_code == 422


def test_a_draft_is_refused_on_the_page_of_one_document(sign_in, chiang_mai, chiang_mai_officer):
    PlanFactory(province=chiang_mai, state=PlanState.DRAFT)

    response = sign_in(chiang_mai_officer).post(
        reverse("reports:new"), {**CHOSEN, "province": "50"}
    )

    assert response.status_code == 422
    assert "ให้เสนอแรงงานจังหวัดก่อน" in response.content.decode()


def test_a_copy_in_word_is_another_request_than_the_paper(
    sign_in, two_provinces, chiang_mai_officer
):
    client = sign_in(chiang_mai_officer)
    chosen = {**CHOSEN, "province": "50", "file": "word"}

    paper = client.post(reverse("reports:new"), {**chosen, "file": "pdf"})
    copy = client.post(reverse("reports:new"), chosen)
    button = client.post(reverse("reports:make-plan-document"), chosen)

    assert paper.url != copy.url == button.url
    with open_scope(NATION):
        job = Job.objects.latest("pk")
    assert job.parameters == {"as_word": True, "fiscal_year": 2570, "province": 50}
    assert job.title.endswith("(Word) จังหวัดเชียงใหม่")


def test_a_register_asks_for_no_year(chiang_mai, chiang_mai_officer):
    wanted = Wanted(kind=BundleKind.REGISTER, fiscal_year=2570, quarter=2)

    with open_scope(chiang_mai_officer.scope):
        job = ask_for_document(wanted=wanted, province=chiang_mai, by=chiang_mai_officer)

    assert job.parameters == {"province": 50}
