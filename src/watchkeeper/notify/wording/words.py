"""What a notice says: a subject of one line, a plain text, how urgent it is, and whether a person wrote it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import get_language, gettext

from watchkeeper.notify.urgency import REPLY, URGENCIES

LONGEST_SUBJECT = 160
LONGEST_EXCERPT = 2000
"""In characters."""


class UnsoundWords(ValueError):
    """Words that no channel could carry as they are; the message says which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """What a letter's template is filled with, so that it can be worded by another one: its ``kind`` in ``LETTERS``,
    the ``values`` of its variables, and what no template changes: the foot, and the head of the subject."""

    kind: str
    values: Mapping[str, str]
    foot: str = ""
    reference: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """``is_automatic`` is true for all that the desk says by itself: such mail is marked (RFC 3834) and answers no
    promise. ``prose`` is where in the text a person's own words stand, from and to: they are Markdown, and all else is
    plain. ``language`` is the one it was worded in. ``filling`` is there where an installation may word it in its
    own way."""

    subject: str
    text: str
    urgency: str
    is_automatic: bool = True
    prose: tuple[int, int] = (0, 0)
    language: str = field(default_factory=lambda: get_language() or "")
    filling: Filling | None = None

    def __post_init__(self) -> None:
        if self.subject != one_line(self.subject) or not self.subject:
            raise UnsoundWords(f"a subject is one line of printable text, not {self.subject!r}")
        if not self.text.strip():
            raise UnsoundWords(f'"{self.subject}" has no text')
        if self.urgency not in URGENCIES:
            raise UnsoundWords(f'"{self.urgency}" is no urgency; write one of {", ".join(URGENCIES)}')

    @classmethod
    def of_a_person(cls, subject: str, opening: str, message: str, *closing: str) -> Words:
        """What a person said, between what the desk says before it and after it."""
        begins, said = len(paragraphs(opening)) + 1, message.strip("\n")
        return cls(
            subject=subject,
            text=paragraphs(opening, message, *closing),
            urgency=REPLY,
            is_automatic=False,
            prose=(begins, begins + len(said)) if message.strip() else (0, 0),
        )


def one_line(text: str) -> str:
    """``text`` with everything that is no printable character, line ends and direction marks too, made one space."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def subject(reference: str, rest: str) -> str:
    """``[WK-7F3K2Q] rest``: one line, cut where a mail program would lose it."""
    line = one_line(rest)
    return f"[{reference}] {line if len(line) <= LONGEST_SUBJECT else line[: LONGEST_SUBJECT - 1].rstrip() + '…'}"


def paragraphs(*parts: str) -> str:
    """The parts that say something, one empty line between them."""
    return "\n\n".join(part.strip("\n") for part in parts if part.strip()) + "\n"


def excerpt(text: str) -> str:
    """The beginning of a text that may be long, cut visibly: who is woken by it reads the rest in the desk."""
    if len(text) <= LONGEST_EXCERPT:
        return text
    more = gettext("{count:,} more characters in the desk").format(count=len(text) - LONGEST_EXCERPT)
    return f"{text[:LONGEST_EXCERPT].rstrip()} …\n[{more}]"


def quoted(text: str) -> str:
    """Somebody's own words, marked line by line so that they cannot pass for the desk's."""
    return "\n".join(f"> {line}".rstrip() for line in text.strip().splitlines())
