"""Parts of a whole as a file writes them: ``1/2``, ``80%``, ``0.8``."""

from __future__ import annotations

from fractions import Fraction

from watchkeeper.core.policy_file.problems import quoted


def part(written: str, *, of: str, example: str) -> Fraction:
    """A part of something. Raises ``ValueError`` unless it lies between 0 and 1."""
    try:
        read = Fraction(written[:-1].strip()) / 100 if written.endswith("%") else Fraction(written)
    except (ValueError, ZeroDivisionError):
        raise ValueError(f"{quoted(written)} is not a part of {of}; write {example}") from None
    if not 0 < read < 1:
        raise ValueError(f"{quoted(written)} is not between 0 and 1; write {example}")
    return read
