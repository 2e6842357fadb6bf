"""A question typed into search or Ctrl K leads to its dashboard, for those who may see it."""

import re
from html import unescape

import pytest

from tests.factories import UserFactory
from volunteer_network.access.roles import Role
from volunteer_network.ui.searching import answer_for

pytestmark = pytest.mark.usefixtures("november")

FIGURES = "ตัวเลขในภาพรวม"


@pytest.fixture
def found(everywhere):
    """Group → hits, in order."""

    def look(user, words):
        with everywhere():
            answer = answer_for(user, words, most=5)
        return {str(group.title): group.hits for group in answer.groups}

    return look


def test_the_dashboard_stands_first_and_says_what_will_open(found, central_officer):
    groups = found(central_officer, "ภาคใต้ ไตรมาส 2 แผน ผล")

    assert next(iter(groups)) == FIGURES
    [hit] = groups[FIGURES]
    assert hit.label == "ภาพรวม ภาคใต้ ไตรมาส 2 ปีงบประมาณ 2569: แผนและผล"
    assert hit.detail == ""
    assert hit.href.endswith("&show=plan#fig-plan")


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("เชียงใหม่ มี.ค. เรื่อง", "ภาพรวม จังหวัดเชียงใหม่ เดือนมีนาคม 2569: เรื่องส่งต่อ"),
        ("อันดามัน ปี 69 งบ", "ภาพรวม กลุ่มจังหวัดภาคใต้ฝั่งอันดามัน ปีงบประมาณ 2569: งบประมาณ"),
        (
            "ไตรมาส 1 ความปลอดภัย",
            "ภาพรวม ทั้งประเทศ ไตรมาส 1 ปีงบประมาณ 2570 งานความปลอดภัยในการทำงาน",
        ),
    ],
)
def test_each_address_opens_with_exactly_those_filters(
    found, client, central_officer, words, label
):
    [hit] = found(central_officer, words)[FIGURES]
    client.force_login(central_officer)
    page = client.get(hit.href.partition("#")[0])

    assert hit.label == label
    assert page.status_code == 200
    assert "chip on bad" not in page.content.decode()


def test_words_that_are_not_used_are_told(found, central_officer):
    [hit] = found(central_officer, "ภาคใต้ ไตรมาส 2 ด่วน")[FIGURES]

    assert hit.detail == "ไม่ได้ใช้คำว่า ด่วน"


def test_a_provincial_officer_is_led_to_the_own_province_only(found, chiang_mai_officer):
    [own] = found(chiang_mai_officer, "ไตรมาส 2 แผน")[FIGURES]
    [named] = found(chiang_mai_officer, "เชียงใหม่ ไตรมาส 2 แผน")[FIGURES]

    assert own.href == named.href
    assert own.href.startswith("/dashboard/50/?")
    for words in ("สงขลา ไตรมาส 2", "ภาคใต้ ไตรมาส 2", "ทั้งประเทศ แผน", "ภาคเหนือ ไตรมาส 2"):
        assert FIGURES not in found(chiang_mai_officer, words)


def test_who_may_not_read_figures_is_led_nowhere(found, partner_officer):
    assert FIGURES not in found(partner_officer, "ภาคใต้ ไตรมาส 2 แผน")


@pytest.mark.parametrize("role", [role for role in Role if role != Role.PARTNER_OFFICER])
def test_what_is_offered_opens(client, chiang_mai, role):
    provincial = role in {Role.MENTOR, Role.PROVINCIAL_HEAD}
    user = UserFactory(
        role=role,
        province=chiang_mai if provincial else None,
        inspection_regions=[15] if role == Role.INSPECTOR else [],
    )
    client.force_login(user)
    palette = {"X-Palette": "1"}
    text = client.get("/search", {"q": "ไตรมาส 1 รายงาน"}, headers=palette).content.decode()
    [address] = re.findall(r'href="(/dashboard/[^"#]*)', text)

    assert client.get(unescape(address)).status_code == 200
