"""The tables of the reference of the policy file, made of the grammar and of what the examples use.

``python -m tests.corpus.policy_reference`` writes them anew between the marks ``<!-- fields of … -->`` and
``<!-- end -->``, and what the commands of its walk print.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.corpus.as_an_editor_reads import as_an_editor_reads
from tests.corpus.example_tables import EXAMPLES, PROJECT, vendors
from tests.corpus.policy_walk import walked
from watchkeeper.core.policy_file.grammar import SHAPES, Field, Kind, Shape, slug
from watchkeeper.core.policy_file.grammar.levels import METRICS
from watchkeeper.core.policy_file.grammar.offer import OFFER

PAGE = PROJECT / "docs/reference/policy.md"
GROUPS = {"targets": METRICS, "what it brings": OFFER}
"""Fields that several shapes share, described once; everything else is described under its shape."""

_MARKS = re.compile(r"(<!-- fields of (?P<name>.+?) -->\n).*?(<!-- end -->)", re.DOTALL)
_BY_SLUG = {slug(name): shape for name, shape in SHAPES.items()}


def described() -> dict[str, tuple[Field, ...]]:
    """What each table is about: a group, or what a shape has beside the groups."""
    shared = {id(field) for fields in GROUPS.values() for field in fields}
    return GROUPS | {
        shape.name: tuple(field for field in shape.fields if id(field) not in shared) for shape in SHAPES.values()
    }


def with_tables(page: str) -> str:
    """The page with its tables as they should be."""
    return _MARKS.sub(lambda mark: f"{mark[1]}{_table(mark['name'])}{mark[3]}", page)


def used_by(name: str, key: str) -> list[str]:
    """The examples that have this key of a shape or group; the shipped policy where none has."""
    shapes = [name] if name in SHAPES else SHAPES
    return [policy for shape in shapes for policy in _uses().get((shape, key), ())]


def _table(name: str) -> str:
    lines = [
        "| key | what it says | value | otherwise | example | needed by |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for field in described()[name]:
        needed = next(iter(used_by(name, field.key)), "")
        row = (f"`{field.key}`", field.says, _value(field.kind), field.default, f"`{field.example}`", needed)
        lines.append(f"| {' | '.join(row)} |")
    return "\n".join(lines) + "\n"


def _value(kind: Kind) -> str:
    reference = kind.get("$ref", "").rpartition("/")[2]
    if reference in _BY_SLUG:
        return f"[{_BY_SLUG[reference].name}](#{reference.replace('_', '-')})"
    if "enum" in kind:
        return ", ".join(f"`{word}`" for word in kind["enum"])
    return "zone" if reference else str(kind["title"])


@cache
def _uses() -> dict[tuple[str, str], list[str]]:
    used: dict[tuple[str, str], list[str]] = defaultdict(list)
    files = [*(EXAMPLES / f"{vendor}.yaml" for vendor in vendors()), PROJECT / "policies/production-support.yaml"]
    for path in files:
        for place in _used_in(SHAPES["a policy"], as_an_editor_reads(path.read_text(encoding="utf-8"))):
            if path.stem not in used[place]:
                used[place].append(path.stem)
    return used


def _used_in(shape: Shape, mapping: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for field in shape.fields:
        if field.key in mapping:
            yield shape.name, field.key
            yield from _within(field.kind, mapping[field.key])


def _within(kind: Kind, value: Any) -> Iterator[tuple[str, str]]:
    """The places in a value of this kind, whichever of its alternatives it is."""
    if "if" in kind:
        is_so = set(kind["if"]["required"]) <= set(value if isinstance(value, dict) else ())
        yield from _within(kind["then" if is_so else "else"], value)
    for alternative in kind.get("anyOf", ()):
        yield from _within(alternative, value)
    shape = _BY_SLUG.get(kind.get("$ref", "").rpartition("/")[2])
    if isinstance(value, dict) and shape is not None:
        yield from _used_in(shape, value)
    elif isinstance(value, dict) and kind.get("additionalProperties"):
        for inner in value.values():
            yield from _within(kind["additionalProperties"], inner)
    elif isinstance(value, list) and "items" in kind:
        for inner in value:
            yield from _within(kind["items"], inner)


if __name__ == "__main__":
    text = with_tables(PAGE.read_text(encoding="utf-8"))
    os.environ["COLUMNS"] = "80"
    with TemporaryDirectory() as folder:
        PAGE.write_text(walked(text, Path(folder)), encoding="utf-8")
