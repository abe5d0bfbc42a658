"""A CSV export of unknown making as records: its encoding, its delimiter, its columns, its broken rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NamedTuple

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab"}

_BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_FALLBACK = "cp1252"
_CHUNK = 1 << 20
_LARGEST_CELL = 10_000_000
_LONGEST_LIST = 40
_ROWS_BETWEEN_PROGRESS = 2_000


class UnreadableTable(ValueError):
    """A file that is no table with the columns asked for; the message says what it has."""


class Record(NamedTuple):
    """One row: its number among the data rows, counted from 1, the line of the file it ends on, and its cells.

    ``fault`` says why the cells cannot be trusted; empty where they can.
    """

    row: int
    line: int
    cells: list[str]
    fault: str


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file whose form is known. ``columns`` are the names in its first row."""

    path: Path
    encoding: str
    delimiter: str
    columns: tuple[str, ...]

    def position(self, column: str) -> int:
        """Where ``column`` stands in a row. Raises ``UnreadableTable`` where it is missing or stands twice."""
        positions = [at for at, name in enumerate(self.columns) if name == column]
        if len(positions) == 1:
            return positions[0]
        if positions:
            raise UnreadableTable(
                f'{self.path.name} has {len(positions)} columns called "{column}"; name one of its own'
            )
        raise UnreadableTable(f'{self.path.name} has no column "{column}"; it has {_listed(self.columns)}')

    def records(self, progress: Callable[[int], None] | None = None) -> Iterator[Record]:
        """The data rows, read one at a time; ``progress`` is now and then told how many bytes are read."""
        with self.path.open("rb") as file, _decoded(file, self.encoding) as text:
            for record in self._read(text):
                yield record
                if progress is not None and record.row % _ROWS_BETWEEN_PROGRESS == 0:
                    progress(file.tell())

    def _read(self, text: io.TextIOWrapper) -> Iterator[Record]:
        reader = csv.reader(text, delimiter=self.delimiter)
        width = len(self.columns)
        row = -1  # the first row holds the names of the columns
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                row += 1
                yield Record(row, reader.line_num, [], f"is no CSV: {error}")
                continue
            if cells:
                row += 1
                if row:
                    yield Record(row, reader.line_num, cells, "" if len(cells) == width else _misfit(cells, width))


def open_table(path: Path, columns: Collection[str]) -> Table:
    """The table in ``path``, which must have ``columns``. Raises ``UnreadableTable``, or ``OSError`` for the file.

    UTF-8 or, with a byte order mark, UTF-16; bytes that are no UTF-8 are read as Windows-1252. The delimiter is the
    comma, semicolon or tab under which all the columns are found.
    """
    csv.field_size_limit(_LARGEST_CELL)
    encoding = _encoding(path)
    headers = {delimiter: _header(path, encoding, delimiter) for delimiter in DELIMITERS}
    delimiter = max(headers, key=lambda each: (len(set(columns) & set(headers[each])), len(headers[each])))
    if not headers[delimiter]:
        raise UnreadableTable(f"{path.name} is empty; its first row must name the columns")
    table = Table(path, encoding, delimiter, headers[delimiter])
    for column in columns:
        table.position(column)
    return table


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        start = file.read(3)
        for mark, encoding in _BYTE_ORDER_MARKS.items():
            if start.startswith(mark):
                return encoding
        file.seek(0)
        try:
            with _decoded(file, "utf-8", errors="strict") as text:
                while text.read(_CHUNK):
                    pass
        except UnicodeDecodeError:
            return _FALLBACK
    return "utf-8"


def _decoded(file: BinaryIO, encoding: str, errors: str = "replace") -> io.TextIOWrapper:
    return io.TextIOWrapper(file, encoding=encoding, errors=errors, newline="")


def _header(path: Path, encoding: str, delimiter: str) -> tuple[str, ...]:
    with path.open("rb") as file, _decoded(file, encoding) as text:
        try:
            return tuple(name.strip() for name in next(filter(None, csv.reader(text, delimiter=delimiter)), []))
        except csv.Error as error:
            raise UnreadableTable(f"{path.name} is no CSV: {error}") from None


def _misfit(cells: list[str], width: int) -> str:
    """What is wrong with a row that is not as wide as the header; nothing, where only empty cells are too many."""
    if len(cells) > width and not any(cell.strip() for cell in cells[width:]):
        del cells[width:]
        return ""
    return f"has {len(cells)} cells under {width} columns"


def _listed(columns: tuple[str, ...]) -> str:
    shown = ", ".join(columns[:_LONGEST_LIST])
    return shown if len(columns) <= _LONGEST_LIST else f"{shown} and {len(columns) - _LONGEST_LIST} more"
