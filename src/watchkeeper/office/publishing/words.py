"""The words in which pages and the command line tell of an effect and of a version's days."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.dateformat import format as dated

from watchkeeper.core.scorecard import BREACHED, EXCLUDED, MET, NOT_MEASURABLE, OPEN, OUTSIDE_LEVEL
from watchkeeper.policies.publishing import SINCE_EVER
from watchkeeper.ui.time_left import METRICS

_OUTCOMES = {
    MET: "met",
    BREACHED: "breached",
    OPEN: "still open",
    OUTSIDE_LEVEL: "nothing promised",
    NOT_MEASURABLE: "not measurable",
    EXCLUDED: "left out",
}


def said(day: date) -> str:
    """A day: ``1 April 2026``."""
    return dated(day, "j F Y")


def first_day(valid_from: date) -> str:
    """The day from which a version is in force, and ``the beginning`` for a desk's first."""
    return "the beginning" if valid_from == SINCE_EVER else said(valid_from)


def counted(number: int, what: str) -> str:
    """``1 agreement``, ``2 agreements``."""
    return f"{number} {what}" + ("" if number == 1 else "s")


def metric_name(metric: str) -> str:
    """``acknowledgement`` as the heading of what is due."""
    return METRICS[metric]


def outcome_name(outcome: str) -> str:
    """How a commitment came out."""
    return _OUTCOMES[outcome]


def that_differ(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows of an effect in which something would have been otherwise."""
    return [row for row in rows if row["was"] != row["would"]]
