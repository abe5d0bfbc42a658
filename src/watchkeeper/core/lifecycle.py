"""The states of an incident, and every transition between them in one table.

    new → dispatched → acknowledged → waiting ⇄ acknowledged → resolved → closed

A kind that stands under a state may happen there and leads to the state beside it; a kind that does not is
refused. Whatever a person of the team says to the customer acknowledges, so it leads out of *new* and
*dispatched*. A resolved incident can be reopened until it is closed; later a new one is linked to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from watchkeeper.core import timeline as t

NEW = "new"
DISPATCHED = "dispatched"
ACKNOWLEDGED = "acknowledged"
WAITING = "waiting"
RESOLVED = "resolved"
CLOSED = "closed"

STATES = (NEW, DISPATCHED, ACKNOWLEDGED, WAITING, RESOLVED, CLOSED)
OPEN_STATES = (NEW, DISPATCHED, ACKNOWLEDGED, WAITING)

_TABLE = (
    # what happens          in new         in dispatched  in acknowledged  in waiting     in resolved
    (t.DISPATCHED,         DISPATCHED,    DISPATCHED,    ACKNOWLEDGED,    WAITING,       None),
    (t.ACKNOWLEDGED,       ACKNOWLEDGED,  ACKNOWLEDGED,  None,            None,          None),
    (t.REPLIED,            ACKNOWLEDGED,  ACKNOWLEDGED,  ACKNOWLEDGED,    WAITING,       RESOLVED),
    (t.ASKED,              WAITING,       WAITING,       WAITING,         WAITING,       None),
    (t.ANSWERED,           NEW,           DISPATCHED,    ACKNOWLEDGED,    ACKNOWLEDGED,  RESOLVED),
    (t.RESUMED,            None,          None,          None,            ACKNOWLEDGED,  None),
    (t.CLASSIFIED,         NEW,           DISPATCHED,    ACKNOWLEDGED,    WAITING,       None),
    (t.PROMISE_APPLIED,    NEW,           DISPATCHED,    ACKNOWLEDGED,    WAITING,       None),
    (t.RESOLVED,           RESOLVED,      RESOLVED,      RESOLVED,        RESOLVED,      None),
    (t.REOPENED,           None,          None,          None,            None,          ACKNOWLEDGED),
    (t.CONFIRMED,          None,          None,          None,            None,          CLOSED),
    (t.CLOSED,             None,          None,          None,            None,          CLOSED),
    (t.WITHDRAWN,          CLOSED,        CLOSED,        CLOSED,          CLOSED,        None),
    (t.RECOVERED,          RESOLVED,      RESOLVED,      RESOLVED,        RESOLVED,      None),
    (t.MERGED,             CLOSED,        CLOSED,        CLOSED,          CLOSED,        None),
    (t.ABSORBED,           NEW,           DISPATCHED,    ACKNOWLEDGED,    WAITING,       None),
    (t.ESCALATED,          NEW,           DISPATCHED,    ACKNOWLEDGED,    WAITING,       RESOLVED),
    (t.ESCALATION_JOINED,  NEW,           DISPATCHED,    ACKNOWLEDGED,    WAITING,       RESOLVED),
)  # fmt: skip
"""Nothing leads out of *closed*. Kinds that are not listed (notes, warnings, exclusions …) may always happen."""

_STATES_WITH_A_WAY_OUT = (NEW, DISPATCHED, ACKNOWLEDGED, WAITING, RESOLVED)

TRANSITIONS: Mapping[str, Mapping[str, str]] = {
    kind: {state: after for state, after in zip(_STATES_WITH_A_WAY_OUT, ways, strict=True) if after is not None}
    for kind, *ways in _TABLE
}
"""By kind: from which states it is allowed, and the state after it."""


class NotAllowedNow(ValueError):
    """A verb that the incident's state does not allow; the message says in which states it is ``allowed``."""

    def __init__(self, state: str, kind: str, allowed: Iterable[str]) -> None:
        self.state, self.kind, self.allowed = state, kind, tuple(allowed)
        super().__init__(f"an incident that is {state} cannot be {kind}; it must be {' or '.join(self.allowed)}")


def next_state(state: str, kind: str) -> str:
    """The state after an event of this kind; ``NotAllowedNow`` where the table has no way."""
    ways = TRANSITIONS.get(kind)
    if ways is None:
        return state
    try:
        return ways[state]
    except KeyError:
        raise NotAllowedNow(state, kind, ways) from None


def allows(state: str, kind: str) -> bool:
    """Whether an event of this kind may happen in this state."""
    return kind not in TRANSITIONS or state in TRANSITIONS[kind]
