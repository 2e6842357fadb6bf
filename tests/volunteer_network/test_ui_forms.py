"""How forms look and behave: what is read, what is said back, what is never lost."""

import time
from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser
from io import BytesIO
from statistics import median
from uuid import UUID

import pytest
from django import forms
from django.contrib.admin.widgets import AdminSplitDateTime
from django.core.exceptions import ImproperlyConfigured
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.forms.renderers import DjangoTemplates
from django.http import QueryDict
from django.template import engines
from django.test import RequestFactory
from PIL import Image

from tests.factories import UserFactory, VolunteerFactory
from volunteer_network import national_id
from volunteer_network.access.roles import Role
from volunteer_network.errors import RuleViolation
from volunteer_network.models import Province
from volunteer_network.ui.forms import (
    CheckChips,
    CountField,
    FilterForm,
    LeanSelect,
    LongText,
    NationalIdField,
    PhoneField,
    PhotoField,
    PhotosField,
    PlainText,
    RadioChips,
    SearchChips,
    SearchSelect,
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


# What the page tells people and machines


def test_every_control_has_a_label_and_every_id_is_unique():
    page = page_of(whole_page(VolunteerForm()))

    controls = [c for c in page.of("input", "select", "textarea") if c.get("type") != "hidden"]
    labelled = {label["for"] for label in page.of("label")}
    assert len(controls) == 11
    assert {control["id"] for control in controls} == labelled
    assert len(page.ids) == len(set(page.ids))


@pytest.mark.parametrize("form", [VolunteerForm(), VolunteerForm({}), VolunteerForm(typed())])
def test_whatever_describes_a_control_exists(form):
    page = page_of(whole_page(form))

    named = {
        name
        for _, attrs in page.tags
        for key in ("aria-describedby", "aria-labelledby")
        for name in attrs.get(key, "").split()
    }
    assert named <= set(page.ids)


def test_a_group_of_choices_is_named_and_described_as_a_group():
    page = page_of(whole_page(VolunteerForm({})))

    groups = {div["id"]: div for div in page.of("div") if "role" in div and "id" in div}
    assert groups["id_level"]["role"] == "radiogroup"
    assert groups["id_level"]["aria-labelledby"] == "id_level_label"
    assert groups["id_level"]["aria-describedby"] == "id_level_error"
    assert groups["id_level"]["aria-invalid"] == "true"
    assert groups["id_skills"]["role"] == "group"


def test_only_what_may_stay_empty_says_so():
    html = str(VolunteerForm())

    assert html.count("(ไม่บังคับ)") == 3
    assert 'for="id_phone">โทรศัพท์ <span class="opt">(ไม่บังคับ)</span>' in html


def test_sections_are_numbered_and_a_row_of_two_shares_the_width():
    html = str(VolunteerForm())

    assert '<legend id="s1"><span class="no">1 จาก 2</span>ตัวบุคคล</legend>' in html
    assert '<legend id="s2"><span class="no">2 จาก 2</span>ติดต่อ</legend>' in html
    assert '<p class="intro">ใช้ติดต่อเรื่องงานเท่านั้น</p>' in html
    assert '<div class="f"><label for="id_first_name">' in html
    assert '<div class="f w6"><label for="id_note">' in html


def test_a_single_section_has_no_number():
    class Short(SectionedForm, forms.Form):
        reason = forms.CharField(label="เหตุผล")

    assert "จาก" not in str(Short())
    assert 'name="reason"' in str(Short())


def test_a_field_taken_away_leaves_no_gap():
    form = VolunteerForm()
    for name in ("phone", "province", "skills", "note"):
        del form.fields[name]

    assert [section.title for section in form.shown_sections] == ["ตัวบุคคล"]


def test_a_forgotten_field_and_an_unknown_name_stop_the_page():
    class Wrong(SectionedForm, forms.Form):
        sections = (Section("ก", ("a", "tpyo")),)
        a = forms.CharField()
        b = forms.CharField()

    with pytest.raises(ImproperlyConfigured, match=r"unknown \['tpyo'\], forgotten \['b'\]"):
        str(Wrong())


def test_the_whole_form_protects_itself_and_its_first_button_saves():
    html = whole_page(VolunteerForm())

    page = page_of(html)
    [form] = page.of("form")
    assert form == {"class": "stack", "novalidate": None, "method": "post"}
    assert page.control("csrfmiddlewaretoken")["value"] == "secret"
    first, seen = page.of("button")
    assert first == {"type": "submit", "hidden": None}  # the one that Enter presses
    assert seen["class"] == "btn btn-primary"
    assert ">บันทึก อสร. 1 คน</button>" in html


def test_a_form_with_files_is_sent_in_parts():
    class WithPhoto(SectionedForm, forms.Form):
        photo = PhotoField(label="รูป")

    page = page_of(whole_page(WithPhoto()))

    assert page.of("form")[0]["enctype"] == "multipart/form-data"
    assert page.control("photo")["accept"] == "image/jpeg,image/png,image/webp"
    assert "10 MB" in str(WithPhoto())


def test_the_contents_say_what_is_left_to_mend():
    form = VolunteerForm(typed(first_name="", phone="x"))

    assert '<a href="#s1">1 ตัวบุคคล<span class="end st bad">แก้ 1 ช่อง</span></a>' in form.toc


# Nothing anybody writes becomes markup


EVIL = '"><script>alert(1)</script>'


def test_hostile_text_stays_text_wherever_it_stands():
    class Hostile(SectionedForm, forms.Form):
        sections = (Section(EVIL, ("text", "long", "one", "some", "select", "stock"), note=EVIL),)
        text = forms.CharField(label=EVIL, help_text=EVIL)
        long = forms.CharField(label=EVIL, widget=LongText())
        one = forms.ChoiceField(label=EVIL, choices=[(EVIL, EVIL)], widget=RadioChips)
        some = forms.MultipleChoiceField(label=EVIL, choices=[(EVIL, EVIL)], widget=CheckChips)
        select = forms.ChoiceField(
            label=EVIL, choices=[(EVIL, [(EVIL, EVIL)])], widget=LeanSelect({"data-x": EVIL})
        )
        stock = forms.ChoiceField(label=EVIL, choices=[(EVIL, [(EVIL, EVIL)])])
        token = TokenField()

    names = ("text", "long", "one", "some", "select", "stock", "token")
    form = Hostile(dict.fromkeys(names, EVIL))
    form.say("long", EVIL)
    form.add_error(None, EVIL)
    form.add_error("text", EVIL)

    html = whole_page(form) + form.toc

    assert "<script" not in html
    assert html.count("&lt;script&gt;") > 25


# Mistakes


def test_the_summary_counts_the_fields_and_links_to_each():
    form = VolunteerForm(typed(first_name="", born_on="ไม่รู้"))

    html = whole_page(form)

    page = page_of(html)
    [summary] = page.of("section")
    assert (summary["role"], summary["tabindex"]) == ("alert", "-1")
    assert ">แก้ 2 ช่องก่อนบันทึก</h2>" in html
    targets = [link["href"] for link in page.of("a")]
    assert targets == ["#id_first_name", "#id_born_on"]
    assert {target[1:] for target in targets} <= set(page.ids)
    assert "ชื่อ: กรอกช่องนี้</a>" in html


def test_a_mistake_is_marked_and_described_at_its_field():
    page = page_of(whole_page(VolunteerForm(typed(first_name=""))))

    control = page.control("first_name")
    assert control["aria-invalid"] == "true"
    assert control["aria-describedby"] == "id_first_name_error"
    assert "aria-invalid" not in page.control("last_name")


def test_nothing_that_was_typed_is_lost():
    form = VolunteerForm(
        typed(first_name="", born_on="32 ธ.ค. 63", phone="๐๘๑", national_id="3-1006-00458-21-0")
    )

    html = whole_page(form)

    page = page_of(html)
    assert page.control("born_on")["value"] == "32 ธ.ค. 63"
    assert page.control("phone")["value"] == "๐๘๑"
    assert page.control("national_id")["value"] == "3-1006-00458-21-0"
    assert page.control("last_name")["value"] == "แก้วประเสริฐ"
    assert page.control("version")["value"] == "7"
    assert page.control("token")["value"] == TYPED["token"]
    assert "\n\nบรรทัดที่สอง</textarea>" in html  # the parser drops the first of the two
    assert '<option value="57" selected>เชียงราย</option>' in html
    checked = [box["id"] for box in page.of("input") if "checked" in box]
    assert checked == ["id_level_1", "id_skills_0"]


def test_a_valid_national_id_survives_a_mistake_elsewhere():
    page = page_of(whole_page(VolunteerForm(typed(first_name=""))))

    assert page.control("national_id")["value"] == VALID_ID


def test_a_file_that_the_browser_forgets_is_asked_for_again():
    class WithPhoto(SectionedForm, forms.Form):
        name = forms.CharField(label="ชื่อ")
        photo = PhotoField(label="รูป")

    form = WithPhoto({}, {"photo": picture()})

    assert 'class="echo doubt"' in str(form)
    assert "เลือก a.png อีกครั้ง" in str(form)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("first_name", "", "กรอกช่องนี้"),
        ("first_name", "ก" * 11, "ย่อให้เหลือไม่เกิน 10 ตัวอักษร ตอนนี้ 11"),
        ("level", "", "เลือกหนึ่งรายการ"),
        ("level", "king", "เลือกจากรายการที่มีให้"),
        ("province", "5\x000", "เลือกจากรายการที่มีให้"),
        ("skills", ["lead", "x"], "เลือกจากรายการที่มีให้"),
        ("token", "x", "แบบนี้มาไม่ครบ เปิดหน้านี้ใหม่แล้วลองอีกครั้ง"),
        ("version", "", "แบบนี้มาไม่ครบ เปิดหน้านี้ใหม่แล้วลองอีกครั้ง"),
    ],
)
def test_messages_are_ours(name, value, message):
    form = VolunteerForm(typed(**{name: value}))

    assert form.errors == {name: [message]}
    assert message in str(form)


