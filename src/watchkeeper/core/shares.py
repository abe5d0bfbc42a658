"""Promises for a share of a period's incidents: "95 % within 4 h a month" is kept or missed as a whole.

The population of a period is what was opened in it, by the days of the policy's zone, and was or will be met or
breached: what is excluded, cancelled, outside the level or not measurable is in none. A share is settled when no more
can come and what is still open cannot change it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from math import ceil, floor
from typing import NamedTuple

from watchkeeper.core.commitments import BREACHED, MET
from watchkeeper.core.offer import Share, SharedPromise
from watchkeeper.core.scorecard import OPEN, Attainment
from watchkeeper.core.zones import local_time, midnight, opening

KEPT = "kept"
MISSED = "missed"
RUNNING = "running"
TOO_FEW = "too few"

_MONTHS = {"month": 1, "quarter": 3, "year": 12}


class Period(NamedTuple):
    """A calendar month, quarter or year of a zone, ``2026-03``, ``2026-Q1`` or ``2026``, half-open and in UTC."""

    name: str
    starts_at: datetime
    ends_at: datetime


class Standing(NamedTuple):
    """How a share stands in one period. While it runs, ``may_miss`` of those known may still miss it and break nothing;
    where it is behind, ``must_keep`` more there must be, all of them kept, until it is back.
    """

    promised: SharedPromise
    period: Period
    counts: Attainment
    outcome: str
    may_miss: int = 0
    must_keep: int = 0

    def __str__(self) -> str:
        """``running: 18 of 19 kept (94.7 %), 1 open; 1 more may miss``."""
        met, judged, open_now = self.counts[MET], self.counts.judged, self.counts[OPEN]
        percent = f" ({self.counts.percent()} %)" if judged else ""
        said = f"{self.outcome}: {met} of {judged} kept{percent}" + (f", {open_now} open" if open_now else "")
        return f"{said}{self._outlook()}"

    def _outlook(self) -> str:
        if self.outcome == TOO_FEW:
            return f"; it is promised from {self.promised.share.at_least} on"
        if self.outcome != RUNNING:
            return ""
        if self.must_keep:
            return f"; behind: {self.must_keep} more must be kept, and none missed"
        return f"; {self.may_miss or 'none'} more may miss"


def period_of(at: datetime, each: str, zone: str) -> Period:
    """The month, quarter or year that an instant lies in, by the calendar of a zone."""
    day = local_time(at, zone).date()
    return _period(day.year, (day.month - 1) // _MONTHS[each], each, zone)


@lru_cache(maxsize=4096)
def _period(year: int, index: int, each: str, zone: str) -> Period:
    months = _MONTHS[each]
    first, past = index * months, (index + 1) * months
    ends = date(year + past // 12, past % 12 + 1, 1)
    name = {"month": f"{year}-{first + 1:02}", "quarter": f"{year}-Q{index + 1}", "year": str(year)}[each]
    return Period(name, opening(midnight(date(year, first + 1, 1)), zone), opening(midnight(ends), zone))


def standing(promised: SharedPromise, period: Period, counts: Attainment, as_of: datetime) -> Standing:
    """How a share stands at ``as_of``, given how the commitments opened in the period had come out by then."""
    share, known = promised.share, counts.judged + counts[OPEN]
    spare = floor(known * (1 - share.of)) - counts[BREACHED]
    outcome = _outcome(share, counts, spare, is_over=period.ends_at <= as_of)
    if outcome != RUNNING:
        return Standing(promised, period, counts, outcome)
    behind = ceil(counts[BREACHED] / (1 - share.of)) - known if spare < 0 else 0
    return Standing(promised, period, counts, outcome, max(spare, 0), behind)


def _outcome(share: Share, counts: Attainment, spare: int, *, is_over: bool) -> str:
    if not is_over:
        return RUNNING
    if counts.judged + counts[OPEN] < share.at_least:
        return TOO_FEW
    if spare < 0:
        return MISSED
    return KEPT if counts[OPEN] <= spare else RUNNING


class Tally:
    """Counts commitments by the shares that they were promised under and the periods that they were opened in."""

    def __init__(self, zone: str) -> None:
        self._zone = zone
        self._counted: dict[tuple[SharedPromise, Period], Counter[str]] = {}

    def add(
        self,
        promised: Iterable[SharedPromise],
        metric: str,
        severity: int,
        opened_at: datetime,
        outcome: str,
        count: int = 1,
    ) -> None:
        """Count a commitment, or as many as are alike, under each share that it is part of.

        ``outcome`` is one of ``scorecard.OUTCOMES``.
        """
        for each in promised:
            if each.metric == metric and (not each.severities or severity in each.severities):
                period = period_of(opened_at, each.share.each, self._zone)
                self._counted.setdefault((each, period), Counter())[outcome] += count

    def standings(self, as_of: datetime) -> tuple[Standing, ...]:
        """Every share in every period that something was opened in: shares in the order they came, periods in time."""
        shares = list(dict.fromkeys(promised for promised, _period in self._counted))
        places = sorted(self._counted, key=lambda place: (shares.index(place[0]), place[1].starts_at))
        return tuple(standing(*place, Attainment(self._counted[place]), as_of) for place in places)
