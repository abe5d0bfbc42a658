"""What is found in a text before it is a version: what is wrong, what is unwise, what it says differently."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import unified_diff
from typing import NamedTuple

from watchkeeper.core.differences import Difference, differences
from watchkeeper.core.policy import Policy, Target
from watchkeeper.core.policy_file import PolicyFile, PolicyFileErrors, Problem, open_policy
from watchkeeper.core.policy_file.unwise import line_of, unwise

_LINES_AROUND = 2
_HEADS = 2
"""How many lines of a unified diff name its files."""


class Checked(NamedTuple):
    """A text as it was found. Where there are ``problems`` there is no ``file``, and nothing to compare."""

    file: PolicyFile | None
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    differences: tuple[Difference, ...] = ()


def check(text: str, *, against: Policy) -> Checked:
    """Read a text, and compare what it says with a policy."""
    try:
        file = open_policy(text)
    except PolicyFileErrors as errors:
        return Checked(None, problems=errors.problems)
    warnings = (*unwise(file), *_words_left_behind(file, against))
    return Checked(file, warnings=warnings, differences=differences(against, file.policy))


def _words_left_behind(file: PolicyFile, against: Policy) -> Iterator[Problem]:
    """Targets that are counted otherwise than before and are still published in the words of before."""
    before = {level.key: {(t.metric, t.severity): t for t in level.targets} for level in against.levels}
    for level in file.policy.levels:
        for target in level.targets:
            had = before.get(level.key, {}).get((target.metric, target.severity))
            if had is not None and _says_what_was(had, target):
                path = f"{level.key}.{target.metric}.{file.policy.severity_numbered(target.severity).key}"
                said = f"is counted otherwise than before, and still published as “{target.published_as}”"
                yield Problem(path, line_of(file.tree, path), said)


def _says_what_was(had: Target, has: Target) -> bool:
    """Whether the words stayed and what they are about did not; words that name the new length are true again."""
    if not has.published_as or had.published_as != has.published_as:
        return False
    if had.operating.name != has.operating.name:
        return True
    return had.within != has.within and not _numbers(str(has.within)) <= _numbers(has.published_as)


def _numbers(text: str) -> set[str]:
    return set(re.findall(r"\d+", text))


class Line(NamedTuple):
    """A line of a text beside another: ``kind`` is ``gone``, ``come``, ``same``, or ``place`` for where it stands."""

    kind: str
    text: str


_KINDS = {"-": "gone", "+": "come", " ": "same", "@": "place"}


def changed_lines(before: str, after: str) -> list[Line]:
    """Where two texts differ, line by line, with what stands around."""
    compared = unified_diff(before.splitlines(), after.splitlines(), n=_LINES_AROUND, lineterm="")
    return [Line(_KINDS[line[0]], line[1:] if line[0] != "@" else line) for line in list(compared)[_HEADS:]]