def test_a_forms_own_wording_stays():
    class Own(SectionedForm, forms.Form):
        why = forms.CharField(error_messages={"required": "บอกเหตุผลก่อนเปิดดู"})

    assert Own({}).errors == {"why": ["บอกเหตุผลก่อนเปิดดู"]}


# Doing what was asked


def test_perform_hands_the_clean_values_to_the_service_and_returns_its_row():
    form = VolunteerForm(typed())
    assert form.is_valid(), form.errors

    given = form.perform(lambda **values: values, by="officer")

    assert given["born_on"] == date(1970, 12, 3)
    assert given["national_id"] == VALID_ID
    assert given["token"] == UUID(TYPED["token"])
    assert given["by"] == "officer"


@pytest.mark.parametrize(
    ("about", "marked"), [("level", "level"), (None, "__all__"), ("x", "__all__")]
)
def test_a_refusal_is_marked_where_it_belongs(about, marked):
    form = VolunteerForm(typed())
    assert form.is_valid()

    def refuse(**_values):
        raise RuleViolation("ตำบลนี้มีแกนนำแล้ว", field=about)

    assert form.perform(refuse) is None
    assert form.errors == {marked: ["ตำบลนี้มีแกนนำแล้ว"]}
    assert "ตำบลนี้มีแกนนำแล้ว" in whole_page(form)


