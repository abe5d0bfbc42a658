"""The three things an edit does to the text of a file: give an entry another value, put entries in, take one out.

Each answers the whole text. No comment is lost: one that stood in what goes away stays on a line of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from yaml.nodes import CollectionNode, Node, SequenceNode

from watchkeeper.core.policy_file.anatomy import Anatomy, Entry
from watchkeeper.core.policy_file.layout import (
    STEP,
    entry_lines,
    filled,
    flow,
    flow_entries,
    flow_pieces,
    item_lines,
    lines_after,
    own_lines,
)
from watchkeeper.core.policy_file.tree import Said


class Surroundings(NamedTuple):
    """A list or mapping in its text. ``indent`` is what a line that goes on inside of it must be indented by."""

    file: Anatomy
    node: Node
    indent: int

    @property
    def entries(self) -> list[Entry]:
        return self.file.entries(self.node)

    @property
    def is_list(self) -> bool:
        return isinstance(self.node, SequenceNode)

    @property
    def is_flow(self) -> bool:
        """Whether it stands between brackets."""
        return isinstance(self.node, CollectionNode) and bool(self.node.flow_style)

    def column(self) -> int:
        """How far its entries are indented."""
        return self.file.column(self.entries[0].begins)


def with_value(around: Surroundings, at: int, value: Said) -> str:
    """The text where entry ``at`` has another value."""
    return _in_brackets(around, around.entries[at], value) if around.is_flow else _in_block(around, at, value)


def with_entries(around: Surroundings, at: int, new: dict[str, Said] | list[Said]) -> str:
    """The text with new entries in a collection that has ``at`` entries before them, and some in all."""
    return _put_in_brackets(around, at, new) if around.is_flow else _put_in_block(around, at, new)


def without_entry(around: Surroundings, at: int) -> str:
    """The text without entry ``at`` of a collection that has others."""
    return _taken_from_brackets(around, at) if around.is_flow else _taken_from_block(around, at)


def _in_block(around: Surroundings, at: int, value: Said) -> str:
    file, entry = around.file, around.entries[at]
    begins, line_ends = file.begins(entry.node), file.line_ends(entry.ends)
    tail = file.text[entry.ends : line_ends].rstrip()
    inner = file.comments(entry.after_sign, entry.ends)
    column = around.column() + STEP
    if inner:
        head = file.text[entry.after_sign : file.line_ends(entry.after_sign)].rstrip()
        on_the_line = [head.lstrip()] if head.lstrip() == inner[0] else []
        comments = [*inner[len(on_the_line) :], *([tail.lstrip()] if tail else [])]
        lines = [*(" " * column + comment for comment in comments), *own_lines(value, column)]
        return _spliced(file.text, entry.after_sign, line_ends, "\n".join([head if on_the_line else "", *lines]))
    start = file.text[file.line_begins(entry.after_sign) : entry.after_sign]
    first, *others = lines_after(start, value, column)
    if first == start:
        return _spliced(file.text, entry.after_sign, line_ends, "\n".join([tail, *others]))
    space = file.text[entry.after_sign : begins]
    kept = space if space and not space.strip(" ") else " "
    made = kept + "\n".join([first[len(start) + 1 :], *others])
    return _spliced(file.text, entry.after_sign, entry.ends, made)


def _in_brackets(around: Surroundings, entry: Entry, value: Said) -> str:
    file = around.file
    begins = file.begins(entry.node)
    comments = file.comments(begins, entry.ends)
    if comments:
        return _spliced(file.text, begins, entry.ends, _on_lines(around, *comments, flow(value)))
    start = file.text[file.line_begins(begins) : begins].rstrip()
    written = "\n".join(filled(start, flow_pieces(value), around.indent))[len(start) :]
    if begins == entry.ends:
        colon = "" if file.text[:begins].endswith(":") else ":"
        return _spliced(file.text, begins, begins, colon + written)
    return _spliced(file.text, begins, entry.ends, written.removeprefix(" "))


def _put_in_block(around: Surroundings, at: int, new: dict[str, Said] | list[Said]) -> str:
    file, column = around.file, around.column()
    if isinstance(new, dict):
        lines = [line for key, value in new.items() for line in entry_lines(key, value, column)]
    else:
        lines = [line for value in new for line in item_lines(value, column)]
    if at == 0:
        first = around.entries[0].begins
        return _spliced(file.text, first, first, "\n".join(lines).lstrip() + "\n" + " " * column)
    place = file.line_ends(around.entries[at - 1].ends)
    return _spliced(file.text, place, place, "\n".join(["", *lines]))


def _put_in_brackets(around: Surroundings, at: int, new: dict[str, Said] | list[Said]) -> str:
    file = around.file
    if at == 0:
        first = around.entries[0].begins
        return _spliced(file.text, first, first, " ".join(flow_entries(new)) + ", ")
    place = around.entries[at - 1].ends
    start = file.text[file.line_begins(place) : place] + ","
    return _spliced(
        file.text, place, place, "\n".join(filled(start, flow_entries(new), around.indent))[len(start) - 1 :]
    )


def _taken_from_block(around: Surroundings, at: int) -> str:
    file, entry = around.file, around.entries[at]
    line_begins, line_ends = file.line_begins(entry.begins), file.line_ends(entry.ends)
    comments = [" " * around.column() + comment for comment in file.comments(entry.begins, line_ends)]
    if file.text[line_begins : entry.begins].strip():
        return _taken_from_behind_a_dash(around, at, comments)
    if comments:
        return _spliced(file.text, line_begins, line_ends, "\n".join(comments))
    if line_ends == len(file.text):
        return file.text[: line_begins - 1]
    return _spliced(file.text, line_begins, line_ends + 1, "")


def _taken_from_behind_a_dash(around: Surroundings, at: int, comments: Sequence[str]) -> str:
    """The text without an entry that shares its line with the dash of the list it stands in: the next one moves up."""
    file, entry, following = around.file, around.entries[at], around.entries[at + 1]
    between = file.text[file.line_ends(entry.ends) : following.begins]
    if not comments and not between.strip(" \n") and between.count("\n") == 1:
        return _spliced(file.text, entry.begins, following.begins, "")
    space = " " if comments else ""
    before = len(file.text[: entry.begins].rstrip(" "))
    return _spliced(file.text, before, following.begins, space + "\n".join(comments).lstrip() + between)


def _taken_from_brackets(around: Surroundings, at: int) -> str:
    file, entries = around.file, around.entries
    if at + 1 < len(entries):
        begins, ends = entries[at].begins, entries[at + 1].begins
    else:
        begins, ends = entries[at - 1].ends, entries[at].ends
    comments = file.comments(begins, ends)
    if not comments:
        return _spliced(file.text, begins, ends, "")
    return _spliced(file.text, len(file.text[:begins].rstrip(" ")), ends, _on_lines(around, *comments, ""))


def _on_lines(around: Surroundings, *pieces: str) -> str:
    """Pieces between brackets, each beginning a line."""
    return "".join(f"\n{' ' * around.indent}{piece}" for piece in pieces)


def _spliced(text: str, begins: int, ends: int, piece: str) -> str:
    return text[:begins] + piece + text[ends:]
