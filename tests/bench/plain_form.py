"""The fields of the volunteer form as plain Django has them: stock fields, widgets, templates."""

from django import forms
from django.forms.renderers import DjangoTemplates

from volunteer_network.forms.volunteers import RegistrationForm
from volunteer_network.ui.forms import PhotoField, ThaiDateField


def _plain(field: forms.Field) -> forms.Field:
    common = {"label": field.label, "help_text": field.help_text, "required": field.required}
    if isinstance(field.widget, forms.HiddenInput):
        return forms.CharField(widget=forms.HiddenInput, **common)
    if isinstance(field, forms.MultipleChoiceField):
        return forms.MultipleChoiceField(
            choices=field.choices, widget=forms.CheckboxSelectMultiple, **common
        )
    if isinstance(field, forms.ChoiceField):
        return forms.ChoiceField(choices=field.choices, widget=forms.RadioSelect, **common)
    if isinstance(field, ThaiDateField):
        return forms.DateField(**common)
    if isinstance(field, PhotoField):
        return forms.ImageField(**common)
    if isinstance(field, forms.EmailField):
        return forms.EmailField(**common)
    return forms.CharField(max_length=getattr(field, "max_length", None), **common)


PlainForm = type(
    "PlainForm",
    (forms.Form,),
    {
        "default_renderer": DjangoTemplates,
        **{name: _plain(field) for name, field in RegistrationForm.base_fields.items()},
    },
)