def test_a_refusal_of_the_whole_has_a_heading_that_fits():
    form = VolunteerForm(typed())
    form.add_error(None, "ปิดรับแล้ว")

    assert form.summary_title == "ยังบันทึกไม่ได้"


def test_an_unnamed_refusal_of_the_database_is_a_bug():
    form = VolunteerForm(typed())
    assert form.is_valid()

    def fail(**_values):
        raise IntegrityError("something else")

    with pytest.raises(IntegrityError):
        form.perform(fail)


class IndexForm(SectionedForm, forms.Form):
    national_id_index = forms.CharField(label="เลขประจำตัวประชาชน")


class NumberForm(SectionedForm, forms.Form):
    constraint_fields = {"one_service_at_a_time": "number"}
    number = forms.CharField(label="เลขประจำตัวประชาชน")


@pytest.mark.parametrize(
    ("form_class", "name"), [(IndexForm, "national_id_index"), (NumberForm, "number")]
)
def test_a_named_rule_of_the_database_is_marked_at_its_field(db, form_class, name):
    first = VolunteerFactory()
    form = form_class({name: "x"})
    assert form.is_valid()

    @transaction.atomic
    def register(**_values):
        return VolunteerFactory(national_id_index=first.national_id_index)

    assert form.perform(register) is None
    assert form.errors == {name: ["เลขประจำตัวนี้มีในทะเบียนแล้ว"]}


