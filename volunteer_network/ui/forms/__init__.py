"""How forms look and behave: sections, fields, controls, filters. Import from here."""

from volunteer_network.ui.forms.bound_field import Echo
from volunteer_network.ui.forms.choices import offer_choices
from volunteer_network.ui.forms.fields import (
    CountField,
    NationalIdField,
    PhoneField,
    PhotoField,
    PhotosField,
    ThaiDateField,
    TokenField,
    VersionField,
)
from volunteer_network.ui.forms.filters import Chip, FilterForm
from volunteer_network.ui.forms.sections import Section, SectionedForm
from volunteer_network.ui.forms.widgets import (
    CheckChips,
    LeanSelect,
    LongText,
    PlainText,
    RadioChips,
    SearchChips,
    SearchSelect,
)

__all__ = [
    "CheckChips",
    "Chip",
    "CountField",
    "Echo",
    "FilterForm",
    "LeanSelect",
    "LongText",
    "NationalIdField",
    "PhoneField",
    "PhotoField",
    "PhotosField",
    "PlainText",
    "RadioChips",
    "SearchChips",
    "SearchSelect",
    "Section",
    "SectionedForm",
    "ThaiDateField",
    "TokenField",
    "VersionField",
    "offer_choices",
]
