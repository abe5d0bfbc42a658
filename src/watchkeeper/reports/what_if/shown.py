"""The answer as a page shows it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from watchkeeper.core.scorecard import BREACHED, MET, OUTSIDE_LEVEL
from watchkeeper.core.what_if import Compared
from watchkeeper.office import matched
from watchkeeper.reports.what_if.parts import Part
from watchkeeper.reports.what_if.tally import Place, Row
from watchkeeper.reports.what_if.terms import ALL_REASONS


class Beside(NamedTuple):
    """A number as it was and as it would have been."""

    was: int
    would: int


class Line(NamedTuple):
    """One line of the table."""

    place: Place
    counted: int
    met: Beside
    breached: Beside
    nothing: Beside


def shown(part: Part) -> dict[str, Any]:
    """What the template of a result needs."""
    tally = part.tally
    return {
        "part": part,
        "tally": tally,
        "lines": [_line(row) for row in tally.rows()],
        "changes": [{**change, "compared": [_due(each) for each in change["compared"]]} for change in tally.changes],
        "reasons": [(matched.in_words(reason, ALL_REASONS), n) for reason, n in tally.reasons.most_common()],
        "newly_met": tally.newly(MET),
        "newly_breached": tally.newly(BREACHED),
    }


def _line(row: Row) -> Line:
    met, breached, nothing = (
        Beside(row.was.get(outcome, 0), row.would.get(outcome, 0)) for outcome in (MET, BREACHED, OUTSIDE_LEVEL)
    )
    return Line(row.place, row.counted, met, breached, nothing)


def _due(each: dict[str, Any]) -> Compared:
    times = {name: each[name] and datetime.fromisoformat(each[name]) for name in ("was_due_at", "would_due_at")}
    return Compared(**each | times)
