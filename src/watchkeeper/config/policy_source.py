"""The policy a pure command works with: a file that was named, or the one that is shipped."""

from __future__ import annotations

from typing import NamedTuple

from watchkeeper.config.cannot_run import CommandError
from watchkeeper.core.policy import Policy
from watchkeeper.core.policy_file import PolicyFile, PolicyFileErrors, Problem, open_policy
from watchkeeper.core.policy_file.tree import LARGEST
from watchkeeper.policies.shipped import shipped_policy

_MOST_BYTES = 4 * LARGEST  # a character of UTF-8 has four at most


def opened(named: str | None) -> PolicyFile:
    """The policy file called ``named``, or the shipped one.

    Raises ``CommandError`` where there is no such file and ``PolicyFileErrors`` for what is wrong in it.
    """
    return open_policy(text_at(shipped_policy() if named is None else named))


class Sound(NamedTuple):
    """A policy file that says a sound policy, and its text."""

    file: PolicyFile
    text: str


def text_of(named: str) -> str:
    """The text of a sound policy file. Raises ``CommandError`` for every reason it has none."""
    return sound(named).text


def policy_named(named: str | None) -> Policy:
    """The policy called ``named``, or the shipped one. Raises ``CommandError`` for every reason it has none."""
    return sound(named).file.policy


def sound(named: str | None) -> Sound:
    """The policy file called ``named``, or the shipped one. Raises ``CommandError`` for every reason it has none."""
    try:
        text = text_at(shipped_policy() if named is None else named)
        return Sound(open_policy(text), text)
    except PolicyFileErrors as errors:
        first, *others = errors.problems
        more = f"; {len(others)} more, listed by: watchkeeper policy check {named}" if others else ""
        raise CommandError(f"the policy {named or shipped_policy()} is unsound: {first}{more}") from None


def text_at(path: str) -> str:
    """The text of a file, whatever it says. Raises ``CommandError`` and, for what is no text, ``PolicyFileErrors``."""
    try:
        with open(path, "rb") as file:
            content = file.read(_MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise CommandError(f"the policy {path} cannot be read: {reason}") from None
    if len(content) > _MOST_BYTES:
        message = f"the file has more than {_MOST_BYTES:,} bytes; a policy has at most {LARGEST:,} characters"
        raise PolicyFileErrors([Problem("", 1, message)])
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise PolicyFileErrors([Problem("", line, "holds bytes that are not UTF-8; save the file as UTF-8")]) from None


def verdict(file: PolicyFile) -> str:
    """That a file is sound, and how much it says."""
    policy = file.policy
    targets = sum(len(level.targets) for level in policy.levels)
    return f"{policy.name}: sound; {len(policy.severities)} severities, {len(policy.levels)} levels, {targets} targets"
