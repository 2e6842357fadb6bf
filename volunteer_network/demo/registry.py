"""What further apps add to the demo country, each registered in `AppConfig.ready()`.

The makers run in order after the core's own rows, as the owner, in the one transaction of the
whole country. Triggers work as usual.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db import models

    from volunteer_network.demo.country import Plan


@dataclass(frozen=True, kw_only=True)
class DemoMaker:
    """`make(plan)` fills `models`; their rows are counted and their numbering restarted."""

    order: int
    make: Callable[[Plan], None]
    models: Callable[[], tuple[type[models.Model], ...]]


_makers: list[DemoMaker] = []


def register_demo(maker: DemoMaker) -> None:
    _makers.append(maker)
    _makers.sort(key=lambda known: known.order)


def demo_makers() -> list[DemoMaker]:
    return list(_makers)
