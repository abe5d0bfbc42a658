"""A file of comma-separated values as a table: named columns, and rows that know the line they begin in.

Every cell is text: what looks like a formula or a number stays as it was written.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from io import StringIO
from itertools import islice
from typing import NamedTuple

from watchkeeper.core.said import sentence
from watchkeeper.office.importing.problems import Problem, Unreadable, shown
from watchkeeper.office.importing.text import decoded

MOST_ROWS = 100_000
MOST_PROBLEMS = 1_000
"""After so many nothing more is read: a table that is wrong throughout is wrong in one way."""

SEPARATORS = {",": sentence("comma"), ";": sentence("semicolon"), "\t": sentence("tab")}
_SAID_FIRST = re.compile(r"sep=(?P<separator>[,;\t])\r?\n", re.IGNORECASE)
"""What spreadsheets write before the head."""

_NEVER_TYPED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class Column(NamedTuple):
    """A column a table may have: what it says, and an example of a cell. ``is_needed``: every table has it."""

    name: str
    says: str
    example: str = ""
    is_needed: bool = False


class Row(NamedTuple):
    """One row: the line it begins in, and the trimmed text of each column that the table has."""

    line: int
    cells: dict[str, str]


class Table(NamedTuple):
    """A table whose head is understood. ``head_line`` is where that stands."""

    columns: tuple[str, ...]
    separator: str
    encoding: str
    text: str
    head_line: int

    def rows(self, problems: list[Problem]) -> Iterator[Row]:
        """Each row that is not empty, in the order of the file, while there are few ``problems``.

        What does not fit the head is added to them and left out; where a quote is never closed, the rows end.
        """
        records = _records(self.text, self.separator)
        try:
            for number, (line, cells) in enumerate(record for record in records if record[0] > self.head_line):
                if number >= MOST_ROWS:
                    told = sentence(
                        "is row {number}; a file has at most {most} rows",
                        number=f"{number + 1:,}",
                        most=f"{MOST_ROWS:,}",
                    )
                    problems.append(Problem(line, "", told))
                    return
                if len(problems) >= MOST_PROBLEMS:
                    says = sentence(
                        "is where reading stopped: there are {count} problems before it", count=f"{len(problems):,}"
                    )
                    problems.append(Problem(line, "", says))
                    return
                if (row := self._row(line, cells, problems)) is not None:
                    yield row
        except Unreadable as error:
            problems.append(error.problem)

    def _row(self, line: int, cells: Sequence[str], problems: list[Problem]) -> Row | None:
        given, named = [cell.strip() for cell in cells], len(self.columns)
        if len(given) < named or any(given[named:]):
            told = sentence(
                "has {count} cells, and the head names {named} columns; a cell that holds a "
                "{separator} or a line break stands in double quotes",
                count=len(given),
                named=named,
                separator=SEPARATORS[self.separator],
            )
            problems.append(Problem(line, "", told))
            return None
        if any(map(_NEVER_TYPED.search, given)):
            told = sentence("holds characters that nobody types; save the file as CSV text")
            problems.append(Problem(line, "", told))
            return None
        return Row(line, dict(zip(self.columns, given, strict=False)))


def read_table(content: bytes, columns: Sequence[Column], *, encoding: str = "") -> Table:
    """The table in a file, whatever separates its cells. Raises ``Unreadable`` where it has no head that fits."""
    text, found = decoded(content, encoding=encoding)
    said = _SAID_FIRST.match(text)
    separator = said["separator"] if said else _likely_separator(text, {_folded(column.name) for column in columns})
    # The line that only names the separator goes on counting as a line.
    text = "\n" + text[said.end() :] if said else text
    line, head = next(_records(text, separator), (0, []))
    if not head:
        raise Unreadable(sentence("is empty; its first line names the columns: {names}", names=_named(columns)))
    return Table(_columns(line, head, columns), separator, found, text, line)


def _likely_separator(text: str, known: set[str]) -> str:
    """The separator by which most of the first line are names of columns."""
    first = next((line for line in islice(text.splitlines(), 20) if line.strip()), "")
    return max(SEPARATORS, key=lambda one: sum(_folded(name.strip('" ')) in known for name in first.split(one)))


def _columns(line: int, head: Sequence[str], columns: Sequence[Column]) -> tuple[str, ...]:
    by_folded = {_folded(column.name): column.name for column in columns}
    while head and not head[-1].strip():
        head = head[:-1]
    found = [by_folded.get(_folded(name)) for name in head]
    for name, known in zip(head, found, strict=True):
        if known is None:
            near = get_close_matches(_folded(name), by_folded, n=1)
            names = {"name": shown(name), "names": _named(columns)}
            told = (
                sentence(
                    "{name} is no column of this table (did you mean {near}?); it may have {names}",
                    near=by_folded[near[0]],
                    **names,
                )
                if near
                else sentence("{name} is no column of this table; it may have {names}", **names)
            )
            raise Unreadable(told, line=line)
        if found.count(known) > 1:
            told = sentence("stands in the head twice; a column is named once")
            raise Unreadable(told, line=line, column=known)
    missing = [column.name for column in columns if column.is_needed and column.name not in found]
    if missing:
        told = sentence(
            "lacks the column {name}; a table has at least {names}",
            name=missing[0],
            names=_named(columns, needed=True),
        )
        raise Unreadable(told, line=line)
    return tuple(filter(None, found))


LONGEST_CELL = 131_072
"""Characters of one cell: what Python's reader takes unless somebody lets it take more."""

_TOO_LONG = sentence(
    "holds a cell of more than {most} characters; is a double quote missing?", most=f"{LONGEST_CELL:,}"
)


def _records(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Each record that holds anything, with the line it begins in."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    begins = 1
    try:
        for cells in reader:
            if any(len(cell) > LONGEST_CELL for cell in cells):
                raise Unreadable(_TOO_LONG, line=begins)
            if any(cell.strip() for cell in cells):
                yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as error:
        raise Unreadable(_said(error), line=begins) from None


def _said(error: csv.Error) -> str:
    if "end of data" in str(error):
        return sentence(
            "opens a double quote that is never closed; inside a quoted cell a double quote is written twice"
        )
    if "field limit" in str(error):
        return _TOO_LONG
    return sentence(
        "has a double quote in the middle of a cell; quote the whole cell, and write a double quote in it twice"
    )


def _folded(name: str) -> str:
    return "_".join(name.strip().casefold().replace("-", " ").replace("_", " ").split())


def _named(columns: Sequence[Column], *, needed: bool = False) -> str:
    return ", ".join(column.name for column in columns if column.is_needed or not needed)
