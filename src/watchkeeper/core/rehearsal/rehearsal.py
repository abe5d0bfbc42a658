"""The next months of a policy: their odd days, and what these do to the windows of each level."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from watchkeeper.core.policy import (
    POST_INCIDENT_REPORT,
    RECEIPT,
    UPDATE,
    Level,
    OperatingHours,
    Policy,
    Severity,
    Target,
)
from watchkeeper.core.rehearsal.clock_changes import clock_changes
from watchkeeper.core.rehearsal.closed_days import closed_days, some_regions
from watchkeeper.core.rehearsal.closures import Closure, long_closures
from watchkeeper.core.rehearsal.holiday_names import HolidayNames, NamesWritten
from watchkeeper.core.rehearsal.longest_waits import Wait, longest_wait
from watchkeeper.core.rehearsal.odd_day import OddDay
from watchkeeper.core.rehearsal.ordinary import ordinary, ordinary_week
from watchkeeper.core.rehearsal.period import Period
from watchkeeper.core.said import sentence
from watchkeeper.core.spans import Span
from watchkeeper.core.zones import midnight, opening


class Window(NamedTuple):
    """What a level promises at a severity, ``when`` it holds, and how long that can take in real time.

    ``longest`` is the wait of the period, ``usually`` the longest of an ordinary week; ``None`` where it never passes.
    """

    level: Level
    severity: Severity
    target: Target
    when: str
    longest: Wait | None
    usually: timedelta | None

    @property
    def begins_with(self) -> str:
        """What happens when the window begins: ``received``; ``begun`` where its clock starts later."""
        is_receipt = self.target.begins == RECEIPT and self.target.metric not in (UPDATE, POST_INCIDENT_REPORT)
        return sentence("received") if is_receipt else sentence("begun")

    @property
    def is_odd(self) -> bool:
        """Whether the period has a longer wait than an ordinary week."""
        return self.longest is not None and self.usually is not None and self.longest.length > self.usually


class Rehearsal(NamedTuple):
    """A policy in a period. Days and closures stand in the order of time, windows in the order of the policy."""

    policy: Policy
    period: Period
    days: tuple[OddDay, ...]
    closures: tuple[Closure, ...]
    windows: tuple[Window, ...]

    @property
    def longest_closure(self) -> Closure | None:
        return max(self.closures, key=lambda closure: closure.length, default=None)


def rehearse(
    policy: Policy,
    period: Period,
    *,
    holidays: Mapping[str, Collection[date]] | None = None,
    names: NamesWritten | None = None,
) -> Rehearsal:
    """What happens to a policy in a period.

    ``holidays`` are the dates of each country that it names, as it was read with; ``names`` what its file calls dates.
    Hours that follow the customer are those of a customer of whom nothing is known.
    """
    known = HolidayNames(holidays or {}, names or {}, period)
    calendars = tuple(policy.operating.values())
    days = [
        *clock_changes(calendars, period),
        *closed_days(calendars, period, known),
        *some_regions(holidays or {}, calendars, period, known),
    ]
    closures = [closure for calendar in calendars for closure in long_closures(calendar, period)]
    return Rehearsal(
        policy,
        period,
        tuple(sorted(_together(days), key=lambda odd: odd.day)),
        tuple(sorted(closures, key=lambda closure: closure.start)),
        tuple(_windows(policy, period)),
    )


def _together(days: list[OddDay]) -> Iterator[OddDay]:
    """The same day of several calendars as one."""
    found: dict[tuple[date, str, str], OddDay] = {}
    for odd in days:
        place = odd.day, odd.kind, odd.name
        if (other := found.get(place)) is not None:
            calendars = tuple(dict.fromkeys((*other.calendars, *odd.calendars)))
            odd = other._replace(calendars=calendars, says=(*other.says, *odd.says))
        found[place] = odd
    return iter(found.values())


def _windows(policy: Policy, period: Period) -> Iterator[Window]:
    @cache
    def waits(operating: OperatingHours, target: Target) -> tuple[Wait | None, timedelta | None]:
        return _waits(operating, target, period)

    for level in policy.levels:
        conditional = [(target, str(each.when)) for each in level.variants for target in each.terms.targets]
        for target, when in [*((target, "") for target in level.targets), *conditional]:
            severity = policy.severity_numbered(target.severity)
            yield Window(level, severity, target, when, *waits(target.operating, target))


def _waits(operating: OperatingHours, target: Target, period: Period) -> tuple[Wait | None, timedelta | None]:
    hours, within = operating.hours, target.within
    during = Span(*(opening(midnight(day), hours.zone) for day in period))
    longest = longest_wait(within, hours, during)
    if longest is None:
        return None, None
    usual = longest_wait(within, ordinary(hours), ordinary_week(hours, period, longest.length))
    return longest, usual.length if usual else None
