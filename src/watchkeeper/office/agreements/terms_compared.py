"""The terms of an agreement as a desk page shows them: the level, the SLA, what holds, and an example of each."""

from __future__ import annotations

import copy
from datetime import datetime
from typing import NamedTuple

from watchkeeper.core.example import commitments_of_a_report
from watchkeeper.core.promise import Promise
from watchkeeper.core.side_by_side import Line, side_by_side
from watchkeeper.office.agreements.holdings import promise_or_faults
from watchkeeper.policies.models import Agreement
from watchkeeper.ui.time_left import metric_in_a_sentence
from watchkeeper.ui.translated import translated


class Dated(NamedTuple):
    """A line, and when it would be due for a report sent now; without a time for what does not begin with a report."""

    line: Line
    due_at: datetime | None


class Compared(NamedTuple):
    """The terms line by line, or why there are none. ``circumstances`` are those in which the SLA says yet more."""

    promise: Promise | None
    targets: tuple[Dated, ...]
    beside: tuple[Line, ...]
    circumstances: tuple[str, ...]
    faults: tuple[str, ...] = ()


def compared(agreement: Agreement, *, at: datetime) -> Compared:
    """The terms of an agreement for what it covers, by the policy it follows at an instant."""
    without_sla = copy.copy(agreement)
    without_sla.sla_text = ""
    of_level, faults = promise_or_faults(without_sla, agreement.account, at=at)
    holds, more_faults = promise_or_faults(agreement, agreement.account, at=at)
    if of_level is None or holds is None:
        return Compared(None, (), (), (), faults or more_faults)
    lines = [_in_language(line) for line in side_by_side(of_level, holds)]
    due = {
        severity.number: commitments_of_a_report(holds, severity=severity.number, at=at)
        for severity in holds.policy.severities
    }
    dated = tuple(Dated(line, _due_at(line, due)) for line in lines if line.severity is not None)
    circumstances = tuple(translated(str(variant.when)) for variant in holds.sla.variants) if holds.sla else ()
    return Compared(holds, dated, tuple(line for line in lines if line.severity is None), circumstances)


def _in_language(line: Line) -> Line:
    what, sla_says = translated(line.what), translated(line.sla_says)
    if line.severity is not None:
        what = f"{line.severity.name}: {metric_in_a_sentence(line.metric)}"
    return line._replace(
        what=what, sla_says=sla_says, level_says=translated(line.level_says), holds=translated(line.holds)
    )


def _due_at(line: Line, due: dict[int, dict]) -> datetime | None:
    commitment = due[line.severity.number].get(line.metric) if line.severity else None
    return commitment.due_at if commitment else None
