"""Lengths as a file says them: ``1h 30m``, ``2 elapsed hours``, ``next business day``, ``95%``."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

from watchkeeper.core.durations import clock_time
from watchkeeper.core.within import Counting, Within

_UNITS = {"hour": timedelta(hours=1), "minute": timedelta(minutes=1)}
_KINDS = {"operating": "business", "elapsed": "elapsed"}
_SECOND = timedelta(seconds=1)
_AT_ONCE = "at once"


def length(within: Within, counting: Counting = "operating") -> str:
    """A length where lengths are counted in ``counting`` when they do not say how."""
    if within.length is None:
        return _days(within)
    return _clock(within.length) if within.counting == counting else _counted(within.length, within.counting)


def moment(after: Within) -> str:
    """How long after something: ``at once``, or a length."""
    return _AT_ONCE if after.is_nothing else length(after)


def percentage(part: Fraction) -> str:
    """``95%``, or ``1/3`` where that is no short decimal."""
    written = f"{float(part * 100):.10g}"
    return f"{written}%" if Fraction(written) == part * 100 else str(part)


def _days(within: Within) -> str:
    by = f" by {clock_time(within.by)}" if within.by is not None else ""
    if within.until_closing and not within.days:
        return "same business day"
    if within.days == 1 and (within.until_closing or by):
        return f"next business day{by}"
    kind = within.counting.removesuffix("_days")
    plural = "" if within.days == 1 else "s"
    return f"{within.days} {kind} day{plural}{' until closing' if within.until_closing else by}"


def _clock(of: timedelta) -> str:
    seconds, rest = divmod(of, _SECOND)
    hours, minutes, seconds = seconds // 3600, seconds // 60 % 60, seconds % 60
    fraction = f".{rest.microseconds:06}".rstrip("0") if rest else ""
    parts = [f"{hours}h"] if hours else []
    parts += [f"{minutes}m"] if minutes else []
    parts += [f"{seconds}{fraction}s"] if seconds or fraction else []
    return " ".join(parts) or "0m"


def _counted(of: timedelta, counting: Counting) -> str:
    """``2.5 business hours``: in hours where those are a short decimal, else in minutes."""
    unit = next((name for name, one in _UNITS.items() if of * 100 % one == timedelta()), "minute")
    amount = Fraction(of // timedelta(microseconds=1), _UNITS[unit] // timedelta(microseconds=1))
    written = f"{float(amount):.10g}"
    return f"{written} {_KINDS[counting]} {unit}{'' if amount == 1 else 's'}"
