"""A year as twelve months of weeks, each day with what is odd about it."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from django.utils.translation import pgettext_lazy

from watchkeeper.core.rehearsal import Closure, OddDay, Rehearsal
from watchkeeper.core.rehearsal import odd_day as kinds
from watchkeeper.core.zones import local_time
from watchkeeper.ui.translated import translated

_DAY = timedelta(days=1)

MARKS = {
    kinds.HOLIDAY: (pgettext_lazy("mark of a day", "H"), "warn"),
    kinds.CLOSED: (pgettext_lazy("mark of a day", "C"), "warn"),
    kinds.SHORT_DAY: (pgettext_lazy("mark of a day", "S"), "note"),
    kinds.LONG_DAY: (pgettext_lazy("mark of a day", "L"), "info"),
    kinds.OTHER_HOURS: (pgettext_lazy("mark of a day", "O"), "info"),
    kinds.BRIDGE_DAY: (pgettext_lazy("mark of a day", "B"), "quiet"),
    kinds.SOME_REGIONS: (pgettext_lazy("mark of a day", "R"), "note"),
    kinds.CLOCKS_FORWARD: ("+1", "breach"),
    kinds.CLOCKS_BACK: ("−1", "breach"),
}
"""For each kind of odd day the letters that mark it, and the tone of its badge."""


class Mark(NamedTuple):
    """A kind of odd day in the language of the page, its letters and its tone."""

    kind: str
    letters: str
    tone: str


class Day(NamedTuple):
    """A date, its marks, and whether it lies in a long closure."""

    day: date
    marks: tuple[Mark, ...]
    is_closed: bool


class Odd(NamedTuple):
    """An odd day with its mark and what it does, for the list."""

    odd: OddDay
    mark: Mark
    says: tuple[str, ...]


class Month(NamedTuple):
    """A month: its first day, its weeks (from Monday; ``None`` for days of other months), and its odd days."""

    first: date
    weeks: tuple[tuple[Day | None, ...], ...]
    odd: tuple[Odd, ...]


def mark_of(kind: str) -> Mark:
    letters, tone = MARKS[kind]
    return Mark(translated(kind), str(letters), tone)


def months(rehearsal: Rehearsal) -> tuple[Month, ...]:
    """The months of a rehearsal."""
    closed = set(_whole_days(rehearsal.closures))
    marks: dict[date, dict[str, Mark]] = {}
    for odd in rehearsal.days:
        marks.setdefault(odd.day, {})[odd.kind] = mark_of(odd.kind)
    firsts = dict.fromkeys(day.replace(day=1) for day in rehearsal.period.days())

    def shown(day: date) -> Day | None:
        return Day(day, tuple(marks.get(day, {}).values()), day in closed)

    def month(first: date) -> Month:
        weeks = Calendar().monthdatescalendar(first.year, first.month)
        odd = tuple(_odd(each) for each in rehearsal.days if each.day.replace(day=1) == first)
        return Month(first, tuple(tuple(shown(d) if d.month == first.month else None for d in w) for w in weeks), odd)

    return tuple(map(month, firsts))


def _odd(odd: OddDay) -> Odd:
    return Odd(odd, mark_of(odd.kind), tuple(map(translated, odd.says)))


def used_marks(rehearsal: Rehearsal) -> Iterable[Mark]:
    """The marks that the rehearsal has, in the order of ``MARKS``: what its legend explains."""
    found = {odd.kind for odd in rehearsal.days}
    return [mark_of(kind) for kind in MARKS if kind in found]


def _whole_days(closures: Iterable[Closure]) -> Iterator[date]:
    """The dates that lie in a closure from their midnight to the next."""
    for closure in closures:
        begins, ends = (local_time(at, closure.calendar.zone) for at in (closure.start, closure.end))
        day = begins.date() + (_DAY if begins.time().hour or begins.time().minute else timedelta())
        while day < ends.date():
            yield day
            day += _DAY
