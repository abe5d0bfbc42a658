"""Why this time? The stretches between receipt and due, drawn to scale and told in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

WIDTH = 1000
"""The width of the drawing in SVG units; the page scales it."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """One stretch of an explanation: ``counted`` is zero where support was closed or the clock was paused."""

    from_at: datetime
    to_at: datetime
    counted: timedelta
    reason: str

    @property
    def kind(self) -> str:
        """``counted`` or ``still``."""
        return "counted" if self.counted else "still"


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch with its place in the drawing, in SVG units."""

    stretch: Stretch
    x: str
    width: str


def bars(stretches: Iterable[Stretch]) -> Iterator[Bar]:
    """The stretches to scale from the first start to the last end; nothing where no time passes."""
    told = list(stretches)
    if not told or (whole := told[-1].to_at - told[0].from_at) <= timedelta(0):
        return
    for stretch in told:
        x = (stretch.from_at - told[0].from_at) / whole * WIDTH
        width = (stretch.to_at - stretch.from_at) / whole * WIDTH
        yield Bar(stretch, f"{x:.1f}", f"{width:.1f}")
