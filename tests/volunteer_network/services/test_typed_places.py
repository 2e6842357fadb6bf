"""Sub-districts as people type them."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from volunteer_network.models import Subdistrict
from volunteer_network.services.typed_places import find_subdistrict

WORDS = ["ต.", "ตำบล", "อ.", "จ.", "สุเทพ", "ศรีภูมิ", "เมืองเชียงใหม่", "50200", "500108", "999999", " "]


@pytest.mark.parametrize(
    "typed",
    [
        "สุเทพ",
        " สุเทพ ",
        "ต.สุเทพ",
        "ตำบลสุเทพ",
        "ต. สุเทพ อ. เมืองเชียงใหม่",
        "ต.สุเทพ อ.เมืองเชียงใหม่",
        "ต.สุเทพ อ.เมือง",
        "ตำบลสุเทพ อำเภอเมืองเชียงใหม่ จังหวัดเชียงใหม่",
        "ตำบลสุเทพอำเภอเมืองเชียงใหม่จังหวัดเชียงใหม่",
        "ต.สุเทพ อ.เมืองเชียงใหม่ จ.เชียงใหม่ 50200",
        "สุเทพ เมืองเชียงใหม่",
        "สุเทพ 50200",
        "500108",
        "๕๐๐๑๐๘",
        "สุ\u200bเทพ",
        "Suthep",
    ],
)
def test_one_place_is_found_however_it_is_typed(chiang_mai, typed):
    assert find_subdistrict(typed, province=chiang_mai).pk == 500108


def test_every_suggestion_of_the_form_is_understood(chiang_mai):
    for place in Subdistrict.objects.filter(province=chiang_mai).select_related("district"):
        typed = f"ต.{place.name} อ.{place.district.name}"

        assert find_subdistrict(typed, province=chiang_mai) == place


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("900101", ["ไม่อยู่ในจังหวัดเชียงใหม่", "บ่อยาง", "สงขลา"]),
        ("ต.บ่อยาง อ.เมืองสงขลา", ["ไม่อยู่ในจังหวัดเชียงใหม่", "สงขลา"]),
        ("ไม่มีตำบลนี้", ["ไม่พบตำบล", "ไม่มีตำบลนี้", "เชียงใหม่"]),
        ("500199", ["ไม่พบตำบล", "500199"]),  # no such code, though the province is right
        ("509999", ["ไม่พบตำบล"]),
        ("999999", ["ไม่พบตำบล"]),
        ("00000", ["ไม่พบตำบล", "00000"]),
        ("ต.", ["ไม่พบตำบล"]),
        ("90000", ["ไม่อยู่ในจังหวัดเชียงใหม่"]),
        ("50200", ["ตำบลที่ตรง", "อ.เมืองเชียงใหม่"]),  # a postal code alone fits several
    ],
)
def test_what_does_not_fit_is_refused_with_a_way_to_mend_it(chiang_mai, typed, words):
    with pytest.raises(ValueError, match=words[0]) as refused:
        find_subdistrict(typed, province=chiang_mai)

    assert all(word in str(refused.value) for word in words)


def test_a_name_that_several_places_carry_asks_for_the_district(chiang_mai):
    names = list(Subdistrict.objects.filter(province=chiang_mai).values_list("name", flat=True))
    twice = next(name for name in names if names.count(name) > 1)

    with pytest.raises(ValueError, match="พิมพ์อำเภอด้วย") as refused:
        find_subdistrict(twice, province=chiang_mai)

    assert str(refused.value).count(f"ต.{twice} อ.") == names.count(twice)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=6)), max_size=6).map("".join))
def test_whatever_is_typed_gives_a_place_of_ours_or_a_sentence(chiang_mai, typed):
    try:
        found = find_subdistrict(typed, province=chiang_mai)
    except ValueError:
        return

    assert found.province_id == 50
