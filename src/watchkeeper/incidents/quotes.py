"""What a mail repeats of the mails before it: the lines marked with > at its end."""

from __future__ import annotations

FEWEST_LINES = 3
"""Less is a quotation that somebody answers, and no history."""


def parted(written: str) -> tuple[str, str]:
    """A message as what is new in it and what it repeats; all is new where it repeats nothing, or nothing else."""
    lines = written.rstrip().splitlines()
    start = len(lines)
    while start and (lines[start - 1].startswith(">") or not lines[start - 1].strip()):
        start -= 1
    new, quoted = "\n".join(lines[:start]).rstrip(), "\n".join(lines[start:]).strip()
    is_history = sum(line.startswith(">") for line in lines[start:]) >= FEWEST_LINES
    return (new, quoted) if new and is_history else (written, "")
