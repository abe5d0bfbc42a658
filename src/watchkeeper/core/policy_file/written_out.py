"""A policy's text that is complete in itself: in place of each country, the dates its holidays were resolved to."""

from __future__ import annotations

from collections.abc import Iterator

from watchkeeper.core.policy_file.editing import Change, edited
from watchkeeper.core.policy_file.operating import StoredHolidays
from watchkeeper.core.policy_file.paths import Path, inside
from watchkeeper.core.policy_file.tree import Said, parse, said

_HOURS, _HOLIDAYS = "hours", "holidays"


def with_dates(text: str, holidays: StoredHolidays) -> str:
    """``text`` with the dates of ``holidays`` where it names their countries; all else of it stays to the letter.

    Read without any holidays, it says what ``text`` says with these. Raises ``CannotEdit``.
    """
    changes = [Change(path, _dates(words, holidays)) for path, words in _of_calendars(said(parse(text)), ())]
    return edited(text, changes)


def _of_calendars(there: Said, way: Path) -> Iterator[tuple[Path, list[str]]]:
    """Every list of holidays of a calendar; a single one is a list of one."""
    for name, value in inside(there).items():
        path = (*way, name)
        if name == _HOLIDAYS and _HOURS in way and isinstance(value, str | list):
            words = value if isinstance(value, list) else [value]
            yield path, [word for word in words if isinstance(word, str)]
        else:
            yield from _of_calendars(value, path)


def _dates(words: list[str], holidays: StoredHolidays) -> list[str]:
    """Each day once, in the order in which it is first said."""
    days = [[word] if word not in holidays else map(str, sorted(holidays[word])) for word in words]
    return list(dict.fromkeys(day for of_word in days for day in of_word))
