"""What clocks begin with: for all of a policy or a level under ``clock_starts``, for one target under ``from``."""

from __future__ import annotations

from watchkeeper.core.policy import BEGINNINGS, BEGINNINGS_FOR_ALL, POST_INCIDENT_REPORT, UPDATE
from watchkeeper.core.policy_file.problems import quoted

_BEGINS_BY_ITSELF = {
    UPDATE: "an update is owed from the acknowledgement on",
    POST_INCIDENT_REPORT: "a report is owed from the resolution on",
}


def known_beginning(written: str) -> str:
    """What clocks may begin with where a policy or a level says it for all. Raises ``ValueError``."""
    if written not in BEGINNINGS_FOR_ALL:
        raise ValueError(f"{quoted(written)} starts no clock; write {' or '.join(BEGINNINGS_FOR_ALL)}")
    return written


def known_beginning_of(metric: str, written: str) -> str:
    """What the clock of one target of a metric may begin with. Raises ``ValueError``."""
    if begins_by_itself(metric):
        raise ValueError(f"{quoted(written)}: {_BEGINS_BY_ITSELF[metric]}; leave from out")
    allowed = [beginning for beginning in BEGINNINGS if beginning != metric]
    if written not in allowed:
        raise ValueError(f"{quoted(written)} starts no clock of {metric}; write {', '.join(allowed)}")
    return written


def begins_by_itself(metric: str) -> bool:
    """Whether what a metric's clock begins with is settled, so that nothing else can be said."""
    return metric in _BEGINS_BY_ITSELF
