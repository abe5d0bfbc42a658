"""The text of a policy file as a tree of mappings, lists and texts, each with its line.

A small, safe part of YAML: one document, plain text for every scalar (``no``, ``08:30`` and ``1e3`` are what was
written), no anchors, aliases or tags, no key twice. The tree is built from the events of libyaml's parser without
recursion, so neither a nest nor a bomb can hurt it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NoReturn

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from yaml.reader import ReaderError

from watchkeeper.core.policy_file.problems import PolicyFileErrors, Problem, quoted

LARGEST = 250_000
"""Characters a file may have: ten times the largest real support policy seen."""

DEEPEST = 12
"""Levels of nesting a file may have. The language itself needs seven."""

NOTHING = ("", "~", "null")
"""What is no value where it stands without quotes."""

_TAB = "a tab stands where only spaces may; indent with spaces"
_BEGINS = "text may not begin with * or &; put it in quotes"
_ESCAPE = "a backslash in double quotes begins a code; put the text in single quotes"
_TAG = "text may not begin with an exclamation mark; put it in quotes"

_REMEDIES = (
    ("that cannot start any token '\t'", _TAB),
    ("found a tab character", _TAB),
    ("did not find expected alphabetic or numeric character", _BEGINS),
    ("did not find expected hexdecimal number", _ESCAPE),
    ("found unknown escape character", _ESCAPE),
    ("did not find the expected '>'", _TAG),
    ("did not find expected whitespace or line break", _TAG),
    ("found undefined tag handle", _TAG),
    ("did not find expected comment or line break", "text may not begin with | or >; put it in quotes"),
    ("found an indentation indicator", "text may not begin with | or >; put it in quotes"),
    ("did not find expected <document start>", "text stands where a key should; write key: value"),
    (
        "block sequence entries are not allowed",
        "a list does not begin behind its key; begin a new line, or write [a, b]",
    ),
    ("mapping keys are not allowed", "text may not begin with ?; put it in quotes"),
    ("found unexpected ':'", "a space is missing after the colon"),
    ("did not find expected key '-'", "a list item stands among keys; indent it below the key of its list"),
    ("did not find expected key ':'", "a key is missing before the colon"),
    ("mapping values are not allowed", "a second colon in one line; put text that holds a colon in quotes"),
    ("that cannot start any token", "text may not begin with {character}; put it in quotes"),
    ("did not find expected key", "this line is indented unlike its neighbours; line it up with them"),
    ("did not find expected '-' indicator", "this line is indented unlike its neighbours; line it up with them"),
    ("could not find expected ':'", "a colon and a space are missing after the key; write key: value"),
    ("unexpected end of stream", "a quote is opened and never closed"),
    ("did not find expected ',' or", "a bracket is opened and never closed, or a comma is missing"),
    ("did not find expected node content", "a bracket is opened and never closed, or a value is missing"),
)
"""What the parser says, followed by the character it stopped at, and what a person can do about it."""

_SEEN_TOO_LATE = ("quoted scalar", "flow sequence", "flow mapping", "simple key")
"""What was being read where the parser notices a mistake after the line it is in; it began in the right one."""

_BREAKS_NO_LINE = str.maketrans("\x85\u2028\u2029", "   ")
"""Characters that end a line for the parser and for no editor."""

_SURROGATE = re.compile("[\ud800-\udfff]")


class Text:
    """A scalar as it was written, without the white space around it; ``None`` where nothing (or ``~``) is."""

    __slots__ = ("line", "value")

    def __init__(self, line: int, value: str | None) -> None:
        self.line = line
        self.value = value


class Listing:
    """A list of nodes."""

    __slots__ = ("items", "line")

    def __init__(self, line: int) -> None:
        self.line = line
        self.items: list[Node] = []


class Mapping:
    """Keys with their nodes, in the order of the file; ``key_lines`` tells where each key stands."""

    __slots__ = ("items", "key_lines", "line")

    def __init__(self, line: int) -> None:
        self.line = line
        self.items: dict[str, Node] = {}
        self.key_lines: dict[str, int] = {}


Node = Text | Listing | Mapping

Said = str | None | list["Said"] | dict[str, "Said"]
"""What a node says, without its lines: texts, lists and mappings, ``None`` where nothing stands."""


def said(node: Node) -> Said:
    """What stands in the file at a node and below."""
    if isinstance(node, Text):
        return node.value
    if isinstance(node, Listing):
        return [said(item) for item in node.items]
    return {key: said(item) for key, item in node.items.items()}


def parse(text: str) -> Mapping:
    """The mapping that ``text`` is. Raises ``PolicyFileErrors`` for anything that is not one."""
    if len(text) > LARGEST:
        _refuse(1, f"the file has {len(text):,} characters; a policy has at most {LARGEST:,}")
    growth = _Growth()
    try:
        for event in _events(text):
            growth.take(event)
    except ReaderError as error:
        line = text.encode()[: error.position].count(b"\n") + 1
        _refuse(line, f"the character {chr(error.character)!a} is not allowed; a policy is plain UTF-8 text")
    except yaml.MarkedYAMLError as error:
        _refuse(*_explained(error, text))
    if growth.problems:
        raise PolicyFileErrors(growth.problems)
    if not isinstance(growth.root, Mapping):
        line = growth.root.line if growth.root else 1
        _refuse(line, 'there are no "key: value" lines; a policy begins like "policy: production-support"')
    return growth.root


def _events(text: str) -> Iterator[Any]:
    """The parser's events. A directive is refused before the parser, which trusts the version it names."""
    for number, line in enumerate(text.split("\n"), start=1):
        if line.startswith("%"):
            _refuse(number, "a line that begins with % is a YAML directive, which the policy language does not have")
        surrogate = _SURROGATE.search(line)
        if surrogate:
            _refuse(number, f"the character {surrogate[0]!a} is not allowed; a policy is plain UTF-8 text")
    return iter(yaml.parse(without_breaks_inside_lines(text), Loader=yaml.CSafeLoader))


