"""Figures as rows of a table: each is a link to exactly so many commitments."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from watchkeeper.core.commitments import BREACHED, CANCELLED, MET
from watchkeeper.core.scorecard import EXCLUDED, OPEN, OUTSIDE_LEVEL, Attainment
from watchkeeper.reports.attainment import words
from watchkeeper.reports.attainment.count import Figures
from watchkeeper.reports.attainment.side import Question
from watchkeeper.reports.attainment.sorting import DISPUTED, MADE

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


def cells(question: Question, figures: Figures, **narrowed: str) -> list[Cell]:
    """A cell for each column; ``narrowed`` is what the address of its commitments says besides."""
    return [
        Cell(str(words.FIGURES[name]), count, question.behind(figure=name, **narrowed))
        for name, count in numbers(figures).items()
    ]


def row(question: Question, heads: Mapping[str, object], figures: Figures, **narrowed: str) -> Row:
    """A line of figures about ``heads``."""
    return Row(heads, cells(question, figures, **narrowed), figures.attainment)
