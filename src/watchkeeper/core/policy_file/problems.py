"""What is wrong with a file: each problem with its place, its line and a remedy; all of them at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

_LONGEST_QUOTE = 60
_LONGEST_MESSAGE = 1_000


class Problem(NamedTuple):
    """One thing that is wrong, or unwise. ``path`` is the place in the policy's own words, ``line`` counts from 1.

    ``found`` is the text as it stands in the file, empty where something is missing.
    """

    path: str
    line: int
    message: str
    found: str = ""

    def __str__(self) -> str:
        place = f"{self.path}: " if self.path else ""
        return f"{_printable(place, _LONGEST_MESSAGE)}{self.message} (line {self.line})"


class PolicyFileErrors(ValueError):
    """A file that says no sound policy; ``problems`` holds every problem found, in the order of the file."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: problem.line))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def quoted(found: str) -> str:
    """Text from the file as a message quotes it."""
    return f'"{shown(found)}"'


def shown(found: str) -> str:
    """Text from the file on one line, cut where it is long, unprintable characters escaped."""
    return _printable(" ".join(found.split()), _LONGEST_QUOTE)


def said(message: str) -> str:
    """A message with what it names from the file: cut where that is too long to be read, as ``shown``."""
    return _printable(message, _LONGEST_MESSAGE)


def _printable(line: str, longest: int) -> str:
    cut = line if len(line) <= longest else f"{line[: longest - 1]}…"
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in cut)
