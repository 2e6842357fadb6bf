"""Reference data: places from the package geothai, what it lacks from volunteer_network/data."""

import csv
from collections.abc import Iterator

import geothai
from django.db import models, transaction

from volunteer_network.models import Agency, District, Office, Province, Subdistrict
from volunteer_network.startup.places import BASE_DIR

_DATA = BASE_DIR / "volunteer_network" / "data"
_POSTAL_CODE_UNKNOWN = ""


@transaction.atomic
def load_places() -> dict[str, int]:
    """Make the tables of places equal to their sources; return how many rows each holds.

    A place that vanished from the source stays: rows of the register point at it.
    """
    rows: dict[type[models.Model], list[models.Model]] = {
        Province: list(_provinces()),
        District: list(_districts()),
        Subdistrict: list(_subdistricts()),
        Agency: list(_agencies()),
    }
    for model, objects in rows.items():
        _upsert(model, objects)
    Office.objects.bulk_create(_offices(), ignore_conflicts=True)
    loaded: list[type[models.Model]] = [*rows, Office]
    return {model.__name__: model._default_manager.count() for model in loaded}


def _upsert(model: type[models.Model], objects: list[models.Model]) -> None:
    changing = [
        field.name
        for field in model._meta.concrete_fields
        if not field.primary_key and not field.generated
    ]
    model._default_manager.bulk_create(
        objects, update_conflicts=True, unique_fields=["code"], update_fields=changing
    )


def _facts(name: str) -> list[dict[str, str]]:
    with (_DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _provinces() -> Iterator[Province]:
    regions = {row["cluster_th"]: int(row["inspection_region_no"]) for row in _facts("clusters")}
    for row in _facts("provinces"):
        yield Province(
            code=int(row["code"]),
            name=row["name_th"],
            name_english=row["name_en"],
            abbreviation=row["abbreviation_th"],
            region=row["region_th"],
            cluster=row["cluster_th"],
            inspection_region=regions.get(row["cluster_th"]),
            has_office=row["has_office"] == "1",
        )


def _districts() -> Iterator[District]:
    for province in geothai.provinces():
        for district in geothai.districts(province.code):
            yield District(
                code=int(district.code), province_id=int(province.code), name=district.name_th
            )


def _subdistricts() -> Iterator[Subdistrict]:
    for province in geothai.provinces():
        for district in geothai.districts(province.code):
            for place in geothai.subdistricts(district.code):
                yield Subdistrict(
                    code=int(place.code),
                    district_id=int(district.code),
                    province_id=int(province.code),
                    name=place.name_th,
                    postal_code=next(iter(place.postal_codes), _POSTAL_CODE_UNKNOWN),
                )


def _agencies() -> Iterator[Agency]:
    for row in _facts("agencies"):
        yield Agency(
            code=row["code"],
            abbreviation=row["abbr_th"],
            provincial_name=row["provincial_name_th_pattern"],
            hotline=row["hotline"],
        )


def _offices() -> list[Office]:
    provinces = Province.objects.filter(has_office=True)
    return [
        Office(agency=agency, province=province)
        for agency in Agency.objects.all()
        for province in provinces
    ]
