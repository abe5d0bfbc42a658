"""Changing one value in the text of a policy file, and nothing else: comments, blank lines, quotes and order stay.

A comment outlives what it stood beside: the desk deletes no words that a person wrote. What comes out is read again,
and differs from what went in by exactly the changes asked for, or ``CannotEdit`` is raised.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from enum import Enum
from typing import Final, NamedTuple

from watchkeeper.core.policy_file import paths, splices
from watchkeeper.core.policy_file.anatomy import Anatomy
from watchkeeper.core.policy_file.layout import STEP, NotPlain, plain
from watchkeeper.core.policy_file.paths import CannotEdit, Path, spoken
from watchkeeper.core.policy_file.problems import PolicyFileErrors
from watchkeeper.core.policy_file.splices import Surroundings
from watchkeeper.core.policy_file.tree import Said, parse, said

__all__ = ["REMOVED", "CannotEdit", "Change", "appended", "edited"]


class Removed(Enum):
    """What a change says of what goes away."""

    REMOVED = "removed"


REMOVED: Final = Removed.REMOVED
"""The value of a change that takes a key out of its mapping, or an entry out of its list."""

_BYTE_ORDER_MARK = "\ufeff"


class Change(NamedTuple):
    """What stands at ``path`` afterwards: a text, a list or a mapping of them, or ``REMOVED``.

    The path names keys, and entries of lists by their numbers from 1: ``("levels", "premium", "variants", "1")``.
    Mappings that are missing on the way are made.
    """

    path: Path
    value: object


def edited(text: str, changes: Sequence[Change]) -> str:
    """``text`` with every change made, one after the other.

    Raises ``CannotEdit``, and ``PolicyFileErrors`` for a text that cannot be read to begin with.
    """
    parse(text)
    mark = _BYTE_ORDER_MARK if text.startswith(_BYTE_ORDER_MARK) else ""
    line_break = "\r\n" if 0 < text.count("\n") == text.count("\r\n") else "\n"
    made = text.removeprefix(mark).replace(line_break, "\n")
    for change in changes:
        made = _changed(made, change)
    return mark + made.replace("\n", line_break)


def appended(text: str, path: Path, values: Sequence[str]) -> str:
    """``text`` with further values at the end of the list at ``path``.

    A list that is missing is made, and a text that stands alone becomes its first entry. Raises like ``edited``.
    """
    there = paths.at(said(parse(text)), path)
    if isinstance(there, dict):
        raise CannotEdit(f"{spoken(path)} is a mapping; only a list can be appended to")
    before = [] if there is None else there if isinstance(there, list) else [there]
    return edited(text, [Change(path, [*before, *values])])


def _changed(text: str, change: Change) -> str:
    """The text with one change, read again to see that it holds this change and all else that it held."""
    before, path = said(parse(text)), change.path
    try:
        if not path or not before:
            raise CannotEdit("only what stands under a key can be changed; a whole file is written anew")
        if change.value is REMOVED:
            expected, made = paths.taken(before, path), _without(text, path)
        else:
            expected, made = paths.put(before, path, plain(change.value)), _with(text, path, plain(change.value))
        found = said(parse(made))
    except (NotPlain, PolicyFileErrors) as error:
        raise CannotEdit(f"{spoken(path)}: {error}") from None
    if repr(found) != repr(expected) or _comments(made) != _comments(text):
        raise CannotEdit(f"{spoken(path)} stands so that it cannot be changed alone; change it by hand")
    return made


def _comments(text: str) -> list[str]:
    return sorted(Anatomy(text).comments(0, len(text)))


def _with(text: str, path: Path, value: Said) -> str:
    """The text with ``value`` at ``path``, which leads through nothing but mappings and entries that there are."""
    tree = said(parse(text))
    known, there = paths.known(tree, path), paths.at(tree, path)
    if known < len(path):
        for name in reversed(path[known + 1 :]):
            value = {name: value}
        return _with_key(text, path[:known], path[known], value)
    if repr(there) == repr(value):
        return text
    if isinstance(there, dict) and isinstance(value, dict) and there and value and _in_one_order(there, value):
        return _like_mapping(text, path, list(there), value)
    if isinstance(there, list) and isinstance(value, list) and there and value:
        return _like_list(text, path, there, value)
    around = _surroundings(text, path[:-1])
    return splices.with_value(around, _index(around, path[-1]), value)


def _with_key(text: str, path: Path, name: str, value: Said) -> str:
    """The text with one more key in the mapping at ``path``, or with its first."""
    if not paths.at(said(parse(text)), path):
        return _with(text, path, {name: value})
    around = _surroundings(text, path)
    return splices.with_entries(around, len(around.entries), {name: value})


def _without(text: str, path: Path) -> str:
    around = _surroundings(text, path[:-1])
    if len(around.entries) > 1:
        return splices.without_entry(around, _index(around, path[-1]))
    return _with(text, path[:-1], [] if around.is_list else {})


def _in_one_order(there: Mapping[str, Said], value: Mapping[str, Said]) -> bool:
    return [key for key in there if key in value] == [key for key in value if key in there]


def _like_mapping(text: str, path: Path, keys: Sequence[str], value: Mapping[str, Said]) -> str:
    """The text where a mapping says ``value``: what stays keeps its place. From the end on, so that places hold."""
    wanted = list(value)
    for kind, begins, ends, first, last in reversed(_steps(keys, wanted)):
        if kind == "equal":
            for key in keys[begins:ends]:
                text = _with(text, (*path, key), value[key])
            continue
        if new := {key: value[key] for key in wanted[first:last]}:
            text = splices.with_entries(_surroundings(text, path), ends, new)
        for at in reversed(range(begins, ends)):
            text = splices.without_entry(_surroundings(text, path), at)
    return text


def _like_list(text: str, path: Path, there: list[Said], value: list[Said]) -> str:
    """The text where a list says ``value``: what stays keeps its place. From the end on, so that places hold."""
    for kind, begins, ends, first, last in reversed(_steps([*map(repr, there)], [*map(repr, value)])):
        if kind == "equal":
            continue
        exchanged = min(ends - begins, last - first)
        if new := value[first + exchanged : last]:
            text = splices.with_entries(_surroundings(text, path), begins + exchanged, new)
        for at in reversed(range(begins + exchanged, ends)):
            text = splices.without_entry(_surroundings(text, path), at)
        for step in range(exchanged):
            text = _with(text, (*path, str(begins + step + 1)), value[first + step])
    return text


def _steps(before: Sequence[str], after: Sequence[str]) -> Sequence[tuple[str, int, int, int, int]]:
    return SequenceMatcher(None, before, after, autojunk=False).get_opcodes()


def _surroundings(text: str, path: Path) -> Surroundings:
    """The list or mapping at a path that there is."""
    file = Anatomy(text)
    around = Surroundings(file, file.root, STEP)
    for name in path:
        entry = around.entries[_index(around, name)]
        around = Surroundings(file, entry.node, around.indent if around.is_flow else file.column(entry.begins) + STEP)
    return around


def _index(around: Surroundings, name: str) -> int:
    return next(at for at, entry in enumerate(around.entries) if entry.name == name)
