"""What a form says of mistakes, and of what the service or the database refuses."""

from datetime import date
from uuid import UUID

import pytest
from django import forms
from django.db import IntegrityError, transaction

from tests.factories import UserFactory, VolunteerFactory
from tests.volunteer_network.ui.sample_forms import (
    TYPED,
    VALID_ID,
    VolunteerForm,
    page_of,
    picture,
    typed,
    whole_page,
)
from volunteer_network.access.roles import Role
from volunteer_network.errors import RuleViolation
from volunteer_network.models import Province
from volunteer_network.ui.forms import FilterForm, PhotoField, SectionedForm

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
