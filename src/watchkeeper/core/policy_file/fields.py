"""Reading one mapping of the file field by field, gathering what is wrong instead of stopping at it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from itertools import islice
from typing import TypeVar

from watchkeeper.core.policy_file.grammar import SHAPES
from watchkeeper.core.policy_file.grammar.limits import MOST_PROBLEMS
from watchkeeper.core.policy_file.grammar.other_words import OTHER_WORDS
from watchkeeper.core.policy_file.problems import PolicyFileErrors, Problem, quoted, said, shown
from watchkeeper.core.policy_file.tree import Listing, Mapping, Node, Text

T = TypeVar("T")

_MISSING = "is missing"

_YES = ("yes", "true")
_NO = ("no", "false")


class AlreadyTold(ValueError):
    """A value that cannot be had because of a problem that is gathered already; it is no second problem."""


class Section:
    """A mapping of the file with its path in the policy's own words, as ``premium.acknowledgement.2``.

    A value that cannot be read becomes a problem and ``None``: whoever asked goes on, and nothing is built in the end.
    Which keys there are is declared in ``grammar``.
    """

    def __init__(self, node: Mapping, path: str, problems: list[Problem]) -> None:
        self.path = path
        self.line = node.line
        self.problems = problems
        self._node = node

    def at(self, key: str) -> str:
        """The path of ``key`` in here."""
        return f"{self.path}.{key}" if self.path else key

    def line_of(self, key: str) -> int:
        """The line of ``key``, or of the mapping where the key is missing."""
        return self._node.key_lines.get(key, self.line)

    def complain(self, key: str, message: str, found: str = "") -> None:
        """Gather a problem with ``key``; an empty key means the mapping itself. Reading ends where they are many."""
        path = self.at(key) if key else self.path
        self.problems.append(Problem(path, self.line_of(key), said(message), found))
        if len(self.problems) >= MOST_PROBLEMS:
            raise PolicyFileErrors(self.problems)

    def has(self, key: str) -> bool:
        """Whether ``key`` is given, with a value or without."""
        return key in self._node.items

    def node(self, key: str) -> Node | None:
        """What stands under ``key``; ``None`` where it is missing or nothing is given."""
        node = self._node.items.get(key)
        return None if isinstance(node, Text) and node.value is None else node

    def entries(self, most: int | None = None) -> Iterator[tuple[str, Node]]:
        """Every key with its node: for mappings whose keys are names, such as levels; more than ``most`` are told."""
        if most is not None and len(self._node.items) > most:
            self.complain("", f"has {len(self._node.items):,} entries; at most {most} are allowed")
        return islice(self._node.items.items(), most)

    def value(self, key: str, read: Callable[[str], T]) -> T | None:
        """The text under ``key`` as ``read`` understands it; ``None`` where it is missing or not understood."""
        node = self.node(key)
        if node is None:
            return None
        if not isinstance(node, Text) or node.value is None:
            self.complain(key, "must be one value, not a list or mapping")
            return None
        return self.understood(key, node.value, read)

    def required(self, key: str, read: Callable[[str], T], remedy: str) -> T | None:
        """Like ``value``, but a missing key is a problem; ``remedy`` says what to write."""
        if self.node(key) is None:
            self.complain(key, f"{_MISSING}; {remedy}")
            return None
        return self.value(key, read)

    def understood(self, key: str, found: str, read: Callable[[str], T]) -> T | None:
        """``found`` as ``read`` understands it; its ``ValueError`` becomes a problem with ``key``."""
        try:
            return read(found)
        except AlreadyTold:
            return None
        except ValueError as error:
            self.complain(key, str(error).replace(found, shown(found)), found)
            return None

    def text(self, key: str) -> str:
        """The text under ``key``, its white space folded; empty where there is none."""
        return self.value(key, folded) or ""

    def texts(self, key: str) -> tuple[str, ...]:
        """The texts under ``key``, which may be one text or a list of them."""
        node = self.node(key)
        if node is None:
            return ()
        items = node.items if isinstance(node, Listing) else [node]
        if any(not isinstance(item, Text) or item.value is None for item in items):
            self.complain(key, "must be a text or a list of texts")
            return ()
        return tuple(folded(item.value) for item in items if isinstance(item, Text) and item.value is not None)

    def choice(self, key: str, default: bool) -> bool:
        """Yes or no, written in any of YAML's ways."""
        answer = self.value(key, yes_or_no)
        return default if answer is None else answer

    def section(self, key: str) -> Section | None:
        """The mapping under ``key``; ``None`` where it is missing or something else."""
        node = self.node(key)
        if node is None:
            return None
        if not isinstance(node, Mapping):
            self.complain(key, "must be a mapping of keys and values")
            return None
        return Section(node, self.at(key), self.problems)

    def sections(self, key: str, what: str) -> tuple[Section, ...]:
        """Each mapping of the list under ``key``, its path ending in its number; ``what`` says what the list holds."""
        node = self.node(key)
        if node is None:
            return ()
        items = node.items if isinstance(node, Listing) else [node]
        mappings = [item for item in items if isinstance(item, Mapping)]
        if not isinstance(node, Listing) or len(mappings) < len(items):
            self.complain(key, f"must be a list of {what}")
            return ()
        return tuple(self.child(key, item, f"{self.at(key)}.{n}") for n, item in enumerate(mappings, start=1))

    def child(self, key: str, node: Mapping, path: str | None = None) -> Section:
        """``node`` as a section of its own, gathering its problems in the same place."""
        return Section(node, self.at(key) if path is None else path, self.problems)

    def without_problems(self) -> Section:
        """The same section read once more, where what is wrong in it was said the first time."""
        return Section(self._node, self.path, [])

    def refuse_unknown(self, what: str) -> None:
        """Name every key that ``what`` does not have by the grammar, with the likeliest key that was meant."""
        allowed = SHAPES[what].keys
        for key in self._node.items:
            if key not in allowed:
                meant = _meant(key, allowed)
                self._forget_that_it_is_missing(meant)
                suggestion = f"did you mean {meant}?" if meant else f"it has {', '.join(sorted(allowed))}"
                self.complain(key, f"{what} has no {quoted(key)}; {suggestion}", key)

    def has_known_keys(self, what: str) -> bool:
        """Whether all its keys are ``what``'s."""
        return self._node.items.keys() <= set(SHAPES[what].keys)

    def _forget_that_it_is_missing(self, key: str) -> None:
        """A key that is written otherwise is one problem and not two."""
        self.problems[:] = [
            problem
            for problem in self.problems
            if problem.path != self.at(key) or not problem.message.startswith(_MISSING)
        ]


def folded(text: str) -> str:
    """A text on one line, as a reader of the page sees it."""
    return " ".join(text.split())


def yes_or_no(written: str) -> bool:
    """Yes or no. Raises ``ValueError`` for anything else."""
    word = written.casefold()
    if word not in (*_YES, *_NO):
        raise ValueError(f"{quoted(written)} is neither yes nor no; write one of the two")
    return word in _YES


def _meant(key: str, allowed: Collection[str]) -> str:
    """The key of ``allowed`` that was likely meant; empty where none is near."""
    from difflib import get_close_matches  # only a file with a mistake pays for it

    plain = "_".join(re.findall("[a-z0-9]+", key.casefold()))
    if plain in allowed or OTHER_WORDS.get(plain) in allowed:
        return plain if plain in allowed else OTHER_WORDS[plain]
    return next(iter(get_close_matches(plain, allowed, n=1, cutoff=0.7)), "")
