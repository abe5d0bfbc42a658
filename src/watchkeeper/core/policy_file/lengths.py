"""The lengths of a target as a file says them: ``within`` and ``goal``, how they are counted, and a range of both.

``within: 2-4 business hours`` promises four and aims at two.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple, cast

from watchkeeper.core import durations
from watchkeeper.core.policy import Target
from watchkeeper.core.policy_file import week
from watchkeeper.core.policy_file.fields import Section, folded
from watchkeeper.core.policy_file.problems import quoted
from watchkeeper.core.within import DATE_RULES, Counting, Starts, Within

_NUMBER = r"[0-9]{1,6}(?:\.[0-9]{1,4})?"
_RANGE = re.compile(
    rf"(?P<least>{_NUMBER}) ?(?P<its>[a-z][a-z ]{{0,20}}?)? ?(?:-|–|to) ?(?P<most>{_NUMBER}) ?(?P<unit>[a-z].*)",
    re.IGNORECASE,
)


class Lengths(NamedTuple):
    """The limit and the earlier aim; ``None`` where there is none, or none that can be read."""

    within: Within | None
    goal: Within | None


class _Range(NamedTuple):
    """The shorter and the longer length of a range; the shorter is empty where there is none, or it is nought."""

    least: str
    most: str


def read_lengths(entry: Section, base: Target | None) -> Lengths:
    """The lengths of a target; what it leaves out is as in the target beneath it."""
    counting = _counting(entry, base)
    within = entry.required("within", _range, "write a length, as 4h") if entry.has("within") else None
    limit = entry.understood("within", within.most, lambda most: _counted(entry, most, *counting)) if within else None
    aim = None
    if limit and within and within.least:
        aim = entry.understood("within", within.least, lambda least: _counted(entry, least, *counting))
    if entry.has("goal"):
        goal = entry.required("goal", lambda written: _counted(entry, written, *counting), "write a length, as 15m")
        if aim is not None:
            entry.complain(
                "goal", "is given beside a range, whose shorter length is the goal; leave one of the two out"
            )
    else:
        goal = aim or (base.goal if base else None)
    if not entry.has("within") and base is not None:
        limit = base.within
    lengths = _by_cut_off(entry, Lengths(limit, goal))
    _refuse_an_idle_start(entry, counting, lengths)
    return lengths


def some_time(written: str, counting: Counting = "operating", starts: Starts = "opening") -> Within:
    """A length that leaves some time, counted as it says or else as it is told. Raises ``ValueError``."""
    if counting in DATE_RULES and durations.read(written) is not None:
        counting = "operating"  # hours laid over days
    within = Within.parse(written, counting, starts if counting == "elapsed" else "opening")
    if within.is_nothing:
        raise ValueError(f"{quoted(written)} leaves no time at all; write 4h, 90m or 2 business days")
    return within


def _counted(entry: Section, written: str, counting: Counting, starts: Starts) -> Within:
    """A length of a target, counted as the target says. Raises ``ValueError`` where it says otherwise itself."""
    within = some_time(written, counting, starts)
    if _is_elapsed(within) and entry.has("starts"):
        within = replace(within, starts=starts)
    if entry.has("counting") and within.length is not None and within.counting != counting:
        raise ValueError(f"{quoted(written)} is not counted as counting: {counting} says; leave one of the two out")
    return within


def _range(written: str) -> _Range:
    match = _RANGE.fullmatch(folded(written))
    if match is None:
        return _Range("", written)
    least = f"{match['least']} {match['its'] or match['unit']}" if float(match["least"]) else ""
    return _Range(least, f"{match['most']} {match['unit']}")


def _counting(entry: Section, base: Target | None) -> tuple[Counting, Starts]:
    """How the lengths of a target are counted: as written, else as the target beneath is, else operating time."""
    counting = entry.value("counting", _known_counting) or (base.within.counting if base else "operating")
    starts = entry.value("starts", _known_start) or (base.within.starts if base else "opening")
    return counting, starts


def _refuse_an_idle_start(entry: Section, counting: tuple[Counting, Starts], lengths: Lengths) -> None:
    is_elapsed = counting[0] == "elapsed" or any(_is_elapsed(length) for length in lengths)
    if entry.has("starts") and counting[1] == "receipt" and not is_elapsed:
        entry.complain("starts", "on receipt is for counting: elapsed; operating time begins at an opening", "receipt")


def _is_elapsed(length: Within | None) -> bool:
    return length is not None and length.counting == "elapsed"


def _known_counting(written: str) -> Counting:
    if written == "operating" or written == "elapsed":
        return cast(Counting, written)
    raise ValueError(f"{quoted(written)} is no counting; write operating or elapsed, and days as 2 business days")


def _known_start(written: str) -> Starts:
    if written == "opening" or written == "receipt":
        return cast(Starts, written)
    raise ValueError(f"{quoted(written)} is no start; write opening or receipt")


def _by_cut_off(entry: Section, lengths: Lengths) -> Lengths:
    """The lengths, those in business days with the time that a report must come by to be counted from its own day."""
    cut_off = entry.value("cut_off", week.time_of_day)
    given = [length for length in lengths if length is not None]
    days = [length for length in given if length.counting == "business_days"]
    if cut_off is not None and given and not days:
        entry.complain("cut_off", f"is for business days; {given[0]} has no day that a report could miss")
    if cut_off is None:
        return lengths
    return Lengths(*(replace(length, cut_off=cut_off) if length and length in days else length for length in lengths))
