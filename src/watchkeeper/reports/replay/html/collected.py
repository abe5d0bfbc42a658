"""What a page shows beside the counts: how each month came out, each hour of the week, and how long it took."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from watchkeeper.core.scorecard import Attainment
from watchkeeper.core.zones import zone
from watchkeeper.reports.replay.incident import Incident
from watchkeeper.reports.replay.judgement import Judgement

PERCENTILES = (50, 90, 95)


class Collected:
    """A sink of judged incidents. Months and hours are those of ``zone_name``. Of an incident no more is kept than how
    long its acknowledgement took."""

    def __init__(self, zone_name: str) -> None:
        self._zone = zone(zone_name)
        self._months: dict[str, Counter[str]] = {}
        self._hours: dict[tuple[int, int], Counter[str]] = {}
        self._took: dict[int, list[float]] = {}

    def __call__(self, incident: Incident, judgement: Judgement) -> None:
        local = incident.opened_at.astimezone(self._zone)
        self._months.setdefault(f"{local:%Y-%m}", Counter())[judgement.outcome] += 1
        self._hours.setdefault((local.weekday(), local.hour), Counter())[judgement.outcome] += 1
        if incident.acknowledged_at is not None:
            took = incident.acknowledged_at - incident.opened_at
            self._took.setdefault(incident.severity, []).append(took.total_seconds())

    def months(self) -> dict[str, Attainment]:
        """How each month came out, from the first to the last; a month without incidents stands between them empty."""
        if not self._months:
            return {}
        return {month: Attainment(self._months.get(month, Counter())) for month in _between(*_ends(self._months))}

    def hours(self) -> dict[tuple[int, int], Attainment]:
        """How what was reported in an hour of the week came out, by weekday (Monday 0) and hour."""
        return {place: Attainment(counts) for place, counts in self._hours.items()}

    def took(self) -> dict[int, list[timedelta]]:
        """By severity, in how much time on the wall clock half, nine tenths and 95 % were acknowledged."""
        return {
            severity: [timedelta(seconds=round(_percentile(sorted(took), each))) for each in PERCENTILES]
            for severity, took in sorted(self._took.items())
        }


def _percentile(ordered: list[float], percent: int) -> float:
    """The least value that so many percent do not exceed."""
    rank = -(-len(ordered) * percent // 100)
    return ordered[max(rank, 1) - 1]


def _ends(months: dict[str, Counter[str]]) -> tuple[str, str]:
    return min(months), max(months)


def _between(first: str, last: str) -> list[str]:
    year, month = map(int, first.split("-"))
    found = []
    while f"{year:04}-{month:02}" <= last:
        found.append(f"{year:04}-{month:02}")
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return found
