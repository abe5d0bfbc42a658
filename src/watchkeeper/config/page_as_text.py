"""A published page as text for a terminal: wrapped paragraphs and tables."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from watchkeeper.core.policy import Contact
from watchkeeper.core.published import Note, Page, Table

_WIDEST = 132
_NARROWEST = 60
_SHARES = (0.44, 0.56)
"""Of the width left beside the severity: how much the definition takes, and how much the promises together."""


def lines(page: Page) -> Iterator[str]:
    """The page, line by line, as wide as the terminal and at most 132 characters."""
    width = max(_NARROWEST, min(shutil.get_terminal_size((120, 24)).columns, _WIDEST))
    yield page.title
    yield "=" * len(page.title)
    for level in page.levels:
        yield from _level(level, width)
    yield from _notes(page.notes, width)
    if page.contacts:
        yield from ("", page.contacts_heading, "")
        yield from (f"  • {_reached(contact)}" for contact in page.contacts)
    if page.terms:
        yield from ("", *textwrap.wrap(page.terms, width))


def _level(level: Table, width: int) -> Iterator[str]:
    yield from ("", level.title, "-" * len(level.title), "")
    for point in level.introduction:
        yield from textwrap.wrap(point, width, initial_indent="  • ", subsequent_indent="    ")
    if level.conditions:
        yield from ("", *textwrap.wrap(level.conditions, width))
    yield from _table(level, width)
    for variant in level.variants:
        yield from ("", variant.title + ":")
        yield from _table(variant, width)


def _table(level: Table, width: int) -> Iterator[str]:
    if level.rows:
        yield from _rows(level, width)
    yield from _notes(level.notes, width)
    if level.features and not level.introduction:
        yield from ("", *textwrap.wrap(f"Also: {', '.join(level.features)}", width, subsequent_indent="    "))


def _notes(notes: Sequence[Note], width: int) -> Iterator[str]:
    for note in notes:
        yield ""
        yield from textwrap.wrap(f"{note.heading}: {'; '.join(note.lines)}", width, subsequent_indent="    ")


def _rows(level: Table, width: int) -> Iterator[str]:
    rows = [(row.severity, row.definition, *(cell.text for cell in row.cells)) for row in level.rows]
    widths = _widths([level.headings, *rows], width)
    yield ""
    yield from _row(level.headings, widths)
    yield "─┼─".join("─" * each for each in widths)
    for row in rows:
        yield from _row(row, widths)


def _widths(rows: Sequence[Sequence[str]], width: int) -> list[int]:
    """How wide each column is: the severity as it needs, the others by their shares."""
    columns = len(rows[0])
    severity = max(len(row[0]) for row in rows[1:])
    severity = max(severity, max(len(word) for word in rows[0][0].split()))
    left = width - severity - 3 * (columns - 1)
    promises = columns - 2
    definition = int(left * _SHARES[0])
    return [severity, definition, *[(left - definition) // promises] * promises]


def _row(cells: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    wrapped = [textwrap.wrap(cell, width) or [""] for cell, width in zip(cells, widths, strict=True)]
    for pieces in zip_longest(*wrapped, fillvalue=""):
        yield " │ ".join(f"{piece:{width}}" for piece, width in zip(pieces, widths, strict=True)).rstrip()


def _reached(contact: Contact) -> str:
    ways = ", ".join(filter(None, (*contact.emails, contact.phone, contact.remark)))
    return f"{contact.name}: {ways}" if ways else contact.name
