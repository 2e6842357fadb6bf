"""The words by which people name places, work and figures when they ask for a number.

`ANYWHERE` are long enough to be found inside a run of letters without spaces; `ALONE` would be
found inside other words and names, and count only between spaces.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from volunteer_network.enums import Category
from volunteer_network.known_places import known_offices
from volunteer_network.thai_text import normalise

NATION, REGION, CLUSTER, PROVINCE, WORK, FIGURE = (
    *("nation", "region", "cluster", "province", "work", "figure"),
)
SHORTEST_INSIDE: Final = 5  # letters of a name that is looked for inside a run of letters


class Meaning(NamedTuple):
    kind: str
    value: str


@dataclass(frozen=True)
class AskedFigure:
    """A figure that can be asked for; `name` is that of its definition and of its anchor."""

    name: str
    label: str | Promise
    shown: str  # the measure of the map beside it; "" where the map knows none
    inside: tuple[str, ...]
    alone: tuple[str, ...] = ()


FIGURES: Final = (
    AskedFigure(
        *("plan", _("แผนและผล"), "plan"),
        ("แผนและผล", "แผนผล", "แผน/ผล", "ผลต่อแผน", "ผลตามแผน", "ตามแผน", "เป้าหมาย", "แผน"),
        ("ผล", "เป้า"),
    ),
    AskedFigure(
        *("people", _("ผู้รับบริการ"), "people"), ("ผู้รับบริการ", "ช่วยเหลือ", "ถึงประชาชน"), ("คน",)
    ),
    AskedFigure(
        *("budget", _("งบประมาณ"), "disbursed"), ("งบประมาณ", "เบิกจ่าย", "งบจัดสรร"), ("งบ", "เงิน")
    ),
    AskedFigure(*("cases", _("เรื่องส่งต่อ"), "served"), ("เรื่องส่งต่อ", "ได้รับบริการ"), ("เรื่อง", "เคส")),
    AskedFigure("steps", _("ชี้เป้า คัดกรอง ส่งต่อ"), "people", ("ชี้เป้า", "คัดกรอง", "ส่งต่อ")),
    AskedFigure("reports", _("รายงานประจำเดือน"), "on-time", ("รายงาน", "ทันกำหนด")),
    AskedFigure("seminars", _("เข้าสัมมนา"), "attended", ("สัมมนา",)),
    AskedFigure(
        *("places", _("ตำบลที่มี อสร."), "covered"), ("ครอบคลุม", "ตำบลว่าง", "ตำบลที่มี"), ("ตำบล", "ว่าง")
    ),
)
FIGURE_NAMED: Final = {figure.name: figure for figure in FIGURES}

_OTHER_NAMES: Final = {
    "โคราช": "นครราชสีมา", "อยุธยา": "พระนครศรีอยุธยา", "ประจวบ": "ประจวบคีรีขันธ์",
    "แปดริ้ว": "ฉะเชิงเทรา", "อุบลฯ": "อุบลราชธานี", "อุบล": "อุบลราชธานี", "อุดร": "อุดรธานี",
    "สุราษฎร์": "สุราษฎร์ธานี", "นครศรีฯ": "นครศรีธรรมราช", "หนองบัว": "หนองบัวลำภู",
}  # fmt: skip
_OTHER_REGIONS: Final = {"อีสาน": "ภาคตะวันออกเฉียงเหนือ", "ภาคอีสาน": "ภาคตะวันออกเฉียงเหนือ"}
_OTHER_CLUSTERS: Final = {
    "ชายแดนใต้": "ภาคใต้ชายแดน", "จังหวัดชายแดนภาคใต้": "ภาคใต้ชายแดน",
    "อันดามัน": "ภาคใต้ฝั่งอันดามัน", "อ่าวไทย": "ภาคใต้ฝั่งอ่าวไทย",
}  # fmt: skip
_OTHER_WORK: Final = {
    Category.JOB_PLACEMENT: ("หางาน", "ตำแหน่งงานว่าง", "จัดหางาน"),
    Category.OVERSEAS_WORK: ("ไปทำงานต่างประเทศ", "ต่างประเทศ", "หลอกลวง"),
    Category.FOREIGN_WORKERS: ("ต่างด้าว",),
    Category.HOME_WORKERS: ("รับงานไปทำที่บ้าน",),
    Category.SKILL_TEST: ("มาตรฐานฝีมือ",),
    Category.SAFETY: ("ความปลอดภัย",),
    Category.SOCIAL_SECURITY: ("ประกันสังคม", "มาตรา 33", "มาตรา 39", "มาตรา 40"),
    Category.INFORMAL_WORKERS: ("นอกระบบ",),
    Category.URGENT_EMPLOYMENT: ("จ้างงานเร่งด่วน", "บรรเทาความเดือดร้อน"),
    Category.TRAFFICKING: ("ค้ามนุษย์", "แรงงานบังคับ"),
    Category.DRUG_PREVENTION: ("ยาเสพติด",),
    Category.PUBLIC_INFORMATION: ("ประชาสัมพันธ์",),
    Category.PUBLIC_BENEFIT: ("จิตอาสา", "พัฒนาบ้านเกิด"),
}
# Said around a question and of no meaning to it.
FILLERS: Final = frozenset(
    {
        *("ของ", "ใน", "ที่", "และ", "กับ", "ขอ", "ดู", "หา", "ต่อ", "เทียบ", "ได้", "มี", "อสร.", "อสร"),
        *("เดือน", "ปี", "ปีงบ", "ปีงบประมาณ", "ไตรมาส", "ภาค", "จังหวัด", "จ.", "กลุ่มจังหวัด", "งาน"),
        *("ตัวเลข", "ยอด", "จำนวน", "เท่าไร", "เท่าไหร่", "เท่าใด", "กี่คน", "กี่"),
    }
)


@cache
def anywhere() -> dict[str, Meaning]:
    """Normalised word → what it means, wherever it stands."""
    known = _named_places() | _work() | {"ทั้งประเทศ": Meaning(NATION, "")}
    known |= {"ภาพรวม": Meaning(NATION, ""), "ทั่วประเทศ": Meaning(NATION, "")}
    for figure in FIGURES:
        known |= {word: Meaning(FIGURE, figure.name) for word in figure.inside}
    return {normalise(word): meaning for word, meaning in known.items()}


@cache
def alone() -> dict[str, Meaning]:
    """Normalised word → what it means between spaces: ใต้ is the south, and a part of names."""
    known = {
        figure_word: Meaning(FIGURE, figure.name)
        for figure in FIGURES
        for figure_word in figure.alone
    }
    for office in known_offices():
        known[office.name] = Meaning(PROVINCE, str(office.pk))
        known[office.region.removeprefix("ภาค")] = Meaning(REGION, office.region)
    known |= {name: Meaning(REGION, region) for name, region in _OTHER_REGIONS.items()}
    known["ประเทศ"] = Meaning(NATION, "")
    return {normalise(word): meaning for word, meaning in known.items()}


def _named_places() -> dict[str, Meaning]:
    offices = {office.name: office for office in known_offices()}
    known = {name: Meaning(REGION, region) for name, region in _OTHER_REGIONS.items()}
    known |= {name: Meaning(CLUSTER, cluster) for name, cluster in _OTHER_CLUSTERS.items()}
    for office in offices.values():
        place = Meaning(PROVINCE, str(office.pk))
        known |= {f"จังหวัด{office.name}": place, f"จ.{office.name}": place}
        if len(office.name) >= SHORTEST_INSIDE:
            known[office.name] = place
        known[office.region] = Meaning(REGION, office.region)
        known[office.cluster] = Meaning(CLUSTER, office.cluster)
        known[f"เขตตรวจราชการที่ {office.inspection_region}"] = Meaning(CLUSTER, office.cluster)
        known[f"เขต {office.inspection_region}"] = Meaning(CLUSTER, office.cluster)
    # A region may bear the name of its only cluster: the larger of the two is meant.
    known |= {office.region: Meaning(REGION, office.region) for office in offices.values()}
    for word, name in _OTHER_NAMES.items():
        known[word] = Meaning(PROVINCE, str(offices[name].pk))
    return known


def _work() -> dict[str, Meaning]:
    known: dict[str, Meaning] = {}
    for category in Category:
        named = [] if category is Category.OTHER else str(category.label).split("/")
        for word in (*named, *_OTHER_WORK.get(category, ())):
            known.setdefault(word, Meaning(WORK, category.value))
    return known
