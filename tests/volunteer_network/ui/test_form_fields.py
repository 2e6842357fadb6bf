"""Fields of forms: counts, dates, choices among many, national ids, photos."""

from datetime import date
from uuid import UUID

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict

from tests.volunteer_network.ui.sample_forms import (
    VALID_ID,
    VolunteerForm,
    page_of,
    picture,
    typed,
    whole_page,
)
from volunteer_network import national_id
from volunteer_network.ui.forms import (
    CountField,
    PhotoField,
    PhotosField,
    SearchChips,
    SearchSelect,
    SectionedForm,
    ThaiDateField,
)


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
