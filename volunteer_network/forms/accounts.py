"""Signing in, the second factor, and what people change on their own account."""

from typing import Any, ClassVar

from allauth.account import forms as allauth_forms
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from volunteer_network.accounts import PASSWORD_HELP, check_password_strength
from volunteer_network.models import User
from volunteer_network.ui.forms import PhoneField, PlainText, Section, SectionedForm, VersionField

DEMO_PASSWORD = "demo-{username}"  # noqa: S105 - printed on the sign-in page of a demo site


def _dress(field: forms.Field, label: Any, help_text: Any = "") -> None:
    """Our words for a field of allauth; a placeholder would repeat the label."""
    field.label, field.help_text = label, help_text
    field.widget.attrs.pop("placeholder", None)


class SignInForm(SectionedForm, allauth_forms.LoginForm):  # type: ignore[misc]  # allauth is untyped
    purpose = _("เข้าสู่ระบบ")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress(self.fields["login"], _("ชื่อผู้ใช้"))
        _dress(self.fields["password"], _("รหัสผ่าน"))
        self.fields["login"].widget.attrs.update(autocapitalize="none", spellcheck="false")
        self._fill_in_demo()

    def _fill_in_demo(self) -> None:
        """A demo site fills in the sign-in that was pressed; its passwords are no secret."""
        username = self.request.GET.get("login", "") if self.request else ""
        if settings.DEMO and username and not self.is_bound:
            self.initial["login"] = username
            self.initial["password"] = DEMO_PASSWORD.format(username=username)
            self.fields["password"].widget = forms.PasswordInput(
                {"autocomplete": "current-password"}, render_value=True
            )


class PasswordAgainForm(SectionedForm, allauth_forms.ReauthenticateForm):  # type: ignore[misc]
    purpose = _("ทำต่อ")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress(self.fields["password"], _("รหัสผ่านปัจจุบัน"))


class NewPasswordForm(SectionedForm, allauth_forms.ChangePasswordForm):  # type: ignore[misc]
    sections = (Section("", ("oldpassword", "password1", "password2")),)
    purpose = _("เปลี่ยนรหัสผ่าน")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress(self.fields["oldpassword"], _("รหัสผ่านปัจจุบัน"))
        _dress(self.fields["password1"], _("รหัสผ่านใหม่"), PASSWORD_HELP)
        _dress(self.fields["password2"], _("รหัสผ่านใหม่อีกครั้ง"))

    def clean(self) -> dict[str, Any] | None:
        """allauth compares the two in English words."""
        cleaned = forms.Form.clean(self)
        refuse_different(self)
        return cleaned


class _OneCode(SectionedForm):
    purpose = _("ทำต่อ")
    help_on_code: Any = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress(self.fields["code"], _("รหัส 6 หลักจากแอป"), self.help_on_code)
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class CodeForm(_OneCode, mfa_forms.AuthenticateForm):  # type: ignore[misc]
    help_on_code = _("ไม่มีโทรศัพท์อยู่กับตัว ใช้รหัสสำรอง 8 หลักแทนได้ แต่ละรหัสใช้ครั้งเดียว")


class CodeAgainForm(_OneCode, mfa_forms.ReauthenticateForm):  # type: ignore[misc]
    help_on_code = CodeForm.help_on_code


class FirstCodeForm(_OneCode, ActivateTOTPForm):  # type: ignore[misc]
    help_on_code = _("รหัสเปลี่ยนทุก 30 วินาที พิมพ์รหัสที่เห็นในแอปตอนนี้")


class InvitedPasswordForm(SectionedForm, forms.Form):
    """The first password, or a new one, of whoever holds the link."""

    purpose = _("ตั้งรหัสผ่าน")
    password1 = forms.CharField(
        label=_("รหัสผ่าน"),
        help_text=PASSWORD_HELP,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=_("รหัสผ่านอีกครั้ง"),
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_password1(self) -> str:
        password: str = self.cleaned_data["password1"]
        check_password_strength(password, self.user)
        return password

    def clean(self) -> dict[str, Any]:
        refuse_different(self)
        return {"password": self.cleaned_data.get("password1", "")}


def refuse_different(form: forms.Form) -> None:
    first, second = (form.cleaned_data.get(name) for name in ("password1", "password2"))
    if first and second and first != second:
        form.add_error("password2", _("สองช่องไม่ตรงกัน พิมพ์รหัสผ่านใหม่ให้เหมือนกันทั้งสองช่อง"))


class ContactForm(SectionedForm, forms.Form):
    """One's own name and contact."""

    sections: ClassVar[tuple[Section, ...]] = (
        Section(_("ชื่อและตำแหน่ง"), (("title", "first_name", "last_name"), "position")),
        Section(_("ติดต่อ"), (("phone", "email"),)),
    )
    submit_label = _("บันทึกข้อมูลของฉัน")

    title = forms.CharField(
        label=_("คำนำหน้า"), max_length=40, required=False, widget=PlainText, strip=True
    )
    first_name = forms.CharField(label=_("ชื่อ"), max_length=80, widget=PlainText)
    last_name = forms.CharField(label=_("สกุล"), max_length=80, widget=PlainText)
    position = forms.CharField(
        label=_("ตำแหน่ง"),
        max_length=120,
        required=False,
        widget=PlainText,
        help_text=_("เช่น นักวิชาการแรงงานชำนาญการ"),
    )
    phone = PhoneField(label=_("โทรศัพท์"), required=False)
    email = forms.EmailField(
        label=_("อีเมล"),
        required=False,
        help_text=_("ใช้ส่งลิงก์ตั้งรหัสผ่าน ไม่แสดงให้จังหวัดอื่นเห็น"),
    )


class OwnContactForm(ContactForm):
    """The same on one's own page, where the administrator may have been quicker."""

    version = VersionField()
