"""What a calendar of holidays says: whole days with their names, and what of it cannot be taken as one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

LARGEST = 1_000_000
"""Bytes of a file. The largest calendar of holidays seen has 40,000."""

_LONGEST_NAME = 80


class Unreadable(ValueError):
    """A file that cannot be read; ``line`` counts from 1, 0 where it is about the whole file."""

    def __init__(self, message: str, line: int = 0) -> None:
        self.line = line
        super().__init__(f"line {line}: {message}" if line else message)


class NoHoliday(ValueError):
    """An entry that is no whole day; the message says why."""


class NamedDay(NamedTuple):
    """A whole day, and what it is called; empty where it has no name."""

    day: date
    name: str


class NotTaken(NamedTuple):
    """An entry of a file that is no whole day, the line it begins in, and why."""

    line: int
    name: str
    why: str


class Reading(NamedTuple):
    """The days of a calendar in order, each once, and what was not taken. ``is_endless``: some recur for ever."""

    days: tuple[NamedDay, ...]
    not_taken: tuple[NotTaken, ...] = ()
    title: str = ""
    is_endless: bool = False


def each_once(days: Iterable[NamedDay]) -> tuple[NamedDay, ...]:
    """The days in order; one that has several names has them all."""
    names: dict[date, dict[str, None]] = {}
    for day, name in days:
        names.setdefault(day, {}).update({name: None} if name else {})
    return tuple(NamedDay(day, " / ".join(names[day])) for day in sorted(names))


def plain_name(written: str) -> str:
    """A name on one line, without what cannot be printed, cut where it is long."""
    printable = "".join(letter if letter.isprintable() else " " for letter in written)
    line = " ".join(printable.split())
    return line if len(line) <= _LONGEST_NAME else f"{line[: _LONGEST_NAME - 1]}…"
