"""What was said before, beneath a mail in which a person speaks: the newest first, each quoted and named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from watchkeeper.notify.wording.about import About
from watchkeeper.notify.wording.words import one_line, paragraphs, quoted

MOST = 10
"""In messages."""

LONGEST_MESSAGE = 2_000
LONGEST = 10_000
"""In characters."""


@dataclass(frozen=True, slots=True)
class Said:
    """One message of a conversation."""

    by: str
    at: datetime
    text: str


def history(about: About, earlier: Sequence[Said]) -> str:
    """``earlier``, the newest first, as a reply quotes it; empty where nothing was said. What is cut says so."""
    told, length = [], 0
    for said in earlier[:MOST]:
        text = _cut(said.text)
        length += len(text)
        if told and length > LONGEST:
            break
        told.append(_told(about, said, text))
    if not told:
        return ""
    is_whole = len(told) == len(earlier)
    return paragraphs(*told, "" if is_whole else gettext("What was said before stands on the incident's page."))


def _told(about: About, said: Said, text: str) -> str:
    opening = gettext("On {at}, {by} wrote:").format(at=about.dated(said.at), by=one_line(said.by))
    return f"{opening}\n\n{quoted(text)}"


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_MESSAGE else f"{text[:LONGEST_MESSAGE].rstrip()} …"