def without_breaks_inside_lines(text: str) -> str:
    """The text, as long as before, with a space for every character that ends a line for the parser alone."""
    return text.translate(_BREAKS_NO_LINE)


def _explained(error: yaml.MarkedYAMLError, text: str) -> tuple[int, str]:
    mark = error.problem_mark or error.context_mark
    if error.context_mark and str(error.context).endswith(_SEEN_TOO_LATE):
        mark = error.context_mark
    lines = text.split("\n")
    line = min(mark.line, len(lines) - 1) if mark else 0
    character = lines[line][mark.column : mark.column + 1] if mark else ""
    said = " ".join(str(error.problem or error.context or "it cannot be read").split())
    remedy = next((remedy for words, remedy in _REMEDIES if words in f"{said} '{character}'"), f"not YAML: {said}")
    return line + 1, remedy.replace("{character}", character)


def _refuse(line: int, message: str) -> NoReturn:
    raise PolicyFileErrors([Problem("", line, message)])


class _Growth:
    """The tree while it grows: the collections that are still open, and for a mapping the key that waits."""

    def __init__(self) -> None:
        self.root: Node | None = None
        self.problems: list[Problem] = []
        self._open: list[Listing | Mapping] = []
        self._keys: list[Text | None] = []
        self._documents = 0

    def take(self, event: Any) -> None:
        """Add one event of the parser. Raises ``PolicyFileErrors`` where the language has no such thing."""
        kind = type(event)
        line = event.start_mark.line + 1
        if kind is ScalarEvent:
            self._refuse_anchors_and_tags(event, line)
            self._place(Text(line, _value(event)))
        elif kind is MappingStartEvent or kind is SequenceStartEvent:
            self._refuse_anchors_and_tags(event, line)
            self._begin(Mapping(line) if kind is MappingStartEvent else Listing(line))
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            self._open.pop()
            self._keys.pop()
        elif kind is AliasEvent:
            _refuse(line, f"*{event.anchor} repeats another place; write the value out, aliases are not allowed")
        elif kind is DocumentStartEvent:
            self._documents += 1
            if self._documents > 1:
                _refuse(line, "a second document begins; a policy file holds one policy")

    def _refuse_anchors_and_tags(self, event: Any, line: int) -> None:
        if event.anchor is not None:
            _refuse(line, f"&{event.anchor} names a value to be repeated; write values out, anchors are not allowed")
        if event.tag is not None and event.tag != "!":
            tag = str(event.tag).replace("tag:yaml.org,2002:", "!!")
            _refuse(line, f"the tag {quoted(tag)} is not allowed; write the plain value")

    def _begin(self, collection: Listing | Mapping) -> None:
        if len(self._open) >= DEEPEST:
            _refuse(collection.line, f"more than {DEEPEST} levels deep; a policy needs no such nest")
        self._place(collection)
        self._open.append(collection)
        self._keys.append(None)

    def _place(self, node: Node) -> None:
        if not self._open:
            self.root = node
            return
        parent = self._open[-1]
        if isinstance(parent, Listing):
            parent.items.append(node)
            return
        key = self._keys[-1]
        if key is None:
            if not isinstance(node, Text):
                _refuse(node.line, "a list or mapping stands where a key should; a key is plain text")
            self._keys[-1] = node
            return
        self._keys[-1] = None
        self._enter(parent, key, node)

    def _enter(self, mapping: Mapping, key: Text, node: Node) -> None:
        name = key.value or ""
        if not name:
            self.problems.append(Problem("", key.line, "a key is missing before the colon"))
        elif name == "<<":
            message = '"<<" takes over another place; write its keys out, or let a level be based_on another'
            self.problems.append(Problem("", key.line, message, name))
        elif name in mapping.items:
            first = mapping.key_lines[name]
            message = f"{quoted(name)} is given a second time, first in line {first}; keep one of the two"
            self.problems.append(Problem("", key.line, message, name))
        else:
            mapping.items[name] = node
            mapping.key_lines[name] = key.line


def _value(event: Any) -> str | None:
    text: str = event.value.strip()
    if not event.style and text in NOTHING:
        return None
    return text
