"""What was counted so far: it is carried from one part of a question to the next, and nothing of it is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from watchkeeper.core.policy import ESCALATION_ANSWER, PROMISED_METRICS
from watchkeeper.core.scorecard import BREACHED, MET, OUTSIDE_LEVEL
from watchkeeper.core.what_if import Compared

MOST_NAMED = 50
_METRICS = (*PROMISED_METRICS, ESCALATION_ANSWER)


class Place(NamedTuple):
    """Where a commitment is counted: the level the incident had (empty: none), its severity, the metric."""

    level: str
    number: int
    severity: str
    metric: str


class Seen(NamedTuple):
    """One incident compared: where its commitments are counted, and how each came out and would have."""

    reference: str
    account: str
    title: str
    received_at: datetime
    is_imported: bool
    level: str
    number: int
    severity: str
    compared: tuple[Compared, ...]


class Row(NamedTuple):
    """One line of the table: how many were and would be of an outcome."""

    place: Place
    counted: int
    was: dict[str, int]
    would: dict[str, int]


class Tally:
    """Counts of a what-if. ``changes`` are the first of those that would have come out, or been due, otherwise."""

    def __init__(self) -> None:
        self.incidents = self.changed = self.moved = 0
        self.changes: list[dict[str, Any]] = []
        self.reasons: Counter[str] = Counter()
        self._pairs: dict[Place, Counter[tuple[str, str]]] = {}

    def add(self, seen: Seen) -> None:
        """Count an incident."""
        self.incidents += 1
        for each in seen.compared:
            place = Place(seen.level, seen.number, seen.severity, each.metric)
            self._pairs.setdefault(place, Counter()).update([(each.was, each.would)])
        self.changed += any(each.is_changed for each in seen.compared)
        moved = [each for each in seen.compared if each.is_moved]
        self.moved += bool(moved)
        if moved and len(self.changes) < MOST_NAMED:
            self.changes.append(_named(seen, moved))

    def set_aside(self, reason: str) -> None:
        """Count an incident that cannot be computed, and why."""
        self.incidents += 1
        self.reasons[reason] += 1

    @property
    def uncomputable(self) -> int:
        return self.reasons.total()

    @property
    def go(self) -> int:
        """How many breaches would not have been."""
        return self._breaches(0)

    @property
    def come(self) -> int:
        """How many breaches would have been that were none."""
        return self._breaches(1)

    @property
    def newly_promised(self) -> int:
        """How many promises there would have been where nothing was promised."""
        return sum(n for pairs in self._pairs.values() for (was, _), n in pairs.items() if was == OUTSIDE_LEVEL)

    def newly(self, outcome: str) -> int:
        """Of those, how many would have come out so."""
        pairs = (pairs[OUTSIDE_LEVEL, outcome] for pairs in self._pairs.values())
        return sum(pairs)

    def rows(self) -> Iterator[Row]:
        """The table: by level, severity and metric."""
        for place in sorted(self._pairs, key=_in_order):
            pairs = self._pairs[place]
            was, would = Counter[str](), Counter[str]()
            for (before, after), number in pairs.items():
                was[before] += number
                would[after] += number
            yield Row(place, pairs.total(), dict(was), dict(would))

    def carried(self) -> dict[str, Any]:
        """All of it, as JSON can carry it."""
        return {
            "incidents": self.incidents,
            "changed": self.changed,
            "moved": self.moved,
            "changes": self.changes,
            "reasons": dict(self.reasons),
            "pairs": [[*place, [[*pair, n] for pair, n in pairs.items()]] for place, pairs in self._pairs.items()],
        }

    @classmethod
    def taken_up(cls, carried: dict[str, Any]) -> Tally:
        """What was carried, to go on with."""
        tally = cls()
        tally.incidents, tally.changed, tally.moved = (carried[name] for name in ("incidents", "changed", "moved"))
        tally.changes, tally.reasons = carried["changes"], Counter(carried["reasons"])
        for *place, pairs in carried["pairs"]:
            tally._pairs[Place(*place)] = Counter({(was, would): n for was, would, n in pairs})
        return tally

    def _breaches(self, side: int) -> int:
        return sum(
            n
            for pairs in self._pairs.values()
            for pair, n in pairs.items()
            if pair[side] == BREACHED and pair[1 - side] != BREACHED
        )


def _named(seen: Seen, moved: Sequence[Compared]) -> dict[str, Any]:
    return {
        "reference": seen.reference,
        "account": seen.account,
        "title": seen.title,
        "level": seen.level,
        "number": seen.number,
        "severity": seen.severity,
        "compared": [
            {**each._asdict(), "was_due_at": _written(each.was_due_at), "would_due_at": _written(each.would_due_at)}
            for each in moved
        ],
    }


def _written(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()


def _in_order(place: Place) -> tuple[str, int, int]:
    return place.level, place.number, _METRICS.index(place.metric)


__all__ = ["BREACHED", "MET", "MOST_NAMED", "Place", "Row", "Seen", "Tally"]
