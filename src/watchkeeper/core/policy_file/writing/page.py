"""A file as a page: its parts set apart by blank lines, and so are its levels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from watchkeeper.core.policy_file.layout import STEP, entry_lines
from watchkeeper.core.policy_file.tree import Said

_LEVELS = "levels"


def page(said: Mapping[str, Said]) -> str:
    """The text of a file that says ``said``."""
    return "\n".join(_set_apart(_lines(key, value) for key, value in said.items())) + "\n"


def _lines(key: str, value: Said) -> list[str]:
    if key != _LEVELS or not isinstance(value, dict):
        return entry_lines(key, value, 0)
    return [f"{key}:", *_set_apart(entry_lines(level, terms, STEP) for level, terms in value.items())]


def _set_apart(entries: Iterable[list[str]]) -> Iterator[str]:
    """The lines of the entries, a blank one between two of which either has several."""
    before: list[str] = []
    for lines in entries:
        if before and len(before) + len(lines) > 2:
            yield ""
        yield from lines
        before = lines
