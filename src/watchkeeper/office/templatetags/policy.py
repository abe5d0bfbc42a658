"""The words of a policy on its pages: metrics and outcomes as people call them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import template
from django.utils.dateformat import format as dated

from watchkeeper.core.scorecard import BREACHED, EXCLUDED, MET, NOT_MEASURABLE, OPEN, OUTSIDE_LEVEL
from watchkeeper.policies.publishing import SINCE_EVER
from watchkeeper.ui.time_left import METRICS

register = template.Library()

_OUTCOMES = {
    MET: "met",
    BREACHED: "breached",
    OPEN: "still open",
    OUTSIDE_LEVEL: "nothing promised",
    NOT_MEASURABLE: "not measurable",
    EXCLUDED: "left out",
}


@register.filter
def metric_name(metric: str) -> str:
    """``acknowledgement`` as the heading of what is due."""
    return METRICS[metric]


@register.filter
def outcome_name(outcome: str) -> str:
    """How a commitment came out, in words."""
    return _OUTCOMES[outcome]


@register.filter
def first_day(valid_from: date) -> str:
    """The day from which a version is in force: ``1 April 2026``, and ``the beginning`` for a desk's first."""
    return "the beginning" if valid_from == SINCE_EVER else dated(valid_from, "j F Y")


@register.filter
def that_differ(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows of an effect in which something would have been otherwise."""
    return [row for row in rows if row["was"] != row["would"]]
