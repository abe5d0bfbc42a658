"""What the cells of a row say: each read by a function that knows what is allowed, complained of where it is not."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from difflib import get_close_matches
from functools import reduce
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from watchkeeper.core.policy_file.countries import holidays_of
from watchkeeper.core.said import Said, sentence
from watchkeeper.core.zones import UnknownZone, zone_names
from watchkeeper.office.importing.problems import Problem, shown
from watchkeeper.office.importing.table import Row

T = TypeVar("T")

_YES, _NO = {"yes", "y", "true", "1", "x"}, {"no", "n", "false", "0"}
_BETWEEN = re.compile(r"[,;|+\n]")


class Cells:
    """One row while it is read. A column that the table lacks says nothing; an empty cell says: none."""

    def __init__(self, row: Row, problems: list[Problem]) -> None:
        self.line = row.line
        self._cells = row.cells
        self._problems = problems
        self._before = len(problems)

    @property
    def are_sound(self) -> bool:
        """Whether nothing in this row was complained of."""
        return len(self._problems) == self._before

    def complain(self, column: str, says: str) -> None:
        """Say what is wrong in a column of this row."""
        self._problems.append(Problem(self.line, column, says))

    def has(self, column: str) -> bool:
        """Whether the table has the column."""
        return column in self._cells

    def given(self, column: str) -> str:
        """The text of a cell; empty where there is none."""
        return self._cells.get(column, "")

    def read(self, column: str, reader: Callable[[str], T]) -> T | None:
        """What a cell says; ``None`` where it is empty, or was complained of. ``reader`` raises ``ValueError``."""
        given = self.given(column)
        if not given:
            return None
        try:
            return reader(given)
        except ValueError as error:
            self.complain(column, said_by(error))
            return None

    def needed(self, column: str, reader: Callable[[str], T], remedy: str) -> T | None:
        """As ``read``, for a cell that must not be empty."""
        if not self.given(column):
            self.complain(column, sentence("is empty; {remedy}", remedy=remedy))
        return self.read(column, reader)


def said_by(error: ValueError) -> str:
    """The message of an error, which knows how it was made where it is ``Said``."""
    return error.args[0] if error.args and isinstance(error.args[0], Said) else str(error)


def line_of_text(longest: int) -> Callable[[str], str]:
    """A text in one line."""

    def read(given: str) -> str:
        one_line = " ".join(given.split())
        if len(one_line) > longest:
            told = sentence(
                "{given} has {count} characters; at most {most} are kept",
                given=shown(given),
                count=len(one_line),
                most=longest,
            )
            raise ValueError(told)
        return one_line

    return read


def address(given: str) -> str:
    """A mail address, in small letters."""
    try:
        validate_email(given)
    except ValidationError:
        told = sentence("{given} is not a mail address; write one as name@host.example", given=shown(given))
        raise ValueError(told) from None
    if len(given) > 254:
        told = sentence(
            "{given} has {count} characters; a mail address has at most 254", given=shown(given), count=len(given)
        )
        raise ValueError(told)
    return given.lower()


def yes_or_no(given: str) -> bool:
    """``yes`` or ``no``, and what spreadsheets make of them."""
    word = given.casefold()
    if word not in _YES | _NO:
        raise ValueError(sentence("{given} is neither yes nor no", given=shown(given)))
    return word in _YES


def day(given: str) -> date:
    """A date, year first: no other order is read the same everywhere."""
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", given):
            raise ValueError
        return date.fromisoformat(given)
    except ValueError:
        told = sentence("{given} is not a date; write year-month-day, as 2026-01-31", given=shown(given))
        raise ValueError(told) from None


def known_zone(given: str) -> str:
    """The name of an IANA zone."""
    if given not in zone_names():
        raise UnknownZone(given)
    return given


def holiday_place(given: str) -> str:
    """A country, or one of its regions, whose holidays are known: ``US``, ``DE-BY``."""
    return holidays_of(given.upper()).code


def several(given: str) -> list[str]:
    """The parts of a cell that lists some, with any of , ; | + or line breaks between; each once, in order."""
    return list(dict.fromkeys(" ".join(part.split()) for part in _BETWEEN.split(given) if part.strip()))


def one_of(known: Mapping[str, T], what: str) -> Callable[[str], T]:
    """What is called so in ``known``, whose keys are casefolded; ``what`` is what a name should be ("a level")."""

    def read(given: str) -> T:
        found = known.get(given.casefold())
        if found is None:
            instead = _instead(given, known)
            raise ValueError(
                sentence("{given} is not {what}; {instead}", given=shown(given), what=what, instead=instead)
            )
        return found

    return read


def _instead(given: str, known: Mapping[str, T]) -> str:
    if not known:
        return sentence("there is none yet")
    near = get_close_matches(given.casefold(), known, n=3, cutoff=0.7)
    if near:
        return sentence("did you mean {names}?", names=reduce(_either, near))
    names = list(dict.fromkeys(known))
    some = ", ".join(names[:8])
    if len(names) > 8:
        return sentence("there are {names} and {count} more", names=some, count=len(names) - 8)
    return sentence("there are {names}", names=some)


def _either(some: str, other: str) -> str:
    return sentence("{some} or {other}", some=some, other=other)
