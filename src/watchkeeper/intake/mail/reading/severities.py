"""A line at the top of a mail that says how bad it is: `Severity: 1`."""

from __future__ import annotations

import re

_LINES_FROM_THE_TOP = 5
_LINE = re.compile(
    r"[*_\s]*(?:severity|schweregrad)[*_\s]*[:=][*_\s]*"
    r"(\d{1,2}|[^\W\d]\w{0,19}(?:[ -]\w{1,20})?)[*_\s.]*",
    re.IGNORECASE,
)


def taken_out(text: str) -> tuple[str, str]:
    """What the line says and the text without it. Only a number or a word or two is a severity; a sentence is text."""
    lines = text.split("\n")
    filled = [at for at, line in enumerate(lines) if line.strip()]
    for at in filled[:_LINES_FROM_THE_TOP]:
        if len(lines[at]) < 80 and (found := _LINE.fullmatch(lines[at])):
            return found[1], "\n".join([*lines[:at], *lines[at + 1 :]]).strip("\n")
    return "", text
