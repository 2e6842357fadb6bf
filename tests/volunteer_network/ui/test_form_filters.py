"""Filters of lists: chips, and addresses that say them."""

from types import SimpleNamespace

import pytest
from django import forms
from django.http import QueryDict
from django.test import RequestFactory

from tests.volunteer_network.ui.sample_forms import LEVELS, PLACES
from volunteer_network.access.scope import Scope, ScopeRole
from volunteer_network.forms.volunteers import VolunteerFilter
from volunteer_network.ui.forms import CountField, FilterForm, ThaiDateField


class RegisterFilter(FilterForm):
    q = forms.CharField(label="ค้นหา")
    province = forms.ChoiceField(label="จังหวัด", choices=PLACES)
    level = forms.MultipleChoiceField(label="ระดับ", choices=LEVELS)
    since = ThaiDateField(label="ตั้งแต่")
    least = CountField(label="อย่างน้อย")
    silent = forms.BooleanField(label="เงียบ")


def filters(query):
    return RegisterFilter(QueryDict(query)), RequestFactory().get(f"/volunteers/?{query}")


def test_an_empty_address_filters_nothing():
    form, request = filters("")

    assert form.is_valid()
    assert form.active == {}
    assert form.chips(request) == []


def test_each_filter_is_a_chip_that_takes_itself_out():
    form, request = filters(
        "q=ก&province=50&level=lead&level=net&least=0&silent=on&page=3&sort=name"
    )

    chips = form.chips(request)

    assert form.active == {
        "q": "ก", "province": "50", "level": ["lead", "net"], "least": 0, "silent": True,
    }  # fmt: skip
    assert [(chip.label, chip.value) for chip in chips] == [
        ("ค้นหา", "ก"),
        ("จังหวัด", "เชียงใหม่"),
        ("ระดับ", "แกนนำระดับตำบล"),
        ("ระดับ", "เครือข่ายหมู่บ้าน"),
        ("อย่างน้อย", "0"),
        ("เงียบ", "ใช่"),
    ]
    without_lead = QueryDict(chips[2].remove_url.partition("?")[2])
    assert without_lead.getlist("level") == ["net"]
    assert without_lead["sort"] == "name"
    assert "page" not in without_lead
    assert chips[2].remove_url.startswith("/volunteers/?")


def test_the_last_chip_leads_to_the_bare_address():
    form, request = filters("q=ก&page=2")

    assert form.chips(request)[0].remove_url == "/volunteers/"


@pytest.mark.parametrize("query", ["province=%00", "since=วันไหน", "least=มาก", "q=%00", "level=x"])
def test_a_value_that_cannot_be_read_is_reported_and_the_rest_still_works(query):
    form, request = filters(f"{query}&silent=on")

    doubtful, silent = form.chips(request)

    assert not form.is_valid()
    assert doubtful.problem
    assert (silent.label, silent.problem) == ("เงียบ", "")
    assert form.active == {"silent": True}


def test_a_changed_filter_starts_on_the_first_page():
    form, _request = filters("q=ก&level=lead&after=abc")

    assert form.querystring(level=["net"], q=None) == "level=net"
    assert QueryDict(form.querystring(page=2))["page"] == "2"


class OfAPlace(RegisterFilter):
    """A form that says what its choices depend on."""

    def __init__(self, *args, places, choices_of=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["province"].choices = places
        self.choices_are_of = choices_of

    @property
    def choices_of(self):
        return self.choices_are_of


NORTH, SOUTH = [("50", "เชียงใหม่")], [("90", "สงขลา")]


def fields_of(places, query="", choices_of=None):
    return OfAPlace(QueryDict(query), places=places, choices_of=choices_of).drawn_fields


def test_equal_fields_are_drawn_once_and_others_anew():
    drawn = fields_of(NORTH, choices_of="north")

    assert (
        fields_of(SOUTH, choices_of="north") == drawn
    )  # not looked at: they were said to be equal
    assert "สงขลา" in fields_of(SOUTH, choices_of="south")
    assert "selected" in fields_of(NORTH, "province=50", choices_of="north")
    assert "selected" not in drawn


def test_fields_that_depend_on_the_reader_are_drawn_each_time():
    assert "เชียงใหม่" in fields_of(NORTH)
    assert "สงขลา" in fields_of(SOUTH)


def test_the_search_stands_apart_from_the_fields():
    assert 'name="q"' not in fields_of(NORTH)


@pytest.mark.django_db
def test_the_register_offers_each_reader_the_districts_of_their_own_province():
    north, south = (SimpleNamespace(scope=Scope(ScopeRole.PROVINCE, (code,))) for code in (50, 90))

    offered = [VolunteerFilter(user=one).drawn_fields for one in (north, south, north)]

    assert "แม่ริม" in offered[0]
    assert "แม่ริม" not in offered[1]
    assert "หาดใหญ่" in offered[1]
    assert offered[2] == offered[0]
