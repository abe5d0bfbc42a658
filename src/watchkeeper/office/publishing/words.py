"""The words in which pages and the command line tell of an effect and of a version's days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.dateformat import format as dated
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from watchkeeper.core.differences import Difference
from watchkeeper.core.scorecard import BREACHED, EXCLUDED, MET, NOT_MEASURABLE, OPEN, OUTSIDE_LEVEL
from watchkeeper.office import matched
from watchkeeper.office.publishing.counterfactual import REASONS
from watchkeeper.office.publishing.versions import IN_FORCE, PAST, PLANNED, REPLACED, WITHDRAWN
from watchkeeper.policies.publishing import SINCE_EVER
from watchkeeper.ui.time_left import METRICS
from watchkeeper.ui.translated import translated

_OUTCOMES = {
    MET: gettext_lazy("met"),
    BREACHED: gettext_lazy("breached"),
    OPEN: gettext_lazy("still open"),
    OUTSIDE_LEVEL: gettext_lazy("nothing promised"),
    NOT_MEASURABLE: gettext_lazy("not measurable"),
    EXCLUDED: gettext_lazy("left out"),
}
_STATES = {
    PLANNED: gettext_lazy("planned"),
    IN_FORCE: gettext_lazy("in force"),
    PAST: gettext_lazy("past"),
    WITHDRAWN: gettext_lazy("withdrawn"),
    REPLACED: gettext_lazy("replaced"),
}


def said(day: date) -> str:
    """A day: ``1 April 2026``."""
    return dated(day, _("j F Y"))


def first_day(valid_from: date) -> str:
    """The day from which a version is in force, and ``the beginning`` for a desk's first."""
    return _("the beginning") if valid_from == SINCE_EVER else said(valid_from)


def counted(number: int, what: str) -> str:
    """``1 agreement``, ``2 agreements``: for the command line, which speaks English."""
    return f"{number} {what}" + ("" if number == 1 else "s")


def metric_name(metric: str) -> str:
    """``acknowledgement`` as the heading of what is due."""
    return str(METRICS[metric])


def outcome_name(outcome: str) -> str:
    """How a commitment came out."""
    return str(_OUTCOMES[outcome])


def state_name(state: str) -> str:
    """The state of a version's life."""
    return str(_STATES[state])


def in_words(differences: Iterable[Difference]) -> list[Difference]:
    """What two policies say differently, in the language of the page."""
    return [Difference(*map(translated, difference)) for difference in differences]


def reason_in_words(reason: str) -> str:
    """Why an incident cannot be computed, which is kept in English, in the language of the page."""
    return matched.in_words(reason, REASONS)


def that_differ(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows of an effect in which something would have been otherwise."""
    return [row for row in rows if row["was"] != row["would"]]