def test_a_named_rule_about_no_field_of_the_form_is_marked_on_the_whole(db):
    form = NumberForm({"number": "1"})
    assert form.is_valid()

    @transaction.atomic
    def enrol(**_values):
        return UserFactory(role=Role.MENTOR, province=None)

    assert form.perform(enrol) is None
    assert form.errors == {"__all__": ["บทบาทระดับจังหวัดต้องมีจังหวัด บทบาทอื่นไม่มีจังหวัด"]}


def test_a_named_rule_without_a_sentence_is_a_bug(db):
    first = VolunteerFactory()
    form = NumberForm({"number": "1"})
    assert form.is_valid()

    @transaction.atomic
    def register(**_values):
        return VolunteerFactory(number=first.number)

    with pytest.raises(IntegrityError, match="one_volunteer_per_number"):
        form.perform(register)


def test_a_choice_of_rows_is_limited_to_those_offered(db):
    class PlaceForm(SectionedForm, forms.Form):
        province = forms.ModelChoiceField(Province.objects.none(), label="จังหวัด")

    def opened(data=None):
        form = PlaceForm(data)
        form.offer("province", Province.objects.filter(pk=50))
        return form

    page = page_of(str(opened()))
    assert [option["value"] for option in page.of("option")] == ["", "50"]
    assert ">เลือก</option>" in str(opened())
    assert opened({"province": "50"}).is_valid()
    assert opened({"province": "90"}).errors == {"province": ["เลือกจากรายการที่มีให้"]}


@pytest.mark.parametrize("sent", ["เชียง\x00ใหม่", "9" * 40, "x"])
def test_a_row_that_no_page_offers_is_refused_and_never_an_error_page(db, sent):
    class Nearby(FilterForm):
        key = forms.ModelChoiceField(Province.objects.all())
        name = forms.ModelChoiceField(Province.objects.all(), to_field_name="name")
        names = forms.ModelMultipleChoiceField(Province.objects.all(), to_field_name="name")

    form = Nearby({"key": sent, "name": sent, "names": sent})

    refusal = ["เลือกจากรายการที่มีให้"]
    assert form.errors == {"key": refusal, "name": refusal, "names": refusal}


# Fields


def clean(form_field, value):
    Form = type("Form", (SectionedForm, forms.Form), {"x": form_field})
    form = Form({"x": value})
    return form.cleaned_data["x"] if form.is_valid() else form.errors["x"][0]


NAMES = [(str(number), f"นายคนที่ {number} ก้อนทอง · ต.บ้านกรด") for number in range(1, 14)]


class GuestForm(SectionedForm, forms.Form):
    where = forms.CharField(label="ที่ไหน")
    guests = forms.MultipleChoiceField(label="ใคร", choices=NAMES, widget=SearchChips)
    chair = forms.ChoiceField(label="ประธาน", choices=[("", "เลือก"), *NAMES], widget=SearchSelect)


def test_a_choice_among_many_has_a_field_that_narrows_it():
    html = GuestForm()["guests"].as_widget()

    assert 'name="guests_find"' in html
    assert "แสดง 13 จาก 13 เลือกแล้ว 0" in html
    # Enter in any field saves: the button that looks up is not the first.
    assert html.index('<button type="submit" hidden>') < html.index('name="look_up"')


def test_a_choice_among_few_needs_no_search(monkeypatch):
    monkeypatch.setattr(SearchChips, "few", 13)

    assert "guests_find" not in GuestForm()["guests"].as_widget()


def test_looking_up_keeps_what_was_typed_and_taken_and_judges_nothing():
    sent = QueryDict("where=&guests=2&chair=&guests_find=คนที 13 กอนทอง&look_up=guests")
    form = GuestForm(sent)

    assert not form.is_valid()
    assert not form.errors
    html = form["guests"].as_widget()
    assert [value for value, _name in NAMES if f'value="{value}"' in html] == ["2", "13"]
    assert "แสดง 2 จาก 13 เลือกแล้ว 1" in html


