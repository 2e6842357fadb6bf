"""Places as people type them: "ต.บ้านกรด อ.บางปะอิน", "บ้านกรด 13160", a six-digit code; จ.เลย."""

import re
from dataclasses import dataclass
from functools import cache

import geothai
from django.utils.translation import gettext as _

from volunteer_network.models import Province, Subdistrict
from volunteer_network.thai_text import normalise
from volunteer_network.workbooks.cells import did_you_mean

_POSTAL_CODE = re.compile(r"\b\d{5}\b")
_CODE = re.compile(r"\d{6}")
_WITH_PREFIXES = re.compile(
    r"(?:ตำบล|ต\.)\s*(?P<subdistrict>\S+?)"
    r"(?:\s*(?:อำเภอ|อ\.)\s*(?P<district>\S+?))?"
    r"(?:\s*(?:จังหวัด|จ\.)\s*(?P<province>\S+))?"
)
_NAMED_AT_MOST = 5
_PROVINCE_PREFIX = re.compile(r"^(?:จังหวัด|จ\.|จว\.|สำนักงานแรงงานจังหวัด|สรจ\.)\s*")
_OTHER_NAMES = {"กทม": 10, "กรุงเทพ": 10, "กรุงเทพฯ": 10, "อยุธยา": 14, "โคราช": 30, "แปดริ้ว": 24}


@dataclass(frozen=True)
class _Typed:
    subdistrict: str
    district: str | None = None
    province: str | None = None
    postal_code: str | None = None


def find_subdistrict(text: str, *, province: Province) -> Subdistrict:
    """The one sub-district of the province that was meant.

    Raises ValueError with a Thai sentence that says how to mend it when none fits, when it lies in
    another province, or when several carry the name.
    """
    typed = _read(normalise(text))
    places = Subdistrict.objects.select_related("district", "province")
    found = list(places.filter(pk__in=_matching_codes(typed)))
    ours = [place for place in found if place.province_id == province.pk]
    if len(ours) == 1:
        return ours[0]
    raise ValueError(_several(ours) if ours else _elsewhere(found, province, typed))


def find_province(text: str) -> Province:
    """The province that was meant: its name with or without a prefix, abbreviated, or in English.

    Raises ValueError with a Thai sentence that names those that look alike.
    """
    typed = _PROVINCE_PREFIX.sub("", normalise(text))
    known = _provinces()
    found = known.get(_bare(typed)) or known.get(_bare(typed.partition(" ")[0]))
    if found is None:
        names = list(dict.fromkeys(province.name for province in known.values()))
        raise ValueError(
            _("ไม่รู้จักจังหวัด “%(typed)s”") % {"typed": text[:40]} + did_you_mean(typed, names)
        )
    return found


@cache
def _provinces() -> dict[str, Province]:
    """By every name they go by; read once, for they change with a release only."""
    known: dict[str, Province] = {}
    for province in Province.objects.all():
        for name in (province.name, province.name_english, province.abbreviation):
            known[_bare(normalise(name))] = province
        known.update(
            {_bare(name): province for name, code in _OTHER_NAMES.items() if code == province.pk}
        )
    return known


def _bare(name: str) -> str:
    return re.sub(r"[\s.ฯ]", "", name)


def _read(text: str) -> _Typed:
    postal_code = found[0] if (found := _POSTAL_CODE.search(text)) else None
    rest = _POSTAL_CODE.sub("", text).strip()
    if parts := _WITH_PREFIXES.fullmatch(rest):
        return _Typed(postal_code=postal_code, **parts.groupdict())
    name, district, province = [*rest.split(), None, None, None][:3]
    return _Typed(name or "", district, province, postal_code)


def _matching_codes(typed: _Typed) -> list[int]:
    if _CODE.fullmatch(typed.subdistrict):
        return [int(typed.subdistrict)]
    if not typed.subdistrict:
        places = geothai.by_postal_code(typed.postal_code or "")
        return [int(place.code) for place in places]
    addresses = geothai.match(
        typed.subdistrict,
        district=typed.district,
        province=typed.province,
        postal_code=typed.postal_code,
    )
    return [int(address.subdistrict.code) for address in addresses]


def _several(places: list[Subdistrict]) -> str:
    names = ", ".join(
        f"ต.{place.name} อ.{place.district.name}" for place in places[:_NAMED_AT_MOST]
    )
    return _("พบ %(count)d ตำบลที่ตรง พิมพ์อำเภอด้วย เช่น %(names)s") % {
        "count": len(places),
        "names": names,
    }


def _elsewhere(places: list[Subdistrict], province: Province, typed: _Typed) -> str:
    if not places:
        return _("ไม่พบตำบล “%(typed)s” ในจังหวัด%(province)s ตรวจตัวสะกด หรือพิมพ์อำเภอด้วย") % {
            "typed": typed.subdistrict or typed.postal_code or "",
            "province": province.name,
        }
    return _("%(place)s ไม่อยู่ในจังหวัด%(province)s เลือกตำบลในจังหวัดนี้") % {
        "place": places[0].in_full,
        "province": province.name,
    }
