"""Figures as rows of a table: each is a link to exactly so many commitments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from watchkeeper.core.commitments import BREACHED, CANCELLED, MET
from watchkeeper.core.scorecard import EXCLUDED, OPEN, OUTSIDE_LEVEL, Attainment
from watchkeeper.reports.attainment import words
from watchkeeper.reports.attainment.count import Figures, together
from watchkeeper.reports.attainment.side import Question
from watchkeeper.reports.attainment.sorting import DISPUTED, MADE

ALWAYS = (MADE, MET, BREACHED, OPEN)
COLUMNS = (MADE, MET, BREACHED, OPEN, EXCLUDED, CANCELLED, OUTSIDE_LEVEL, DISPUTED)


class Cell(NamedTuple):
    """One figure under its column, and where it leads."""

    label: str
    count: int
    href: str


class Row(NamedTuple):
    """A line of figures. ``heads`` are what it is about, by the names of their columns."""

    heads: Mapping[str, object]
    cells: list[Cell]
    attainment: Attainment


def numbers(figures: Figures) -> dict[str, int]:
    """The figures by the names of their columns."""
    return {MADE: figures.made, **{name: figures.counts[name] for name in COLUMNS[1:-1]}, DISPUTED: figures.contested}


class Line(NamedTuple):
    """What a table is given: what a line is about, its figures, and what the addresses of its commitments say of it."""

    heads: Mapping[str, object]
    figures: Figures
    narrowed: Mapping[str, str]


class Table(NamedTuple):
    """Lines of figures under the same columns. A column in which nothing occurs is left out, but for the first four."""

    columns: list[str]
    rows: list[Row]
    all_together: Row


def table(question: Question, lines: Sequence[Line]) -> Table:
    """The lines as rows, and all of them as one."""
    total = together(line.figures for line in lines)
    columns = [name for name, count in numbers(total).items() if count or name in ALWAYS]
    rows = [_row(question, columns, line) for line in lines]
    labels = [str(words.FIGURES[name]) for name in columns]
    return Table(labels, rows, _row(question, columns, Line({}, total, {})))


def _row(question: Question, columns: Sequence[str], line: Line) -> Row:
    counts = numbers(line.figures)
    cells = [
        Cell(str(words.FIGURES[name]), counts[name], question.behind(figure=name, **line.narrowed)) for name in columns
    ]
    return Row(line.heads, cells, line.figures.attainment)
