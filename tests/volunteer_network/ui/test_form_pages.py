"""What the page of a form tells people and machines, whoever wrote the form, and what it costs."""

import time
from statistics import median

import pytest
from django import forms
from django.contrib.admin.widgets import AdminSplitDateTime
from django.core.exceptions import ImproperlyConfigured
from django.forms.renderers import DjangoTemplates
from django.template import engines

from tests.volunteer_network.ui.sample_forms import VolunteerForm, page_of, typed, whole_page
from volunteer_network.ui.forms import (
    CheckChips,
    LeanSelect,
    LongText,
    PhotoField,
    RadioChips,
    Section,
    SectionedForm,
    ThaiDateField,
    TokenField,
)

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
