"""What other promises would give an incident's own timeline, and what an act would. It reads and writes nothing.

Under other promises, what people did, and when, stays as it was; what followed from the promises alone is left out of
the fold, so that it can follow from the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from watchkeeper.core import timeline as t
from watchkeeper.core.commitments import Commitment, commitments
from watchkeeper.core.facts import facts_of
from watchkeeper.core.promise import Promise
from watchkeeper.incidents.reading import Standing, folded

FOLLOWS_FROM_A_PROMISE = frozenset({t.WARNED, t.BREACHED, t.BECAME_ELIGIBLE, t.RUNG_REACHED})

_LAID_ON = "laid on"


class Happening(NamedTuple):
    """What an act would leave on the timeline: an event's kind and its data."""

    kind: str
    data: Mapping[str, Any]


def under(timeline: Iterable[t.Event], promises: Mapping[Any, Promise]) -> tuple[Commitment, ...]:
    """The commitments of a timeline, had the promises it names been these. Raises ``UnknownSeverity``.

    A breach on record counts for nothing here: whether there would have been one, ``scorecard.outcome_at`` says.
    """
    stands = t.without_taken_back(timeline)
    happened = [event for event in stands if event.kind not in FOLLOWS_FROM_A_PROMISE]
    _require_severities(happened, promises)
    return commitments(facts_of(happened), promises)


def laid_on(standing: Standing, promise: Promise, *, at: datetime) -> tuple[Commitment, ...]:
    """The commitments of an open incident if ``promise`` were applied at ``at``: those it has stay candidates.

    Raises ``UnknownSeverity``.
    """
    return _applied(standing, promise, at, supersedes=False)


def replaced_by(standing: Standing, promise: Promise, *, at: datetime) -> tuple[Commitment, ...]:
    """The commitments of an open incident if ``promise`` took the place of all it has. Raises ``UnknownSeverity``."""
    return _applied(standing, promise, at, supersedes=True)


def gone_on(standing: Standing, happenings: Iterable[Happening], *, at: datetime) -> Standing:
    """How an incident would stand if this happened to it at ``at``, which is never before its last event.

    Raises ``lifecycle.NotAllowedNow``.
    """
    at = max(at, standing.timeline[-1].recorded_at)
    appended = [t.Event(happening.kind, at, at, happening.data) for happening in happenings]
    return folded([*standing.timeline, *appended], standing.promises)


def _applied(standing: Standing, promise: Promise, at: datetime, *, supersedes: bool) -> tuple[Commitment, ...]:
    promise.policy.severity_numbered(standing.facts.severity)
    applied = t.Event(t.PROMISE_APPLIED, at, at, {"promise": _LAID_ON, "supersedes": supersedes})
    return commitments(facts_of([*standing.timeline, applied]), {**standing.promises, _LAID_ON: promise})


def _require_severities(timeline: Iterable[t.Event], promises: Mapping[Any, Promise]) -> None:
    for number in {event.data["severity"] for event in timeline if "severity" in event.data}:
        for promise in promises.values():
            promise.policy.severity_numbered(number)
