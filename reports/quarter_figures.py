"""The figures of a quarter as they are signed: what they are, their one written form, its digest.

The form (ADR 0027) is JSON in UTF-8 with sorted keys, no spaces, money as text with two decimals.
What is kept is that text itself; reading it and writing it again gives the same bytes.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

FORM: Final = 1  # raised whenever the written form changes
MONEY: Final = frozenset({"allotted", "disbursed"})
SHORT: Final = 16  # letters of the digest that stand on paper

Rows = Mapping[UUID, Mapping[int, int]]  # work → record → what it counts


@dataclass(frozen=True, slots=True)
class Amounts:
    """What is measured of one line in one quarter, or how that differs; money in baht."""

    target: int = 0
    actual: int = 0
    allotted: Decimal = Decimal("0.00")  # of the year
    disbursed: Decimal = Decimal("0.00")

    def __add__(self, other: "Amounts") -> "Amounts":
        return Amounts(*(getattr(self, one) + getattr(other, one) for one in FIELDS))

    def __sub__(self, other: "Amounts") -> "Amounts":
        return Amounts(*(getattr(self, one) - getattr(other, one) for one in FIELDS))

    def __bool__(self) -> bool:
        return any(getattr(self, one) for one in FIELDS)

    def of(self, field: str) -> int | Decimal:
        amount: int | Decimal = getattr(self, field)
        return amount


FIELDS: Final = tuple(Amounts.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class Work:
    """A line as its amounts name it."""

    title: str
    unit: str
    amounts: Amounts


@dataclass(frozen=True, slots=True)
class Before:
    """What the earlier quarters of the year have made, by what was signed of them."""

    target: int = 0
    actual: int | None = None
    disbursed: Decimal = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class LineFigures:
    """One line; `actual` is None where nobody has said anything."""

    lineage: UUID
    title: str
    indicator: str
    unit: str
    measure: str
    target: int
    actual: int | None
    allotted: Decimal
    disbursed: Decimal
    before: Before
    problems: str
    suggestions: str

    @property
    def amounts(self) -> Amounts:
        return Amounts(self.target, self.actual or 0, self.allotted, self.disbursed)


@dataclass(frozen=True, slots=True)
class Adjustment:
    """What became of an earlier quarter after it was signed, adopted by a later one."""

    quarter: int
    lineage: UUID
    title: str
    unit: str
    amounts: Amounts


@dataclass(frozen=True, slots=True)
class Signer:
    """Who, with the post of that day, and the moment (ISO 8601, UTC)."""

    name: str
    position: str
    at: str


@dataclass(frozen=True, slots=True)
class QuarterFigures:
    """All that a quarter's report says in figures; `former` is the digest of the quarter before."""

    province: int
    fiscal_year: int
    quarter: int
    edition: int
    direction: str
    people_target: int  # of the year
    lines: tuple[LineFigures, ...]
    adjustments: tuple[Adjustment, ...] = ()
    former: str = ""
    rows: str = ""  # the digest of the records behind the results
    prepared: Signer | None = None
    signed: Signer | None = None

    @property
    def allotted(self) -> Decimal:
        return sum((line.allotted for line in self.lines), Decimal("0.00"))

    @property
    def disbursed(self) -> Decimal:
        """Since October, with what was adopted."""
        return sum((self.since_october(line).disbursed for line in self.lines), Decimal("0.00"))

    def adjusted(self, lineage: UUID) -> Amounts:
        """What was adopted of the earlier quarters of a line."""
        found = (one.amounts for one in self.adjustments if one.lineage == lineage)
        return sum(found, Amounts())

    def since_october(self, line: LineFigures) -> Before:
        """The line from the beginning of the year to the end of this quarter."""
        adopted = self.adjusted(line.lineage)
        known = [one for one in (line.before.actual, line.actual) if one is not None]
        return Before(
            target=line.before.target + adopted.target + line.target,
            actual=sum(known) + adopted.actual if known or adopted.actual else None,
            disbursed=line.before.disbursed + adopted.disbursed + line.disbursed,
        )

    @property
    def works(self) -> dict[UUID, Work]:
        return {line.lineage: Work(line.title, line.unit, line.amounts) for line in self.lines}


def digest_of(text: str) -> str:
    """SHA-256 over the UTF-8 bytes, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def short_digest(digest: str) -> str:
    """A1B2 C3D4 E5F6 0718: the beginning, to be read aloud and compared."""
    letters = digest[:SHORT].upper()
    return " ".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def written(figures: QuarterFigures) -> str:
    """The one form of the figures."""
    return _canonical({"form": FORM, **asdict(figures)})


def read(text: str) -> QuarterFigures:
    """The figures again; ValueError for a form that this version does not know."""
    given = json.loads(text)
    if given.pop("form", None) != FORM:
        raise ValueError("unknown form of signed figures")
    return QuarterFigures(
        **{
            **given,
            "lines": tuple(map(_line, given["lines"])),
            "adjustments": tuple(map(_adjustment, given["adjustments"])),
            "prepared": Signer(**given["prepared"]) if given["prepared"] else None,
            "signed": Signer(**given["signed"]) if given["signed"] else None,
        }
    )


def written_rows(rows: Mapping[int, Rows]) -> str:
    """Quarter → work → records with what they count, in one form."""
    return _canonical(
        {
            str(quarter): {str(work): sorted(counted.items()) for work, counted in of_work.items()}
            for quarter, of_work in rows.items()
        }
    )


def read_rows(text: str) -> dict[int, dict[UUID, dict[int, int]]]:
    return {
        int(quarter): {UUID(work): dict(counted) for work, counted in of_work.items()}
        for quarter, of_work in json.loads(text).items()
    }


def sum_of_works(parts: Iterable[Mapping[UUID, Work]]) -> dict[UUID, Work]:
    """Work by work; the words are those of the last part that has them."""
    found: dict[UUID, Work] = {}
    for part in parts:
        for lineage, work in part.items():
            so_far = found[lineage].amounts if lineage in found else Amounts()
            found[lineage] = Work(work.title, work.unit, so_far + work.amounts)
    return found


def _canonical(value: Any) -> str:
    return json.dumps(
        value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_plain
    )


def _plain(value: Any) -> str:
    return f"{value:.2f}" if isinstance(value, Decimal) else str(value)


def _line(given: dict[str, Any]) -> LineFigures:
    return LineFigures(
        **{
            **_with_money(given),
            "lineage": UUID(given["lineage"]),
            "before": Before(**_with_money(given["before"])),
        }
    )


def _adjustment(given: dict[str, Any]) -> Adjustment:
    return Adjustment(
        **{
            **given,
            "lineage": UUID(given["lineage"]),
            "amounts": Amounts(**_with_money(given["amounts"])),
        }
    )


def _with_money(given: dict[str, Any]) -> dict[str, Any]:
    return {name: Decimal(value) if name in MONEY else value for name, value in given.items()}
