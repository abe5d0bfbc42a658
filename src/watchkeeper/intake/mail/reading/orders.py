"""A first line by which somebody of the team asks for more than a reply: `Resolve`, or `Status: resolved`."""

from __future__ import annotations

import re

from watchkeeper.core.mail import RESOLVE

_SOLVED = "resolved|solved|gelöst|erledigt"
_RESOLVE = re.compile(rf"[*_\s]*(?:status[*_\s]*[:=][*_\s]*(?:{_SOLVED})|resolved?|gelöst)[*_\s.!]*", re.IGNORECASE)


def first_line(text: str) -> str:
    """What the first line with something in it asks for: a word of ``core.mail``, or nothing. A sentence is text."""
    line = next((line for line in text.split("\n") if line.strip()), "")
    return RESOLVE if len(line) < 80 and _RESOLVE.fullmatch(line) else ""


def without_it(text: str) -> str:
    """The text below the first line with something in it."""
    above, _line, below = text.lstrip("\n").partition("\n")
    return below.strip("\n") if above.strip() else without_it(below)
