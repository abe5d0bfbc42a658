"""Whatever is changed in a policy that people have written and remarked upon: their words and all other values stay."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.patience import examples
from watchkeeper.core.policy_file import PolicyFileErrors
from watchkeeper.core.policy_file.editing import REMOVED, Change, appended, edited
from watchkeeper.core.policy_file.tree import parse, said

POLICIES = Path(__file__).parents[3] / "policies"
TEXTS = [path.read_text() for path in sorted([*POLICIES.glob("*.yaml"), *POLICIES.glob("examples/*.yaml")])]

WORDS = st.sampled_from(
    [
        "x",
        "08:00-17:00",
        "a: b",
        "c # d",
        "- e",
        "~",
        "",
        "no",
        "[",
        "]",
        "{f",
        "g,",
        "'h'",
        '"i"',
        "#",
        "%",
        "? j",
        "é×",
        "k" * 150,
    ]
)
PHRASES = st.lists(WORDS, min_size=1, max_size=30).map(" ".join).map(str.strip) | WORDS
KEYS = st.sampled_from(["x", "name", "1", "2026-12-24", "sat, sun", "a: b", "holidays", "#k"])
VALUES: st.SearchStrategy[Any] = st.recursive(
    PHRASES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=8
)


@st.composite
def remarked(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A shipped policy with remarks on some of its lines, and those remarks."""
    text = draw(st.sampled_from(TEXTS))
    remarks: list[str] = []
    for number in range(draw(st.integers(0, 6))):
        lines = text.split("\n")
        at = draw(st.integers(0, len(lines) - 1))
        remark = f"# remark {number}, of: 'somebody'"
        if draw(st.booleans()):
            lines[at] += f"  {remark}"
        else:
            lines.insert(at, " " * draw(st.integers(0, 8)) + remark)
        if is_the_same("\n".join(lines), text):
            text = "\n".join(lines)
            remarks.append(remark)
    return text, remarks


def is_the_same(text: str, other: str) -> bool:
    """Whether two texts say the same; a remark inside of a text would be more text, or break it."""
    try:
        return said(parse(text)) == said(parse(other))
    except PolicyFileErrors:
        return False


def paths(tree: Any, way: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every path that leads to something."""
    named = tree if isinstance(tree, dict) else dict(enumerate(tree, start=1)) if isinstance(tree, list) else {}
    for name, inner in named.items():
        yield (*way, str(name))
        yield from paths(inner, (*way, str(name)))


def holder(tree: Any, path: tuple[str, ...]) -> tuple[Any, Any]:
    """The list or mapping that the end of a path stands in, and its key or index there."""
    *way, name = path
    for step in way:
        tree = tree[int(step) - 1] if isinstance(tree, list) else tree[step]
    return tree, int(name) - 1 if isinstance(tree, list) else name


def value_at(tree: Any, path: tuple[str, ...]) -> Any:
    around, name = holder(tree, path)
    return around[name]


def require(made: str, expected: Any, remarks: list[str]) -> None:
    found = said(parse(made))
    assert found == expected
    assert repr(found) == repr(expected), "the order of something else changed"
    for remark in remarks:
        assert made.count(remark) == 1


@pytest.mark.property
@given(remarked(), st.data())
@settings(max_examples=examples(40), deadline=None)
def test_a_value_is_changed_and_nothing_else(written: tuple[str, list[str]], data: st.DataObject) -> None:
    text, remarks = written
    tree = said(parse(text))
    path = data.draw(st.sampled_from(list(paths(tree))))
    value = data.draw(VALUES)
    around, name = holder(tree, path)
    was_text = isinstance(around[name], str)
    around[name] = value
    made = edited(text, [Change(path, value)])
    require(made, tree, remarks)
    if was_text and isinstance(value, str):
        assert made.count("\n\n") == text.count("\n\n"), "a blank line came or went"


@pytest.mark.property
@given(remarked(), st.data())
@settings(max_examples=examples(20), deadline=None)
def test_an_entry_is_taken_out_and_nothing_else(written: tuple[str, list[str]], data: st.DataObject) -> None:
    text, remarks = written
    tree = said(parse(text))
    path = data.draw(st.sampled_from(list(paths(tree))))
    around, name = holder(tree, path)
    del around[name]
    require(edited(text, [Change(path, REMOVED)]), tree, remarks)


@pytest.mark.property
@given(remarked(), st.data())
@settings(max_examples=examples(20), deadline=None)
def test_a_key_is_added_and_nothing_else(written: tuple[str, list[str]], data: st.DataObject) -> None:
    text, remarks = written
    tree = said(parse(text))
    mappings = [path for path in paths(tree) if isinstance(holder(tree, path)[0], dict)]
    path = (*data.draw(st.sampled_from(mappings))[:-1], "new", "newer")
    around, name = holder(tree, path[:-1])
    value = data.draw(VALUES)
    around[name] = {"newer": value}
    require(edited(text, [Change(path, value)]), tree, remarks)


@pytest.mark.property
@given(remarked(), st.data())
@settings(max_examples=examples(20), deadline=None)
def test_a_list_gets_further_entries_and_nothing_else(written: tuple[str, list[str]], data: st.DataObject) -> None:
    text, remarks = written
    tree = said(parse(text))
    lists = [path for path in paths(tree) if not isinstance(value_at(tree, path), dict)]
    path = data.draw(st.sampled_from(lists))
    around, name = holder(tree, path)
    values = data.draw(st.lists(PHRASES, min_size=1, max_size=20))
    around[name] = [*(around[name] if isinstance(around[name], list) else [around[name]]), *values]
    require(appended(text, path, values), tree, remarks)
