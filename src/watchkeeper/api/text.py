"""Text as the API takes it: what PostgreSQL can keep, and what a mail's subject can carry."""

from __future__ import annotations

import unicodedata
from typing import Annotated

from pydantic import AfterValidator, StringConstraints

LONGEST_TEXT = 100_000


def _sound(written: str) -> str:
    """Refuse what cannot be stored: NUL and lone surrogates."""
    if "\x00" in written:
        raise ValueError("contains NUL, the character U+0000; leave it out")
    if any("\ud800" <= letter <= "\udfff" for letter in written):
        raise ValueError("contains half of a surrogate pair; send well-formed Unicode")
    return written


def _on_one_line(written: str) -> str:
    for letter in _sound(written):
        if unicodedata.category(letter) in ("Cc", "Zl", "Zp"):
            raise ValueError(f"contains the control character U+{ord(letter):04X}; write one line")
    return written


Line = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), AfterValidator(_on_one_line)
]
"""One line of 1 to 200 characters, without control characters."""

Label = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200), AfterValidator(_on_one_line)]
"""A line that may be empty."""

Text = Annotated[str, StringConstraints(max_length=LONGEST_TEXT), AfterValidator(_sound)]
"""Up to 100,000 characters on any number of lines."""
