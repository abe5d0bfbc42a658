"""Holidays written into the text of a policy: each on a line of its own, with its name beside it as a comment."""

from __future__ import annotations

from collections.abc import Sequence

from yaml.nodes import MappingNode, Node

from watchkeeper.core.holiday_calendars.reading import NamedDay
from watchkeeper.core.policy_file.anatomy import Anatomy, Entry
from watchkeeper.core.policy_file.editing import appended
from watchkeeper.core.policy_file.layout import STEP
from watchkeeper.core.policy_file.paths import CannotEdit, Path, spoken
from watchkeeper.core.policy_file.tree import parse, said

_HOLIDAYS = "holidays"


def with_holidays(text: str, calendar: Path, days: Sequence[NamedDay]) -> str:
    """``text`` with further holidays in the calendar at a path, ``("hours", "office")``; all else stays.

    Raises ``CannotEdit`` where the calendar is no mapping that could hold them, and ``PolicyFileErrors``.
    """
    path = (*calendar, _HOLIDAYS)
    plain = appended(text.replace("\r\n", "\n"), path, [day.isoformat() for day, _ in days])
    named = _with_names(plain, path, [name for _, name in days])
    if repr(said(parse(named))) != repr(said(parse(plain))):
        raise CannotEdit(f"{spoken(path)} stands so that names cannot be written beside its dates; change it by hand")
    return named


def _with_names(text: str, path: Path, names: Sequence[str]) -> str:
    """The text with a comment beside each of the last entries of a list."""
    file = Anatomy(text)
    around, key = _place(file, path)
    listing = key.node
    entries = file.entries(listing)
    comments = [""] * (len(entries) - len(names)) + [f"  # {name}" if name else "" for name in names]
    if not getattr(listing, "flow_style", False):
        return _beside(file, entries, comments)
    if not around.flow_style and not file.comments(file.begins(listing), file.ends(listing)):
        return _on_lines(file, key, entries, comments)
    return _between_brackets(file, key, entries, comments)


def _place(file: Anatomy, path: Path) -> tuple[MappingNode, Entry]:
    """The mapping at the end of a path, and the entry in it."""
    around: Node = file.root
    for name in path:
        entry = next(each for each in file.entries(around) if each.name == name)
        mapping, around = around, entry.node
    assert isinstance(mapping, MappingNode), "holidays stand under a key"
    return mapping, entry


def _beside(file: Anatomy, entries: Sequence[Entry], comments: Sequence[str]) -> str:
    """A list with a dash before each entry, from the end on, so that places hold."""
    text = file.text
    for entry, comment in reversed([*zip(entries, comments, strict=True)]):
        at = file.line_ends(entry.ends)
        text = text[:at] + comment + text[at:]
    return text


def _on_lines(file: Anatomy, key: Entry, entries: Sequence[Entry], comments: Sequence[str]) -> str:
    """A list between brackets, as one with dashes."""
    line_ends = file.line_ends(key.ends)
    dash = "\n" + " " * (file.column(key.begins) + STEP) + "- "
    items = [f"{dash}{file.text[e.begins : e.ends]}{c}" for e, c in zip(entries, comments, strict=True)]
    tail = file.text[key.ends : line_ends].rstrip()
    return file.text[: key.after_sign] + tail + "".join(items) + file.text[line_ends:]


def _between_brackets(file: Anatomy, key: Entry, entries: Sequence[Entry], comments: Sequence[str]) -> str:
    """A list that stays between brackets; its new entries on lines of their own."""
    first = next((at for at, comment in enumerate(comments) if comment), len(entries))
    if first == len(entries):
        return file.text
    begins = entries[first - 1].ends if first else file.begins(key.node) + 1
    written = file.text[file.line_begins(key.begins) : key.begins]
    line = "\n" + " " * (len(written) - len(written.lstrip()) + STEP)
    commas = [","] * (len(entries) - first - 1) + [""]
    new = zip(entries[first:], commas, comments[first:], strict=True)
    items = [f"{line}{file.text[entry.begins : entry.ends]}{comma}{comment}" for entry, comma, comment in new]
    return file.text[:begins] + ("," if first else "") + "".join(items) + line + file.text[entries[-1].ends :]
