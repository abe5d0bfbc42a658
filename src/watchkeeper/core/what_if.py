"""What an incident's own timeline would have come to under other terms: the same fold, with another promise in it.

What people did, and when, stays as it was. What followed from the promises alone is left out of the fold, so that it
can follow from the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import Any, NamedTuple

from watchkeeper.core import timeline as t
from watchkeeper.core.commitments import Commitment, commitments
from watchkeeper.core.facts import facts_of
from watchkeeper.core.policy import OperatingHours
from watchkeeper.core.promise import Promise
from watchkeeper.core.scorecard import outcome_at

FOLLOWS_FROM_A_PROMISE = frozenset({t.WARNED, t.BREACHED, t.BECAME_ELIGIBLE, t.RUNG_REACHED})

_INSTEAD = "instead"


class Compared(NamedTuple):
    """One commitment as it is and as it would be: its outcome, one of ``scorecard.OUTCOMES``, and its due time, where
    it has one."""

    metric: str
    nth: int
    was: str
    would: str
    was_due_at: datetime | None
    would_due_at: datetime | None

    @property
    def is_changed(self) -> bool:
        """Whether it would have come out otherwise."""
        return self.was != self.would

    @property
    def is_moved(self) -> bool:
        """Whether it would have come out otherwise, or been due at another time."""
        return self.is_changed or self.was_due_at != self.would_due_at


def under(timeline: Iterable[t.Event], promises: Mapping[Any, Promise]) -> tuple[Commitment, ...]:
    """The commitments of a timeline, had the promises it names been these. Raises ``UnknownSeverity``."""
    happened = _happened(timeline)
    for promise in promises.values():
        _require_severities(happened, promise)
    return commitments(facts_of(happened), promises)


def under_one(timeline: Iterable[t.Event], promise: Promise) -> tuple[Commitment, ...]:
    """The commitments of a timeline, had this been promised at the receipt and nothing else since, whatever was: also
    where nothing was. Raises ``UnknownSeverity``."""
    happened = [event for event in _happened(timeline) if event.kind != t.PROMISE_APPLIED]
    _require_severities(happened, promise)
    reported = happened[0]
    happened[0] = reported._replace(data={**reported.data, "promise": _INSTEAD})
    return commitments(facts_of(happened), {_INSTEAD: promise})


def counted_in(promise: Promise, operating: OperatingHours) -> Promise:
    """A promise whose windows of operating time are all counted in these hours; elapsed ones stay as they are."""
    targets = {
        place: target
        if target.within.counting == "elapsed"
        else target._replace(
            operating=operating, then=tuple(each._replace(operating=operating) for each in target.then)
        )
        for place, target in promise.targets.items()
    }
    return replace(promise, targets=MappingProxyType(targets), operating=operating)


def beside(was: Iterable[Commitment], would: Iterable[Commitment], as_of: datetime) -> tuple[Compared, ...]:
    """Every commitment that there is or would be, as things stood at ``as_of``."""
    here, there = _by_place(was), _by_place(would)
    return tuple(
        Compared(
            *place,
            outcome_at(here.get(place), as_of),
            outcome_at(there.get(place), as_of),
            _due_at(here.get(place)),
            _due_at(there.get(place)),
        )
        for place in dict.fromkeys((*here, *there))
    )


def _by_place(found: Iterable[Commitment]) -> dict[tuple[str, int], Commitment]:
    return {(each.metric, each.nth): each for each in found}


def _due_at(commitment: Commitment | None) -> datetime | None:
    return None if commitment is None else commitment.due_at


def _happened(timeline: Iterable[t.Event]) -> list[t.Event]:
    return [event for event in t.without_taken_back(timeline) if event.kind not in FOLLOWS_FROM_A_PROMISE]


def _require_severities(timeline: Sequence[t.Event], promise: Promise) -> None:
    for number in {event.data["severity"] for event in timeline if "severity" in event.data}:
        promise.policy.severity_numbered(number)