def test_narrowing_is_no_limit_of_what_may_be_sent():
    sent = QueryDict("where=วัด&guests=2&guests=5&chair=3&guests_find=13")

    form = GuestForm(sent)

    assert form.is_valid()
    assert form.cleaned_data["guests"] == ["2", "5"]


def test_one_of_many_is_a_plain_list_for_whoever_has_no_script():
    html = GuestForm()["chair"].as_widget()

    assert html.startswith('<select name="chair" data-pick="พิมพ์ชื่อหรือตำบล"')
    assert html.count("<option") == 14


@pytest.mark.parametrize(
    ("value", "result"),
    [
        ("12", 12),
        ("๑,๒๕๐", 1250),
        (" 1,250 ", 1250),
        ("0", 0),
        ("-1", "กรอกตั้งแต่ 0 ขึ้นไป"),
        ("1,5", "กรอกเป็นจำนวนเต็ม เช่น 12 หรือ 1,250"),
        ("12.5", "กรอกเป็นจำนวนเต็ม เช่น 12 หรือ 1,250"),
        ("9" * 5000, "กรอกเป็นจำนวนเต็ม เช่น 12 หรือ 1,250"),
        ("5000", "กรอกไม่เกิน 2000 ถ้ามากกว่านี้จริง ให้ตรวจตัวเลขอีกครั้ง"),
        ("", "กรอกช่องนี้"),
    ],
)
def test_a_count_is_read_as_people_write_it(value, result):
    assert clean(CountField(max_value=2000), value) == result


@pytest.mark.parametrize("value", ["3/12/2563", "3 ธ.ค. 2563", "3/12/2020"])
def test_a_date_is_read_in_either_era(value):
    assert clean(ThaiDateField(), value) == date(2020, 12, 3)


def test_a_date_has_its_limits():
    field = ThaiDateField(earliest=date(2020, 1, 1), latest=lambda: date(2020, 12, 31))

    assert clean(field, "31/12/2562").startswith("ใช้วันที่ตั้งแต่ 1 ม.ค. 2563")
    assert clean(field, "1/1/2564") == "ใช้วันที่ไม่เกิน 31 ธ.ค. 2563"
    assert clean(field, "31/12/2563") == date(2020, 12, 31)


def test_a_date_is_said_back_in_words_and_stays_as_typed(time_machine):
    time_machine.move_to("2026-11-23 09:00+07:00")
    form = VolunteerForm(typed(born_on="3/12/1970"))

    html = str(form)

    assert "พฤหัสบดี 3 ธันวาคม 2513 อายุ 55 ปี</p>" in html
    control = page_of(html).control("born_on")
    assert control["value"] == "3/12/1970"
    assert control["data-date-echo"] == "age"
    assert control["inputmode"] == "text"
    assert control["autocomplete"] == "off"


def test_a_stored_date_opens_in_thai():
    form = VolunteerForm(initial={"born_on": date(1970, 12, 3)})

    assert page_of(str(form)).control("born_on")["value"] == "3 ธ.ค. 2513"


def test_a_stored_national_id_never_returns_to_the_page_and_may_stay():
    form = VolunteerForm(initial={"national_id": VALID_ID})
    html = whole_page(form)
    assert VALID_ID not in html
    assert "value" not in page_of(html).control("national_id")
    assert "required" not in page_of(html).control("national_id")
    assert f"เก็บไว้แล้ว {national_id.mask(VALID_ID)} เว้นว่างถ้าไม่เปลี่ยน" in html

    kept = VolunteerForm(typed(national_id=""), initial={"national_id": VALID_ID})

    assert kept.is_valid(), kept.errors
    assert kept.cleaned_data["national_id"] == ""
    assert "national_id" not in kept.changed_data
    assert VALID_ID not in whole_page(kept)


def test_a_new_form_has_a_token_of_its_own():
    one, other = (page_of(str(VolunteerForm())).control("token")["value"] for _ in range(2))

    assert UUID(one) != UUID(other)


def picture(name="a.png", kind="PNG"):
    content = BytesIO()
    Image.new("RGB", (8, 8)).save(content, kind)
    return SimpleUploadedFile(name, content.getvalue())


