"""Texts, lists and mappings as YAML, laid out as a person would: on one line while it fits, else on lines of its own.

Every text is written so that ``tree.parse`` reads it back as it is.
"""

from __future__ import annotations

from io import StringIO

from yaml.emitter import Emitter

from watchkeeper.core.policy_file.tree import NOTHING, Said

WIDTH = 120
STEP = 2

_SHORT = 24
"""A list of texts no longer than this fills its lines; longer ones stand on a line each."""

_JUDGE = Emitter(StringIO(), allow_unicode=True)
"""It writes nothing; it says which texts may stand without quotes."""

_ESCAPED = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}


class NotPlain(ValueError):
    """A value that no file could say; the message shows it and says what may stand there."""


def plain(value: object) -> Said:
    """``value``, if it is made of texts, lists and mappings alone. Raises ``NotPlain``."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, dict) and all(isinstance(key, str) and key.strip() for key in value):
        return {key.strip(): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    raise NotPlain(f"{value!r} cannot stand in a file; give a text, a list, or a mapping with texts as its keys")


def entry_lines(key: str, value: Said, column: int) -> list[str]:
    """``key: value`` in a mapping that is indented by ``column``, over as many lines as it needs."""
    return lines_after(" " * column + scalar(key) + ":", value, column + STEP)


def item_lines(value: Said, column: int) -> list[str]:
    """``- value`` in a list that is indented by ``column``, over as many lines as it needs."""
    dash = " " * column + "-"
    if not isinstance(value, dict | list) or _on_one_line(value, column + STEP):
        return lines_after(dash, value, column + STEP)
    first, *others = block_lines(value, column + STEP)
    return [f"{dash} {first.lstrip()}", *others]


def block_lines(value: Said, column: int) -> list[str]:
    """A list or mapping with each of its entries on lines of its own; what is empty is ``[]`` or ``{}``."""
    if not isinstance(value, dict | list) or not value:
        return [" " * column + flow(value)]
    if isinstance(value, dict):
        return [line for key, item in value.items() for line in entry_lines(key, item, column)]
    return [line for item in value for line in item_lines(item, column)]


def flow(value: Said) -> str:
    """The value on one line, as it may stand between brackets."""
    return " ".join(flow_pieces(value))


def flow_pieces(value: Said) -> list[str]:
    """The pieces of ``flow``: a line may end behind each of them, and nowhere else."""
    if not isinstance(value, dict | list):
        return [scalar(value, in_flow=True)]
    opens, closes = "{}" if isinstance(value, dict) else "[]"
    first, *others = flow_entries(value) or [""]
    *before, last = [opens + first, *others]
    return [*before, last + closes]


def flow_entries(value: dict[str, Said] | list[Said]) -> list[str]:
    """The pieces of a collection without its brackets."""
    entries = [_entry_pieces(*item) for item in value.items()] if isinstance(value, dict) else map(flow_pieces, value)
    pieces = [piece for *before, last in entries for piece in (*before, f"{last},")]
    return [*pieces[:-1], pieces[-1].removesuffix(",")] if pieces else []


def _entry_pieces(key: str, value: Said) -> list[str]:
    first, *others = flow_pieces(value)
    return [f"{scalar(key, in_flow=True)}: {first}", *others]


def scalar(text: str | None, *, in_flow: bool = False) -> str:
    """The text plain where YAML would read it so, else between double quotes; ``~`` for nothing."""
    if text is None:
        return "~"
    found = _JUDGE.analyze_scalar(text)
    is_plain = found.allow_flow_plain if in_flow else found.allow_block_plain
    if is_plain and not found.multiline and text not in NOTHING:
        return text
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(letter: str) -> str:
    if letter in _ESCAPED:
        return _ESCAPED[letter]
    return letter if letter.isprintable() else f"\\U{ord(letter):08x}"


def lines_after(start: str, value: Said, column: int) -> list[str]:
    """The value behind ``start``; what does not fit goes on in lines indented by ``column``."""
    if not isinstance(value, dict | list):
        return filled(start, _words(scalar(value)), column)
    if _on_one_line(value, len(start)):
        return [f"{start} {flow(value)}"]
    if isinstance(value, list) and all(isinstance(item, str) and len(item) <= _SHORT for item in value):
        return filled(start, flow_pieces(value), column)
    return [start, *block_lines(value, column)]


def own_lines(value: Said, column: int) -> list[str]:
    """The value on lines of its own, indented by ``column``."""
    return [line for line in lines_after(" " * (column - 1), value, column) if line.strip()]


def filled(start: str, pieces: list[str], column: int) -> list[str]:
    """The pieces behind ``start``, in lines no longer than ``WIDTH`` where that can be."""
    lines = [start]
    for piece in pieces:
        if len(lines[-1]) + 1 + len(piece) > WIDTH:
            lines.append(" " * column + piece)
        else:
            lines[-1] += f" {piece}"
    return lines


def _words(written: str) -> list[str]:
    """The words of a text; where several spaces part two of them, they may be meant, and the text is one piece."""
    return [written] if "  " in written else written.split(" ")


def _on_one_line(value: Said, column: int) -> bool:
    """Whether a collection is empty, or fits behind ``column`` and nests no deeper than lists of texts in a mapping."""
    inside = [value] if not isinstance(value, dict) else list(value.values())
    lists = [item for item in inside if isinstance(item, list)]
    texts = [item for item in inside if item not in lists] + [item for items in lists for item in items]
    is_flat = all(isinstance(item, str) for item in texts)
    return not value or (is_flat and column + 1 + len(flow(value)) <= WIDTH)
