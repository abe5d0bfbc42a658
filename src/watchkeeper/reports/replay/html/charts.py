"""Charts as inline SVG. Each is a picture of a table that stands beside it; colours are classes of the page's style."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import NamedTuple

from watchkeeper.core.commitments import BREACHED, MET
from watchkeeper.core.scorecard import NOT_MEASURABLE, OPEN, OUTSIDE_LEVEL, Attainment

OUTCOMES = (MET, BREACHED, OPEN, OUTSIDE_LEVEL, NOT_MEASURABLE)
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

_WIDTH, _LABEL, _BAR, _GAP = 720, 130, 22, 10
_MOST_MONTH_LABELS = 12
_CELL_HEIGHT = 20


class Bar(NamedTuple):
    """One bar, and what it is called."""

    label: str
    counts: Attainment


def stacked(title: str, bars: Sequence[Bar]) -> str:
    """A bar for each, in parts by outcome; each bar is the whole of its own."""
    height = len(bars) * (_BAR + _GAP)
    drawn = [_stacked_bar(bar, at * (_BAR + _GAP)) for at, bar in enumerate(bars)]
    return _svg(title, height, "".join(drawn))


def _stacked_bar(bar: Bar, top: int) -> str:
    total, left, parts = bar.counts.total or 1, float(_LABEL), []
    for outcome in OUTCOMES:
        width = (_WIDTH - _LABEL) * bar.counts[outcome] / total
        if width:
            said = f"{bar.label}: {bar.counts[outcome]:,} {outcome.replace('_', ' ')}"
            parts.append(_rect(left, top, width, _BAR, outcome, said))
        left += width
    label = f'<text x="{_LABEL - 8}" y="{top + 15}" class="end">{escape(_short(bar.label))}</text>'
    return label + "".join(parts)


def columns(title: str, months: Mapping[str, Attainment]) -> str:
    """A column for each month: what was met and what was breached, on one scale."""
    height, bottom = 180, 150
    largest = max((counts.judged for counts in months.values()), default=0) or 1
    step = (_WIDTH - 40) / max(len(months), 1)
    every = -(-len(months) // _MOST_MONTH_LABELS)
    drawn = [f'<line x1="40" y1="{bottom}" x2="{_WIDTH}" y2="{bottom}" class="axis"/>']
    drawn.append(f'<text x="34" y="12" class="end">{largest:,}</text><text x="34" y="{bottom}" class="end">0</text>')
    for at, (month, counts) in enumerate(months.items()):
        left, top = 40 + at * step, float(bottom)
        for outcome in (MET, BREACHED):
            tall = (bottom - 6) * counts[outcome] / largest
            top -= tall
            if tall:
                said = f"{month}: {counts[outcome]:,} {outcome}"
                drawn.append(_rect(left + step * 0.1, top, step * 0.8, tall, outcome, said))
        if at % every == 0 and left < _WIDTH - 52:
            drawn.append(f'<text x="{left:.1f}" y="{bottom + 18}">{month}</text>')
    return _svg(title, height, "".join(drawn))


def heat(title: str, hours: Mapping[tuple[int, int], Attainment]) -> str:
    """A cell for each hour of the week: the more was breached of what was judged, the stronger."""
    step = (_WIDTH - 50) / 24
    drawn = [f'<text x="{50 + hour * step:.1f}" y="12">{hour:02}</text>' for hour in range(0, 24, 3)]
    for day, name in enumerate(WEEKDAYS):
        top = 20 + day * (_CELL_HEIGHT + 2)
        drawn.append(f'<text x="42" y="{top + 14}" class="end">{name}</text>')
        drawn += [_cell(day, hour, hours.get((day, hour)), 50 + hour * step, top, step - 2) for hour in range(24)]
    return _svg(title, 20 + 7 * (_CELL_HEIGHT + 2), "".join(drawn))


def _cell(day: int, hour: int, counts: Attainment | None, left: float, top: int, width: float) -> str:
    place = f"{WEEKDAYS[day]} {hour:02}:00"
    if counts is None or not counts.judged:
        return _rect(left, top, width, _CELL_HEIGHT, "none", f"{place}: nothing judged")
    strength = -(-counts[BREACHED] * 5 // counts.judged)
    said = f"{place}: {counts[BREACHED]:,} of {counts.judged:,} breached"
    return _rect(left, top, width, _CELL_HEIGHT, f"heat-{strength}", said)


def _rect(left: float, top: float, width: float, height: float, name: str, said: str) -> str:
    place = f'x="{left:.1f}" y="{top:.1f}" width="{width:.1f}" height="{height:.1f}"'
    return f'<rect {place} class="{name}"><title>{escape(said)}</title></rect>'


def _svg(title: str, height: float, drawn: str) -> str:
    box = f'viewBox="0 0 {_WIDTH} {height:.0f}"'
    named = f'aria-label="{escape(title)}; the table beside it says the same"'
    scrolls = f'<div class="wide" tabindex="0" role="region" aria-label="{escape(title)}">'
    return f'{scrolls}<svg role="img" {named} {box}>{drawn}</svg></div>'


def _short(label: str) -> str:
    return label if len(label) <= 18 else f"{label[:17]}…"
