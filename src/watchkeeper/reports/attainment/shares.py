"""A promise for a share of a period's incidents, and how it stands, in the language of the page.

In English the words are those of ``core.offer`` and ``core.shares``, as the command line says them.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.formats import number_format
from django.utils.translation import gettext, gettext_lazy, pgettext_lazy

from watchkeeper.core.commitments import MET
from watchkeeper.core.offer import Share, SharedPromise
from watchkeeper.core.policy import (
    ACKNOWLEDGEMENT,
    ARRIVAL,
    ASSIGNMENT,
    DIAGNOSIS,
    ESCALATION_ANSWER,
    POST_INCIDENT_REPORT,
    RESOLUTION,
    RESTORATION,
    UPDATE,
    WORKAROUND,
)
from watchkeeper.core.scorecard import OPEN
from watchkeeper.core.shares import KEPT, MISSED, RUNNING, TOO_FEW, Standing

_METRICS = {
    ACKNOWLEDGEMENT: pgettext_lazy("a share of", "acknowledgement"),
    ASSIGNMENT: pgettext_lazy("a share of", "assignment"),
    ARRIVAL: pgettext_lazy("a share of", "arrival"),
    DIAGNOSIS: pgettext_lazy("a share of", "diagnosis"),
    WORKAROUND: pgettext_lazy("a share of", "workaround"),
    RESTORATION: pgettext_lazy("a share of", "restoration"),
    UPDATE: pgettext_lazy("a share of", "update"),
    RESOLUTION: pgettext_lazy("a share of", "resolution"),
    POST_INCIDENT_REPORT: pgettext_lazy("a share of", "post incident report"),
    ESCALATION_ANSWER: pgettext_lazy("a share of", "escalation answer"),
}
_A_PERIOD = {
    "month": gettext_lazy("{percent} a month"),
    "quarter": gettext_lazy("{percent} a quarter"),
    "year": gettext_lazy("{percent} a year"),
}
_OUTCOMES = {
    KEPT: pgettext_lazy("a share is …", "kept"),
    MISSED: pgettext_lazy("a share is …", "missed"),
    RUNNING: pgettext_lazy("a share is …", "running"),
    TOO_FEW: pgettext_lazy("a share is …", "too few"),
}


def promised_said(promised: SharedPromise, severities: str) -> str:
    """What is promised, with what its severities are called: ``acknowledgement of Critical: 90 % a month``."""
    of_all, of_some = gettext("{metric}: {share}"), gettext("{metric} of {severities}: {share}")
    metric, share = _METRICS[promised.metric], _share_said(promised.share)
    said = (of_some if severities else of_all).format(metric=metric, severities=severities, share=share)
    if not promised.leaves_out:
        return said
    return gettext("{promise}; not counted: {left_out}").format(promise=said, left_out=", ".join(promised.leaves_out))


def _share_said(share: Share) -> str:
    percent = number_format(f"{float(share.of * 100):g}")
    said = str(_A_PERIOD[share.each]).format(percent=f"{percent} %")
    if share.at_least <= 1:
        return said
    return gettext("{share}, from {count} reports on").format(share=said, count=share.at_least)


def standing_said(standing: Standing) -> str:
    """How it stands: ``running: 18 of 19 kept (94.7 %), 1 open; 1 more may miss``."""
    return "".join(_of_a_standing(standing))


def _of_a_standing(standing: Standing) -> Iterator[str]:
    counts = standing.counts
    kept = gettext("{outcome}: {met} of {judged} kept")
    yield kept.format(outcome=_OUTCOMES[standing.outcome], met=counts[MET], judged=counts.judged)
    if counts.judged:
        yield f" ({number_format(counts.percent())} %)"
    if counts[OPEN]:
        yield gettext(", {count} open").format(count=counts[OPEN])
    if standing.outcome == TOO_FEW:
        least = standing.promised.share.at_least
        yield gettext("; it is promised from {count} on").format(count=least)
    elif standing.outcome == RUNNING and standing.must_keep:
        behind = gettext("; behind: {count} more must be kept, and none missed")
        yield behind.format(count=standing.must_keep)
    elif standing.outcome == RUNNING and standing.may_miss:
        yield gettext("; {count} more may miss").format(count=standing.may_miss)
    elif standing.outcome == RUNNING:
        yield gettext("; none more may miss")
