"""Figures as a printed table shows them: thousands separated, a dash for nothing."""

from decimal import Decimal

NOTHING = "–"


def count(value: int | None) -> str:
    """1,234; a dash for nothing planned, or for a result that nobody has given yet."""
    return f"{value:,}" if value else (NOTHING if value is None else "0")


def target(value: int) -> str:
    """A target of nothing is a dash."""
    return f"{value:,}" if value else NOTHING


def baht(value: Decimal) -> str:
    """716,800; satang only where there are some."""
    if not value:
        return NOTHING
    return f"{value:,.0f}" if value == value.to_integral_value() else f"{value:,.2f}"


def percent(value: Decimal | None) -> str:
    """97.5, without a sign: the heading says percent."""
    return NOTHING if value is None else f"{value:,.1f}"
