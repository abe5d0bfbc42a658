r"""Where everything stands in the text of a file: each value with its span, each comment, each line's indentation.

Positions count characters of the text. A text must have been read by ``tree.parse``, which refuses what has no place
here: anchors, aliases, keys that are given twice. Its lines end in ``\n`` alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import yaml
from yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode

from watchkeeper.core.policy_file.tree import without_breaks_inside_lines

_COMMENT = re.compile("#.*")
_BLOCK_STYLES = ("|", ">")


class Entry(NamedTuple):
    """One entry of a collection, from its first character (``?`` and ``-`` included) to the end of its value.

    ``name`` is its key, or its number in a list, counted from 1. ``after_sign`` stands behind the colon or dash, or
    before the value where there is none.
    """

    name: str
    begins: int
    after_sign: int
    node: Node
    ends: int


class Anatomy:
    """A text and the places in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.root = _composed(text)
        self._comments = list(self._found_comments())

    def entries(self, collection: Node) -> list[Entry]:
        """The entries of a list or mapping; a text has none."""
        if isinstance(collection, MappingNode):
            return list(self._of_mapping(collection))
        return list(self._of_list(collection)) if isinstance(collection, SequenceNode) else []

    def begins(self, node: Node) -> int:
        """Where a value begins."""
        return int(node.start_mark.index)

    def ends(self, node: Node) -> int:
        """Where a value ends; what stands between a block's last value and the next key is not the block's."""
        if isinstance(node, ScalarNode) and node.style in _BLOCK_STYLES:
            return self.begins(node) + len(self.text[self.begins(node) : node.end_mark.index].rstrip())
        if isinstance(node, CollectionNode) and not node.flow_style:
            return self.entries(node)[-1].ends
        return int(node.end_mark.index)

    def comments(self, begins: int, ends: int) -> list[str]:
        """The comments that begin in a span, each from its ``#`` to the end of its line."""
        return [comment for at, comment in self._comments if begins <= at < ends]

    def column(self, at: int) -> int:
        """How many characters stand before a place in its line."""
        return at - self.line_begins(at)

    def line_begins(self, at: int) -> int:
        """Where the line of a place begins."""
        return self.text.rfind("\n", 0, at) + 1

    def line_ends(self, at: int) -> int:
        """Where the line of a place ends, before its line break."""
        found = self.text.find("\n", at)
        return len(self.text) if found < 0 else found

    def _of_mapping(self, mapping: MappingNode) -> Iterator[Entry]:
        before = self.begins(mapping)
        for key, value in mapping.value:
            explicit = self._sign("?", before, self.begins(key))
            colon = self._sign(":", self.ends(key), self.begins(value))
            before = self.ends(value)
            begins = self.begins(key) if explicit is None else explicit
            yield Entry(key.value.strip(), begins, self.begins(value) if colon is None else colon + 1, value, before)

    def _of_list(self, listing: SequenceNode) -> Iterator[Entry]:
        before = self.begins(listing)
        for number, value in enumerate(listing.value, start=1):
            dash = None if listing.flow_style else self._sign("-", before, self.begins(value))
            before = self.ends(value)
            begins = self.begins(value) if dash is None else dash
            yield Entry(str(number), begins, begins if dash is None else dash + 1, value, before)

    def _sign(self, sign: str, begins: int, ends: int) -> int | None:
        """Where a sign stands between two values; one in a comment is none."""
        at = self.text.find(sign, begins, ends)
        while at >= 0 and any(start <= at < start + len(comment) for start, comment in self._comments):
            at = self.text.find(sign, at + 1, ends)
        return None if at < 0 else at

    def _found_comments(self) -> Iterator[tuple[int, str]]:
        """Every ``#`` that stands outside of texts, or in the first line of a block of text."""
        at = 0
        for scalar in _scalars(self.root):
            yield from self._between(at, self.begins(scalar))
            at = self.begins(scalar)
            if scalar.style in _BLOCK_STYLES:
                yield from self._between(at, self.line_ends(at))
            at = self.ends(scalar)
        yield from self._between(at, len(self.text))

    def _between(self, begins: int, ends: int) -> Iterator[tuple[int, str]]:
        return ((match.start(), match[0].rstrip()) for match in _COMMENT.finditer(self.text, begins, ends))


def _composed(text: str) -> Node:
    root: Node | None = yaml.compose(without_breaks_inside_lines(text), Loader=yaml.CSafeLoader)
    assert root is not None, "a text that parse has read says something"
    return root


def _scalars(node: Node) -> Iterator[ScalarNode]:
    """The texts of a file in its order, keys included."""
    if isinstance(node, ScalarNode):
        yield node
    elif isinstance(node, MappingNode):
        for pair in node.value:
            for part in pair:
                yield from _scalars(part)
    else:
        for item in node.value:
            yield from _scalars(item)
