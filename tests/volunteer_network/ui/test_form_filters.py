"""Filters of lists: chips, and addresses that say them."""

import pytest
from django import forms
from django.http import QueryDict
from django.test import RequestFactory

from tests.volunteer_network.ui.sample_forms import LEVELS, PLACES
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