def test_a_photo_is_judged_by_its_content():
    class WithPhoto(forms.Form):
        photo = PhotoField()

    good = WithPhoto({}, {"photo": picture()})
    assert good.is_valid(), good.errors
    assert good.cleaned_data["photo"].extension == "png"

    bad = WithPhoto({}, {"photo": SimpleUploadedFile("a.png", b"MZ, a program")})
    assert "ไม่ใช่ภาพ" in bad.errors["photo"][0]


def test_several_photos_are_cleaned_each_and_counted():
    class WithPhotos(SectionedForm, forms.Form):
        photos = PhotosField(most=2)

    def sent(count):
        files = QueryDict(mutable=True)
        files.setlist("photos", [picture() for _ in range(count)])
        return WithPhotos({}, files)

    form = sent(2)
    assert form.is_valid(), form.errors
    assert [photo.width for photo in form.cleaned_data["photos"]] == [8, 8]
    assert sent(3).errors == {"photos": ["เลือกไม่เกิน 2 ภาพในครั้งเดียว ตอนนี้ 3"]}
    assert sent(0).errors == {"photos": ["เลือกไฟล์"]}


# Filters


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


# Forms that others wrote


def test_forms_of_other_packages_get_our_fields_too():
    class Foreign(forms.Form):
        login = forms.CharField(label="ชื่อผู้ใช้", help_text="เช่น mentor.chiangmai")

    html = str(Foreign({}))

    assert '<div class="f bad"><label for="id_login">ชื่อผู้ใช้</label>' in html
    control = page_of(html).control("login")
    assert control["class"] == "form-control"
    assert control["aria-describedby"] == "id_login_error id_login_helptext"


def test_a_widget_without_a_lean_template_is_drawn_by_django():
    class Admins(forms.Form):
        at = forms.SplitDateTimeField(widget=AdminSplitDateTime())
        on = forms.DateField(widget=forms.SelectDateWidget(years=[2026]))

    html = str(Admins())

    assert 'name="at_0"' in html
    assert 'name="on_year"' in html


# Cost


def test_a_form_costs_at_most_seven_tenths_of_djangos_own_templates():
    """Twenty fields, 77 provinces among them; medians of pairs, taken in turns."""
    provinces = [(str(number), f"จังหวัดที่ {number}") for number in range(77)]
    twelve = provinces[:12]

    def twenty(select, radio, day):
        texts = {
            f"text{n}": forms.CharField(label="ข้อความ", help_text="ตัวอย่าง", max_length=99)
            for n in range(10)
        }
        return texts | {
            "province": forms.ChoiceField(choices=provinces, widget=select),
            "kind": forms.ChoiceField(choices=twelve, widget=select),
            "sex": forms.ChoiceField(choices=twelve[:3], widget=radio),
            "level": forms.ChoiceField(choices=twelve[:3], widget=radio),
            "note": forms.CharField(widget=forms.Textarea),
            **{f"day{n}": day(label="วันที่", help_text="เช่น 3 ธ.ค. 2563") for n in range(3)},
            **{f"count{n}": forms.IntegerField(label="จำนวน") for n in range(2)},
        }

    stock = twenty(forms.Select, forms.RadioSelect, forms.DateField)
    Plain = type("Plain", (forms.Form,), stock | {"default_renderer": DjangoTemplates()})
    Ours = type("Ours", (SectionedForm, forms.Form), twenty(LeanSelect, RadioChips, ThaiDateField))
    fields = "{% for field in form %}{{ field.as_field_group }}{% endfor %}"
    plain_page = engines["django"].from_string(f"<form>{fields}</form>")
    data = dict.fromkeys(stock, "1") | {"text0": "", "day0": "3/12/2563"}

    def cost(draw, form_class):
        began = time.process_time()
        for _ in range(4):
            draw(form_class(data))
        return time.process_time() - began

    def draw_plain(form):
        return plain_page.render({"form": form})

    cost(whole_page, Ours), cost(draw_plain, Plain)
    ratios = [cost(whole_page, Ours) / cost(draw_plain, Plain) for _ in range(7)]

    assert median(ratios) <= 0.7
