"""Attainment in words: metrics, severities, levels, and why something is left out, in the language of the page."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext, gettext_lazy, pgettext_lazy

from watchkeeper.core.commitments import BREACHED, CANCELLED, MET
from watchkeeper.core.policy import Policy
from watchkeeper.core.scorecard import EXCLUDED, OPEN, OUTSIDE_LEVEL
from watchkeeper.reports.attainment.sorting import DISPUTED, JUDGED, MADE
from watchkeeper.ui.time_left import METRICS

FIGURES: Mapping[str, Lazy] = {
    MADE: pgettext_lazy("promises", "Made"),
    MET: pgettext_lazy("promises", "Met"),
    BREACHED: pgettext_lazy("promises", "Breached"),
    OPEN: pgettext_lazy("promises", "Running"),
    EXCLUDED: pgettext_lazy("promises", "Left out"),
    CANCELLED: pgettext_lazy("promises", "Cancelled"),
    OUTSIDE_LEVEL: pgettext_lazy("promises", "Outside the level"),
    DISPUTED: pgettext_lazy("promises", "Disputed"),
    JUDGED: pgettext_lazy("promises", "Met or breached"),
}

CANCELLED_BECAUSE: Mapping[str, Lazy] = {
    "withdrawn": gettext_lazy("the report was taken back"),
    "recovered": gettext_lazy("the alert recovered"),
    "merged": gettext_lazy("merged into another incident"),
    "closed": gettext_lazy("closed first"),
    "confirmed": gettext_lazy("confirmed first"),
    "resolved": gettext_lazy("resolved first"),
    "reopened": gettext_lazy("reopened first"),
    "escalation_ended": gettext_lazy("the escalation ended first"),
    "outside the level": gettext_lazy("its severity left the level"),
}

DISPUTES: Mapping[str, Lazy] = {
    "open": pgettext_lazy("a dispute", "not answered yet"),
    "upheld": pgettext_lazy("a dispute", "upheld"),
    "declined": pgettext_lazy("a dispute", "declined"),
}

WEEKDAYS = (
    pgettext_lazy("a column", "Mon"),
    pgettext_lazy("a column", "Tue"),
    pgettext_lazy("a column", "Wed"),
    pgettext_lazy("a column", "Thu"),
    pgettext_lazy("a column", "Fri"),
    pgettext_lazy("a column", "Sat"),
    pgettext_lazy("a column", "Sun"),
)


def metric_name(metric: str) -> str:
    """What a metric is called."""
    return str(METRICS[metric])


def severity_name(policy: Policy, number: int) -> str:
    """What a severity is called now; an earlier version of the policy may have had more of them."""
    named = (each.name for each in policy.severities if each.number == number)
    return next(named, gettext("Severity {number}").format(number=number))


def level_name(policy: Policy, key: str) -> str:
    """What a level is called now; its key where it is no more."""
    return next((level.name for level in policy.levels if level.key == key), key)


def component_name(component: str) -> str:
    """A component as incidents name it."""
    return component or gettext("not named")


def left_out_because(reason: str, *, for_the_team: bool) -> str:
    """Why a manager left something out. The words are the team's own."""
    return reason if for_the_team else gettext("left out by the team")


def cancelled_because(reason: str) -> str:
    """Why a promise ended without being met or breached."""
    return str(CANCELLED_BECAUSE.get(reason, reason))
