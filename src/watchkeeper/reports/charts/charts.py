"""What a chart shows. ``drawn`` is its SVG, to stand in a page: no colour and no style of its own, only classes.

A chart is decoration beside a table that says the same: a screen reader passes it by.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from watchkeeper.reports.charts.painter import PAINTER

KEPT = 256
"""So many drawings are kept by each process: what a chart shows names it."""


class Counted(NamedTuple):
    """How many promises came out how."""

    met: int
    breached: int
    running: int
    left_out: int


class Names(NamedTuple):
    """What these are called, in the language of the page."""

    met: str
    breached: str
    running: str
    left_out: str


class Chart(NamedTuple):
    """A chart that ``drawing`` knows by ``kind``, and its rows as JSON."""

    kind: str
    says: str


def by_month(counted: Mapping[str, Counted], names: Names) -> Chart:
    """A bar for each month, its parts on each other."""
    return _chart("months", rows=_rows(counted, names), names=names)


def by_component(counted: Mapping[str, Counted], names: Names) -> Chart:
    """A bar for each component, lying."""
    return _chart("components", rows=_rows(counted, names), names=names)


def by_hour(made: Mapping[int, int], weekdays: Sequence[str]) -> Chart:
    """A field for each hour of the week, the darker the more."""
    rows = [{"day": weekdays[hour // 24], "hour": hour % 24, "n": made.get(hour, 0)} for hour in range(7 * 24)]
    return _chart("hours", rows=rows, names=weekdays)


def can_draw_at_once() -> bool:
    """Whether the process that draws stands ready; where it does not, it begins now and nobody waits for it."""
    return PAINTER.is_ready


@lru_cache(maxsize=KEPT)
def drawn(chart: Chart) -> str:
    """Its SVG. Raises ``painter.NotDrawn``."""
    return PAINTER.paint(chart.kind, chart.says)


def _rows(counted: Mapping[str, Counted], names: Names) -> list[dict[str, Any]]:
    return [
        {"place": place, "figure": name, "n": count, "order": order}
        for place, counts in counted.items()
        for order, (name, count) in enumerate(zip(names, counts, strict=True))
    ]


def _chart(kind: str, **says: Any) -> Chart:
    return Chart(kind, json.dumps(says, ensure_ascii=False, sort_keys=True))
