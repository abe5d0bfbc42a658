"""Lengths of time as people write and read them: 4h, 90m, 1h 30m; 4 h, 1 h 30 min; and a time of day, 08:00."""

from __future__ import annotations

import re
from datetime import timedelta

_SECONDS = {"h": 3600, "m": 60, "s": 1}
_WRITTEN = re.compile(
    r"(?:(?P<h>\d{1,6})\s*(?:h|hours?))?\s*"
    r"(?:(?P<m>\d{1,8})\s*(?:m|min|minutes?))?\s*"
    r"(?:(?P<s>\d{1,9}(?:\.\d{1,6})?)\s*(?:s|seconds?))?",
    re.ASCII,
)
_TIME_OF_DAY = re.compile(r"(\d{1,2}):(\d{2})", re.ASCII)


def read(text: str) -> timedelta | None:
    """Hours, minutes and seconds in that order, at least one of them; None when the text is something else."""
    written = _WRITTEN.fullmatch(text.strip().lower())
    if written is None or not any(written.groups()):
        return None
    amounts = {unit: amount for unit, amount in written.groupdict().items() if amount}
    whole_seconds, _, fraction = amounts.pop("s", "0").partition(".")
    seconds = sum(int(amount) * _SECONDS[unit] for unit, amount in amounts.items()) + int(whole_seconds)
    return timedelta(seconds=seconds, microseconds=int(f"{fraction:0<6}"))


def spelled(length: timedelta) -> str:
    """``1 h 20 min``; nothing is rounded, and nothing is in days, since a working day has its own length."""
    if length < timedelta():
        return f"-{spelled(-length)}"
    seconds = length.days * 86400 + length.seconds
    hours, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
    fraction = f".{length.microseconds:06}".rstrip("0") if length.microseconds else ""
    parts = [f"{hours} h"] if hours else []
    parts += [f"{minutes} min"] if minutes else []
    parts += [f"{rest}{fraction} s"] if rest or fraction else []
    return " ".join(parts) or "0 min"


def clock_time(since_midnight: timedelta) -> str:
    """``08:00``: the time of day that a clock shows so long after midnight, to the minute."""
    minutes = int(since_midnight.total_seconds() // 60)
    return f"{minutes // 60:02}:{minutes % 60:02}"


def time_of_day(written: str) -> timedelta | None:
    """``08:00`` as the length since midnight, up to ``24:00``; None when the text is something else."""
    match = _TIME_OF_DAY.fullmatch(written.strip())
    if match is None:
        return None
    since_midnight = timedelta(hours=int(match[1]), minutes=int(match[2]))
    return since_midnight if int(match[2]) < 60 and since_midnight <= timedelta(days=1) else None
