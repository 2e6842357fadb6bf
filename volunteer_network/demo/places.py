"""The real places that the demo stands in, as light values, and invented villages in them."""

from collections import defaultdict
from dataclasses import dataclass
from random import Random
from typing import Final

from volunteer_network.demo.names import words
from volunteer_network.models import Office, Province, Subdistrict

_VILLAGE_HEADS: Final = words(
    "หนอง โคก นา ดอน ท่า ห้วย โนน บ่อ ไร่ ป่า เนิน คลอง ศาลา วัง สวน ทุ่ง เกาะ ต้น ใหม่ กลาง"
)
_VILLAGE_TAILS: Final = words(
    "แวง สูง ไทร ขาม โพธิ์ ประดู่ มะค่า มะม่วง บัว ตะเคียน สะแก ไผ่ ยาง ทอง แก้ว สว่าง เจริญ สามัคคี "
    "พัฒนา เหนือ ใต้ งาม น้อย ใหญ่ ตาล"
)
_SPOTS: Final = (
    "ศาลาประชาคมหมู่บ้าน",
    "ที่ทำการองค์การบริหารส่วนตำบล",
    "ศาลากลางบ้าน",
    "ตลาดนัดชุมชน",
    "โรงเรียนในตำบล",
    "ที่ทำการผู้ใหญ่บ้าน",
    "หอประชุมอำเภอ",
    "ลานวัดในหมู่บ้าน",
    "ศูนย์เรียนรู้ชุมชน",
    "ที่ว่าการอำเภอ",
)


@dataclass(frozen=True, slots=True)
class Spot:
    """A sub-district."""

    code: int
    district: int
    name: str


@dataclass(frozen=True, slots=True)
class Country:
    """Everything that the other parts ask of the map, read once."""

    provinces: list[Province]  # those with an office, in the order of their codes
    spots: dict[int, list[Spot]]  # sub-districts by province
    offices: dict[tuple[int, str], int]  # (province, agency) → office


def read_country() -> Country:
    spots: defaultdict[int, list[Spot]] = defaultdict(list)
    rows = Subdistrict.objects.order_by("code")
    for province, code, district, name in rows.values_list("province", "code", "district", "name"):
        spots[province].append(Spot(code, district, name))
    offices = Office.objects.values_list("province", "agency", "pk")
    return Country(
        provinces=list(Province.objects.filter(has_office=True).order_by("code")),
        spots=dict(spots),
        offices={(province, agency): pk for province, agency, pk in offices},
    )


def slug(province: Province) -> str:
    """The part of a sign-in that names the province: nakhonratchasima."""
    return "".join(
        letter for letter in province.name_english.lower() if letter.isascii() and letter.isalpha()
    )


def village(chance: Random) -> str:
    """หมู่ที่ 4 บ้านหนองไผ่, a well-known kind of spot, or nothing."""
    dice = chance.random()
    if dice < 0.15:
        return ""
    if dice < 0.4:
        return chance.choice(_SPOTS)
    name = chance.choice(_VILLAGE_HEADS) + chance.choice(_VILLAGE_TAILS)
    return f"หมู่ที่ {chance.randint(1, 14)} บ้าน{name}"
