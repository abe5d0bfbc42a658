"""What another promise would give an open incident from now on, and what an act would. It reads and writes nothing.

What the whole timeline would have come to, ``core.what_if`` says.
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

_LAID_ON = "laid on"


class Happening(NamedTuple):
    """What an act would leave on the timeline: an event's kind and its data."""

    kind: str
    data: Mapping[str, Any]


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
