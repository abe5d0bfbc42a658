"""The small round face beside a name: initials on one of a few colours, the same for the same name everywhere."""

from __future__ import annotations

from zlib import crc32

COLOURS = 6


def initials(name: str) -> str:
    """The first letters of the first and the last word, in capitals; ``?`` for a name without letters."""
    words = [word for word in name.split() if word[0].isalnum()]
    if not words:
        return "?"
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


def colour(name: str) -> int:
    """Which of the colours of ``faces.css`` this name has, 0 to 5."""
    return crc32(name.encode()) % COLOURS
