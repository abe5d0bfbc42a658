"""From when until when something holds, as a table says it: ``to`` is the first day it no longer holds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple, TypeVar

from django.db.backends.postgresql.psycopg_any import DateRange

from watchkeeper.core.said import sentence
from watchkeeper.office.importing.cells import Cells, day
from watchkeeper.office.importing.table import Column

COLUMNS = (
    Column("from", sentence("The first day it holds."), "2026-01-01", is_needed=True),
    Column("to", sentence("The first day it no longer holds. Empty: it has no end."), "2027-01-01"),
    Column("last_day", sentence("Instead of to: the last day it holds."), "2026-12-31"),
)

K = TypeVar("K")


class Stretch(NamedTuple):
    """A period of something, and where it is said: a line of the table, or 0 for what the desk knows already."""

    period: DateRange
    line: int


def period(cells: Cells) -> DateRange | None:
    """The period of a row; ``None`` where it was complained of."""
    begins = cells.needed("from", day, sentence("write the first day it holds, as 2026-01-01"))
    ends, last = cells.read("to", day), cells.read("last_day", day)
    if ends is not None and last is not None:
        cells.complain("last_day", sentence("stands beside to; fill in one of the two"))
    if last is not None:
        ends = last + timedelta(days=1)
    if begins is not None and ends is not None and ends <= begins:
        told = sentence("ends before it begins on {day}", day=begins.isoformat())
        cells.complain("last_day" if last else "to", told)
    if begins is None or not cells.are_sound:
        return None
    return DateRange(begins, ends)


def ends_in_words(found: DateRange) -> str:
    """``until 31 Dec 2026``, or ``without end``."""
    if found.upper is None:
        return sentence("without end")
    last: date = found.upper - timedelta(days=1)
    return sentence("until {day}", day=last.isoformat())


def collisions(stretches: Iterable[Stretch]) -> Iterable[tuple[Stretch, Stretch]]:
    """Each stretch that begins before an earlier one ends, with that one."""
    ordered = sorted(stretches, key=lambda stretch: stretch.period.lower)
    longest: Stretch | None = None
    for stretch in ordered:
        if longest is not None and (longest.period.upper is None or stretch.period.lower < longest.period.upper):
            yield (stretch, longest)
        if longest is None or _ends(stretch) > _ends(longest):
            longest = stretch


def _ends(stretch: Stretch) -> date:
    return stretch.period.upper or date.max


def said_at(stretch: Stretch) -> str:
    """Where the other of two is to be found."""
    begins = stretch.period.lower.isoformat()
    if stretch.line:
        return sentence("line {line}, from {day}", line=stretch.line, day=begins)
    return sentence("the one from {day}, which the desk has already", day=begins)
