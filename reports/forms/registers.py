"""What a document needs to know before it is made."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from volunteer_network.models import Province, User


class RegisterForm(forms.Form):
    """The province of the register; a provincial officer has only one and is not asked."""

    province = forms.ModelChoiceField(
        Province.objects.none(),
        label=_("จังหวัด"),
        empty_label=_("เลือกจังหวัด"),
        error_messages={
            "required": _("เลือกจังหวัดของทะเบียน"),
            "invalid_choice": _("เลือกจังหวัดจากรายการ"),
        },
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = Province.objects.filter(has_office=True)
        if user.province_id:
            offered = offered.filter(pk=user.province_id)
            self.initial["province"] = user.province_id
            self.fields["province"].widget = forms.HiddenInput()
        self.fields["province"].queryset = offered  # type: ignore[attr-defined]
