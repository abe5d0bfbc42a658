"""Draws charts until its input ends or nothing was asked for a while: ``python -m watchkeeper.reports.charts.drawing``.

A line of JSON in is a chart, a line out its SVG. Altair says what is drawn, vl-convert draws it. Colours are only
stand-ins: each becomes a class, so that the page's style sheet gives it its colour in both themes.
"""

from __future__ import annotations

import json
import os
import select
import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

if TYPE_CHECKING:
    import altair

IDLE = 300.0
"""Seconds without a chart after which the process ends: it holds much memory for something seldom asked."""
WIDTH = 340
"""Of a drawing, so that its words can be read where it fills a phone; a wider page shows it larger."""

MARKS = ("#00a001", "#00a002", "#00a003", "#00a004")
SHADES = ("#00b000", "#00b001", "#00b002", "#00b003", "#00b004", "#00b005")
TEXT, LINE = "#00c001", "#00c002"
CLASSES = {
    **{colour: f"chart-{name}" for colour, name in zip(MARKS, ("met", "breached", "running", "left-out"), strict=True)},
    **{colour: f"chart-shade-{number}" for number, colour in enumerate(SHADES)},
    TEXT: "chart-text",
    LINE: "chart-line",
}
_COLOURLESS = ("none", "transparent")
_SVG = "http://www.w3.org/2000/svg"


def main() -> None:
    """Say that it is ready, then answer line by line."""
    os.nice(5)
    drawn("months", json.dumps({"rows": [], "names": ["a", "b", "c", "d"]}))  # what is slow the first time only
    print("ready", flush=True)
    while select.select([sys.stdin], [], [], IDLE)[0]:
        line = sys.stdin.readline()
        if not line:
            return
        print(json.dumps(_answer(line)), flush=True)


def drawn(kind: str, says: str) -> str:
    """The SVG of a chart: its kind, and what it says as JSON."""
    import altair
    import vl_convert

    chart = _KINDS[kind](altair, **json.loads(says)).configure(**_LOOK)
    return classed(vl_convert.vegalite_to_svg(chart.to_dict()))


def classed(svg: str) -> str:
    """An SVG whose colours are classes, which has no size but a shape, and which a screen reader passes by.

    Raises ``UnknownColour``.
    """
    ElementTree.register_namespace("", _SVG)
    root = ElementTree.fromstring(svg)
    for element in root.iter():
        classes = [found for name in ("fill", "stroke") if (found := _class_of(element, name))]
        for name in list(element.attrib):
            if name.startswith("aria-") or name in ("role", "class", "font-family", "width", "height"):
                if name in ("width", "height") and element is not root:
                    continue
                del element.attrib[name]
        if classes:
            element.set("class", " ".join(classes))
    root.set("class", "chart")
    root.set("aria-hidden", "true")
    root.set("focusable", "false")
    return ElementTree.tostring(root, encoding="unicode")


class UnknownColour(ValueError):
    """A drawing with a colour that no class stands for: it would look wrong in one of the themes."""


def _class_of(element: ElementTree.Element, name: str) -> str:
    colour = element.get(name)
    if colour is None or colour in _COLOURLESS:
        return ""
    if colour not in CLASSES:
        raise UnknownColour(f'{name}="{colour}" of a drawing; there are {", ".join(CLASSES)}')
    del element.attrib[name]
    return f"{CLASSES[colour]}-{name}"


def _months(alt: Any, rows: list[Mapping[str, Any]], names: list[str]) -> altair.Chart:
    x = alt.X("place:O", title=None, axis=alt.Axis(labelAngle=-45, labelOverlap=True))
    y = alt.Y("n:Q", title=None, axis=alt.Axis(tickMinStep=1, format=",d"))
    months = len({row["place"] for row in rows}) or 1
    bars = _bars(alt, rows, names, size=max(2, min(28, (WIDTH - 50) * 2 // (3 * months))))
    return bars.encode(x=x, y=y).properties(width=WIDTH - 50, height=180)


def _components(alt: Any, rows: list[Mapping[str, Any]], names: list[str]) -> altair.Chart:
    y = alt.Y("place:N", title=None, sort=None, axis=alt.Axis(labelLimit=110))
    x = alt.X("n:Q", title=None, axis=alt.Axis(tickMinStep=1, tickCount=4, format=",d"))
    return _bars(alt, rows, names, size=16).encode(x=x, y=y).properties(width=WIDTH - 130, height={"step": 22})


def _hours(alt: Any, rows: list[Mapping[str, Any]], names: list[str]) -> altair.Chart:
    most = max(row["n"] for row in rows) or 1
    shaded = [{**row, "shade": _shade(row["n"], most)} for row in rows]
    colour = alt.Color("shade:N", scale=alt.Scale(domain=list(range(len(SHADES))), range=list(SHADES)), legend=None)
    x = alt.X("hour:O", title=None, axis=alt.Axis(labelAngle=0, values=[0, 4, 8, 12, 16, 20]))
    y = alt.Y("day:N", title=None, sort=names)
    base = alt.Chart(alt.Data(values=shaded)).mark_rect(stroke=None)
    return base.encode(x=x, y=y, color=colour).properties(width=WIDTH - 40, height={"step": 20})


def _bars(alt: Any, rows: list[Mapping[str, Any]], names: list[str], *, size: int) -> altair.Chart:
    colour = alt.Color("figure:N", scale=alt.Scale(domain=names, range=list(MARKS)), legend=None)
    return alt.Chart(alt.Data(values=rows)).mark_bar(size=size).encode(color=colour, order=alt.Order("order:Q"))


def _shade(count: int, most: int) -> int:
    """0 for nothing, then five steps of equal width."""
    return 0 if not count else 1 + min(4, 5 * count // (most + 1))


_KINDS: Mapping[str, Callable[..., Any]] = {"months": _months, "components": _components, "hours": _hours}

_AXIS = {"labelColor": TEXT, "labelFontSize": 11, "domainColor": LINE, "tickColor": LINE, "gridColor": LINE}
_LOOK: Mapping[str, Any] = {"axis": _AXIS, "view": {"stroke": None}, "background": "transparent", "padding": 12}


def _answer(line: str) -> dict[str, str]:
    asked = json.loads(line)
    try:
        return {"svg": drawn(asked["kind"], asked["says"])}
    except (ValueError, KeyError) as error:
        return {"error": f"{type(error).__name__}: {error}"}


if __name__ == "__main__":
    main()
