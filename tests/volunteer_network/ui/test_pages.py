"""How a list page is put together: order, links, parts, files."""

import pytest
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from tests.factories import VolunteerFactory
from volunteer_network.access.scope import open_scope
from volunteer_network.forms.volunteers import VolunteerFilter
from volunteer_network.models import Volunteer
from volunteer_network.ui.keyset import Ordering
from volunteer_network.ui.pages import ListPage

NAME = Ordering("name", "ชื่อ", ("sort_key",))
NEWEST = Ordering("newest", "ใหม่", ("registered_at",), descending=True)


@pytest.fixture
def noted():
    """Requests whose files were noted."""
    return []


@pytest.fixture
def page(noted):
    return ListPage(
        template="volunteer_network/volunteers/list.html",
        title="รายชื่อ",
        fields=("first_name",),
        orderings=(NAME, NEWEST),
        export=(),
        note_export=noted.append,
    )


@pytest.fixture
def context_of(page, chiang_mai_officer):
    """What the template is given for an address."""

    def context(query):
        request = RequestFactory().get(f"/volunteers/?{query}")
        request.user = chiang_mai_officer
        request.htmx = HtmxDetails(request)
        filters = VolunteerFilter(request.GET, user=chiang_mai_officer)
        ordering = page.ordering(request.GET.get("sort", ""))
        with open_scope(chiang_mai_officer.scope):
            from volunteer_network.ui.keyset import Cursor, page_of

            rows = Volunteer.objects.all()
            found = page_of(
                rows,
                rows,
                ordering=ordering,
                cursor=Cursor.of(request.GET),
                fields=page.fields,
                size=2,
            )
            return page._context(request, found, ordering, filters)

    return context


@pytest.mark.parametrize(("name", "ordering"), [("", NAME), ("x", NAME), ("newest", NEWEST)])
def test_an_unknown_order_is_the_first(page, name, ordering):
    assert page.ordering(name) is ordering


def test_links_keep_the_filter_and_the_order(context_of, chiang_mai):
    people = [VolunteerFactory(province=chiang_mai, first_name=name) for name in "กขค"]

    context = context_of("status=active&sort=name")

    assert context["next_href"] == f"?status=active&sort=name&after={people[1].pk}"
    assert context["previous_href"] == ""
    assert context["exports"] == [
        ("xlsx", "?status=active&sort=name&export=xlsx"),
        ("csv", "?status=active&sort=name&export=csv"),
    ]


def test_a_new_order_begins_on_the_first_page(context_of, chiang_mai):
    people = [VolunteerFactory(province=chiang_mai, first_name=name) for name in "กขค"]

    context = context_of(f"status=active&after={people[1].pk}")

    assert context["sort_links"]["newest"].href == "?status=active&sort=newest"
    assert [one.current for one in context["sort_links"].values()] == [True, False]
    assert context["previous_href"] == f"?status=active&before={people[2].pk}"


def test_no_address_holds_a_name(context_of, chiang_mai):
    for name in "กขค":
        VolunteerFactory(province=chiang_mai, first_name=f"ชื่อลับ{name}")

    context = context_of("")

    assert "%E0%B8" not in context["next_href"]


def test_the_filter_form_keeps_another_order_than_the_first(context_of, chiang_mai):
    assert context_of("")["kept"] == []
    assert context_of("sort=newest")["kept"] == [("sort", "newest")]


@pytest.mark.parametrize(
    ("headers", "part"),
    [
        ({}, False),
        ({"HX-Request": "true"}, True),
        ({"HX-Request": "true", "HX-Boosted": "true"}, False),
        ({"HX-Request": "true", "HX-History-Restore-Request": "true"}, False),
    ],
)
def test_htmx_gets_the_part_that_changes(page, headers, part):
    request = RequestFactory().get("/", headers=headers)

    template = page._template_for(HtmxDetails(request))

    assert template.endswith("#results") is part


def test_a_file_is_noted_before_it_is_written(page, noted, chiang_mai_officer):
    with open_scope(chiang_mai_officer.scope):
        page.file("the request", "csv", Volunteer.objects.all())

    assert noted == ["the request"]
