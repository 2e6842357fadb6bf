"""A form with a field of each kind, and the page it is drawn on, read as a browser reads it."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from io import BytesIO

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import engines
from PIL import Image

from volunteer_network.ui.forms import (
    CheckChips,
    LeanSelect,
    LongText,
    NationalIdField,
    PhoneField,
    PlainText,
    RadioChips,
    Section,
    SectionedForm,
    ThaiDateField,
    TokenField,
    VersionField,
)

VALID_ID = "1101700230708"
LEVELS = [("lead", "แกนนำระดับตำบล"), ("net", "เครือข่ายหมู่บ้าน")]
PLACES = [("", "เลือก"), ("ภาคเหนือ", [("50", "เชียงใหม่"), ("57", "เชียงราย")]), ("90", "สงขลา")]


class VolunteerForm(SectionedForm, forms.Form):
    submit_label = "บันทึก อสร. 1 คน"
    sections = (
        Section("ตัวบุคคล", (("first_name", "last_name"), ("national_id", "born_on"), "level")),
        Section("ติดต่อ", (("phone", "province"), "skills", "note"), note="ใช้ติดต่อเรื่องงานเท่านั้น"),
    )
    first_name = forms.CharField(label="ชื่อ", max_length=10)
    last_name = forms.CharField(label="สกุล", widget=PlainText())
    national_id = NationalIdField(label="เลขประจำตัวประชาชน")
    born_on = ThaiDateField(label="วันเกิด", with_age=True)
    level = forms.ChoiceField(label="ระดับ", choices=LEVELS, widget=RadioChips)
    phone = PhoneField(label="โทรศัพท์", required=False)
    province = forms.ChoiceField(label="จังหวัด", choices=PLACES, widget=LeanSelect)
    skills = forms.MultipleChoiceField(
        label="ความถนัด", choices=LEVELS, widget=CheckChips, required=False
    )
    note = forms.CharField(label="หมายเหตุ", widget=LongText(rows=3), required=False)
    version = VersionField(initial="7")
    token = TokenField()


TYPED = {
    "first_name": "สุภาพร",
    "last_name": "แก้วประเสริฐ",
    "national_id": VALID_ID,
    "born_on": "3/12/2513",
    "level": "net",
    "phone": "0812345678",
    "province": "57",
    "skills": ["lead"],
    "note": "\nบรรทัดที่สอง",
    "version": "7",
    "token": "6f1c2f6e-3e0b-4c58-9f0c-5d3a7e0d1b11",
}


def typed(**changes):
    return {name: value for name, value in {**TYPED, **changes}.items() if value is not None}


def whole_page(form):
    template = engines["django"].from_string("{% load crispy_forms_tags %}{% crispy form %}")
    return template.render({"form": form, "csrf_token": "secret"})


@dataclass
class Page(HTMLParser):
    """Every start tag of the page with its attributes, in order."""

    tags: list = field(default_factory=list)

    def __post_init__(self):
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def of(self, *names):
        return [attrs for tag, attrs in self.tags if tag in names]

    @property
    def ids(self):
        return [attrs["id"] for _, attrs in self.tags if "id" in attrs]

    def control(self, name):
        return next(a for a in self.of("input", "select", "textarea") if a.get("name") == name)


def page_of(html):
    page = Page()
    page.feed(html)
    return page


def picture(name="a.png", kind="PNG"):
    content = BytesIO()
    Image.new("RGB", (8, 8)).save(content, kind)
    return SimpleUploadedFile(name, content.getvalue())
