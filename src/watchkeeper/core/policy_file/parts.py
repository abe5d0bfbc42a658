"""Parts of a whole as a file writes them: ``1/2``, ``80%``, ``0.8``."""

from __future__ import annotations

import re
from fractions import Fraction

from watchkeeper.core.policy_file.problems import quoted

_PART = re.compile(r"(?P<number>-?\d{0,6}\.?\d{1,6})\s*((?P<per_cent>%)|/\s*(?P<of>\d{1,6}))?", re.ASCII)


def part(written: str, *, of: str, example: str) -> Fraction:
    """A part of something. Raises ``ValueError`` unless it lies between 0 and 1."""
    match = _PART.fullmatch(written)
    if match is None or (match["of"] and not int(match["of"])):
        raise ValueError(f"{quoted(written)} is not a part of {of}; write {example}")
    read = Fraction(match["number"]) / (100 if match["per_cent"] else int(match["of"] or 1))
    if not 0 < read < 1:
        raise ValueError(f"{quoted(written)} is not between 0 and 1; write {example}")
    return read
