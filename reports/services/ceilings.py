"""The most money each province may plan in a year: set for all 76 at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from django.db import transaction

from reports.models import Ceiling, Direction
from reports.services.directions import lock_direction
from volunteer_network import audit
from volunteer_network.models import Province, User
from volunteer_network.services.edits import refuse_stale

ROUNDED_TO: Final = Decimal(100)  # baht, where last year's ceiling is changed by percents


@dataclass(frozen=True, slots=True)
class CeilingRow:
    """One province on the page; money in baht, None where none is set."""

    province: Province
    amount: Decimal | None
    last_year: Decimal | None


@transaction.atomic
def set_ceilings(
    *, direction: Direction, amounts: Mapping[int, Decimal | None], version: int, by: User
) -> int:
    """Set the ceilings of provinces (code → baht, None: no ceiling); returns how many changed."""
    direction = lock_direction(direction)
    refuse_stale(direction, version)
    known = {one.province_id: one for one in direction.ceilings.all()}
    now = {code: known[code].amount if code in known else None for code in amounts}
    changed = {code: amount for code, amount in amounts.items() if amount != now[code]}
    if not changed:
        return 0
    Ceiling.objects.filter(
        direction=direction, province__in=[code for code, one in changed.items() if one is None]
    ).delete()
    Ceiling.objects.bulk_create(
        [
            Ceiling(direction=direction, province_id=code, amount=amount)
            for code, amount in changed.items()
            if amount is not None
        ],
        update_conflicts=True,
        unique_fields=["direction", "province"],
        update_fields=["amount"],
    )
    direction.version += 1
    direction.save(update_fields=["version"])
    audit.record(
        "direction.ceilings_set",
        by=by,
        target=direction,
        detail={"fiscal_year": direction.fiscal_year, "provinces": sorted(changed)},
    )
    return len(changed)


def ceiling_rows(direction: Direction) -> list[CeilingRow]:
    """All provinces with an office, with this year's and last year's ceiling. Three queries."""
    own = dict(direction.ceilings.values_list("province", "amount"))
    last = dict(
        Ceiling.objects.filter(direction__fiscal_year=direction.fiscal_year - 1).values_list(
            "province", "amount"
        )
    )
    return [
        CeilingRow(province, own.get(province.pk), last.get(province.pk))
        for province in Province.objects.filter(has_office=True)
    ]


def by_percent(amount: Decimal, percent: Decimal) -> Decimal:
    """Last year's ceiling changed by so many percent (5 or -3.5), to the nearest hundred baht."""
    changed = amount * (100 + percent) / 100 / ROUNDED_TO
    return max(changed.quantize(Decimal(1), ROUND_HALF_UP) * ROUNDED_TO, Decimal(0))
