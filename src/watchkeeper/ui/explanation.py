"""Why this time? The stretches between receipt and due, drawn to scale and told in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext, gettext_lazy

from watchkeeper.core.explanation import CLOSED, HOLIDAY, OPEN, PAUSED, WEEKEND, Stretch

WIDTH = 1000
"""The width of the drawing in SVG units; the page scales it."""

_REASONS = {
    OPEN: gettext_lazy("support open"),
    CLOSED: gettext_lazy("support closed"),
    WEEKEND: gettext_lazy("weekend, support closed"),
    HOLIDAY: gettext_lazy("holiday, support closed"),
    PAUSED: gettext_lazy("paused for an answer"),
}


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch with its words and its place in the drawing, in SVG units."""

    stretch: Stretch
    words: str
    x: str
    width: str

    @property
    def kind(self) -> str:
        """``counted`` or ``still``."""
        return "counted" if self.stretch.counted else "still"


def bars(stretches: Iterable[Stretch]) -> Iterator[Bar]:
    """The stretches to scale from the first start to the last end; nothing where no time passes."""
    told = list(stretches)
    if not told or (whole := told[-1].end - told[0].start) <= timedelta(0):
        return
    for stretch in told:
        x = (stretch.start - told[0].start) / whole * WIDTH
        width = (stretch.end - stretch.start) / whole * WIDTH
        yield Bar(stretch, _words(stretch), f"{x:.1f}", f"{width:.1f}")


def _words(stretch: Stretch) -> str:
    words = str(_REASONS[stretch.reason])
    if stretch.counted and stretch.reason != OPEN:
        return gettext("{closed}, counted all the same").format(closed=words)
    return words
