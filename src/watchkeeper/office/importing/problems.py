"""What is wrong with a table, each with its line and its column."""

from __future__ import annotations

from typing import NamedTuple

from watchkeeper.core.said import sentence


class Problem(NamedTuple):
    """One thing wrong: ``line`` counts from 1 as an editor does, 0 means the whole file; ``column`` may be empty."""

    line: int
    column: str
    says: str

    def __str__(self) -> str:
        where = ", ".join(filter(None, [f"line {self.line}" if self.line else "", self.column]))
        return f"{where}: {self.says}" if where else self.says


class Unreadable(ValueError):
    """A file that is no table at all; the message says why and what to do."""

    def __init__(self, says: str, *, line: int = 0, column: str = "") -> None:
        super().__init__(says)
        self.problem = Problem(line, column, says)


def shown(given: str) -> str:
    """What was given, short and in one line, between quotes."""
    one_line = " ".join(given.split())
    return sentence("“{text}”", text=f"{one_line[:57]}…" if len(one_line) > 60 else one_line)
