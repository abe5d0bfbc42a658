"""Charts are drawn by a process of their own: classes instead of colours, no style, and nobody waits for its start."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from watchkeeper.reports.charts import charts
from watchkeeper.reports.charts.drawing import CLASSES, UnknownColour, classed
from watchkeeper.reports.charts.painter import NotDrawn, Painter

NAMES = charts.Names("Met", "Breached", "Running", "Left out")
HOSTILE = '</text><script>alert("x")</script>'


@pytest.fixture(scope="module")
def painter() -> Iterator[Painter]:
    painter = Painter()
    painter.begin()
    yield painter
    painter.end()


def every_chart() -> list[charts.Chart]:
    counted = {HOSTILE: charts.Counted(3, 2, 1, 1), "2026-03": charts.Counted(0, 0, 0, 0)}
    return [
        charts.by_month(counted, NAMES),
        charts.by_component(counted, NAMES),
        charts.by_hour({0: 1, 30: 7, 167: 50}, ["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"]),
    ]


def test_each_has_classes_for_colours_and_no_style_script_or_words_for_a_screen_reader(painter: Painter) -> None:
    for chart in every_chart():
        svg = painter.paint(chart.kind, chart.says)
        assert 'viewBox="' in svg
        assert 'aria-hidden="true"' in svg
        assert not re.search(r'style|<script|\bon\w+=|href=|(fill|stroke)="(?!none|transparent)', svg), chart.kind
        assert "aria-label" not in svg
    assert 'class="chart-met-fill"' in painter.paint(every_chart()[0].kind, every_chart()[0].says)


def test_what_cannot_be_drawn_is_said_and_the_next_is_drawn(painter: Painter) -> None:
    with pytest.raises(NotDrawn, match="weather"):
        painter.paint("weather", "{}")
    assert painter.paint(every_chart()[0].kind, every_chart()[0].says).startswith("<svg")


def test_a_process_that_died_is_started_again(painter: Painter) -> None:
    child = painter._child
    assert child is not None
    child.kill()
    child.wait()
    assert not painter.is_ready, "it has only begun"
    assert painter.paint(every_chart()[0].kind, every_chart()[0].says).startswith("<svg")


def test_a_colour_that_no_class_stands_for_is_refused() -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path fill="#123456"/></svg>'
    with pytest.raises(UnknownColour, match="#123456"):
        classed(svg)
    known = next(iter(CLASSES))
    assert f'class="{CLASSES[known]}-fill"' in classed(svg.replace("#123456", known))
