import pytest
from django import forms

from volunteer_network.ui.forms import offer_choices


class YearForm(forms.Form):
    year = forms.ChoiceField()
    words = forms.CharField()


def test_a_field_offers_what_it_is_given():
    form = YearForm({"year": "2570", "words": "x"})

    offer_choices(form, "year", ((one, str(one)) for one in (2569, 2570)))

    assert form.is_valid()
    assert form.fields["year"].choices == [(2569, "2569"), (2570, "2570")]


def test_a_field_without_choices_is_refused():
    with pytest.raises(TypeError, match="words"):
        offer_choices(YearForm(), "words", [])
