"""Targets as a file says them: metric → severity → a length, a mapping, or what is said instead."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from watchkeeper.core.durations import clock_time
from watchkeeper.core.policy import (
    PROMISED_METRICS,
    RECEIPT,
    SAID_INSTEAD,
    Cadence,
    OperatingHours,
    SaidInstead,
    Target,
)
from watchkeeper.core.policy_file.beginnings import begins_by_itself
from watchkeeper.core.policy_file.ground import TargetKey
from watchkeeper.core.policy_file.targets import WITHDRAWN
from watchkeeper.core.policy_file.tree import Said
from watchkeeper.core.policy_file.writing.lengths import length, moment
from watchkeeper.core.policy_file.writing.names import Names, given, other, told
from watchkeeper.core.policy_file.writing.shares import said_share
from watchkeeper.core.within import DATE_RULES, Counting, Within

_OPERATING = Within.parse("1h")


class Ground(NamedTuple):
    """What holds for a target where a file says nothing: the target beneath, else hours and beginning of the level."""

    beneath: Mapping[TargetKey, Target]
    hours_at: Callable[[int], OperatingHours]
    begins: str

    def hours(self, target: Target) -> OperatingHours:
        base = self.base(target)
        return base.operating if base else self.hours_at(target.severity)

    def base(self, target: Target) -> Target | None:
        return self.beneath.get((target.metric, target.severity))


def said_targets(
    targets: Iterable[Target],
    withdrawn: Iterable[TargetKey],
    instead: Iterable[SaidInstead],
    ground: Ground,
    names: Names,
) -> dict[str, Said]:
    """What stands under the metrics."""
    said: dict[TargetKey, Said] = dict.fromkeys(withdrawn, WITHDRAWN)
    said |= {place: words if words in SAID_INSTEAD else {"says": words} for place, words in instead}
    said |= {(target.metric, target.severity): _target(target, ground, names) for target in targets}
    return {
        metric: {names.severity(severity): said[metric, severity] for severity in severities}
        for metric in PROMISED_METRICS
        if (severities := sorted(severity for of, severity in said if of == metric))
    }


def _target(target: Target, ground: Ground, names: Names) -> Said:
    base = ground.base(target)
    begins = base.begins if base else RECEIPT if begins_by_itself(target.metric) else ground.begins
    within = None if base and base.within == target.within else target.within
    goal = None if base and base.goal == target.goal else target.goal
    said = given(
        {
            **_lengths(within, goal, base),
            "hours": told(target.operating, ground.hours(target), names.hours_called),
            "from": other(target.begins, begins),
            **(said_share(target.share, "share") if target.share and not (base and base.share == target.share) else {}),
            "then": told(target.then, base.then if base else (), lambda then: _cadences(then, target.operating, names)),
            "published_as": target.published_as,
        }
    )
    said = said or _lengths(target.within, None, base)
    return said["within"] if list(said) == ["within"] else said


def _lengths(within: Within | None, goal: Within | None, base: Target | None) -> dict[str, Said]:
    """The lengths, and how they are counted where that is not as the target beneath is."""
    usual = base.within if base else _OPERATING
    lengths = [some for some in (within, goal) if some is not None]
    counted = {some.counting for some in lengths if some.length is not None}
    beneath: Counting = "operating" if usual.counting in DATE_RULES else usual.counting
    counting = beneath if len(counted) != 1 else next(iter(counted))
    starts = next((some.starts for some in lengths if some.counting == "elapsed"), usual.starts)
    cut_off = next((some.cut_off for some in lengths if some.cut_off is not None), None)
    return given(
        {
            "within": told(within, None, lambda some: length(some, counting)),
            "goal": told(goal, None, lambda some: length(some, counting)),
            "counting": other(counting, beneath),
            "starts": other(starts, usual.starts),
            "cut_off": told(cut_off, None, clock_time),
        }
    )


def _cadences(cadences: Iterable[Cadence], operating: OperatingHours, names: Names) -> list[Said]:
    return [
        given(
            {
                "once": cadence.once,
                "after": told(cadence.after, None, moment),
                "within": length(cadence.within),
                "hours": told(cadence.operating, operating, names.hours_called),
            }
        )
        for cadence in cadences
    ]
