"""The answer as a file: a line for every commitment that there is or would be, of every incident."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import datetime

from watchkeeper.incidents.models import Incident, IncidentQuerySet
from watchkeeper.reports.what_if.comparing import Comparison
from watchkeeper.reports.what_if.question import chunk
from watchkeeper.reports.what_if.tally import Seen
from watchkeeper.reports.what_if.terms import Terms

MOST_INCIDENTS = 20_000
"""So many incidents are put into a file while a reader waits; the command line takes any number."""

AT_A_TIME = 1_000
COLUMNS = (
    *("incident", "account", "title", "received_at", "imported", "level", "severity", "metric", "nth"),
    *("was", "was_due_at", "would_be", "would_be_due_at", "not_computed"),
)
_IMPORTED = {True: "yes", False: ""}
_FORMULAS = tuple("=+-@\t\r\n＝＋－＠")
"""Signs that begin a formula in a spreadsheet, full-width ones too."""


def lines(asked: IncidentQuerySet, terms: Terms, *, as_of: datetime, at_most: int | None = None) -> Iterator[list[str]]:
    """The header, and then the lines of one incident after the other, those that came last first."""
    yield list(COLUMNS)
    comparison = Comparison(terms, as_of=as_of)
    before, left = None, at_most
    while left is None or left > 0:
        found = chunk(asked, before=before, at_most=AT_A_TIME if left is None else min(AT_A_TIME, left))
        for each in comparison.each(found.incidents):
            yield from lines_of(each)
        before = found.before
        if before is None:
            return
        left = None if left is None else left - len(found.incidents)


def lines_of(each: Seen | tuple[Incident, str]) -> Iterator[list[str]]:
    """The lines of one incident; one line where it cannot be computed, which says why."""
    return _of_incident(each) if isinstance(each, Seen) else iter([_not_computed(*each)])


def as_text(rows: Iterator[list[str]]) -> str:
    """The lines as one file."""
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerows(rows)
    return written.getvalue()


def _of_incident(seen: Seen) -> Iterator[list[str]]:
    known = [seen.reference, seen.account, seen.title, _utc(seen.received_at), _IMPORTED[seen.is_imported]]
    known += [seen.level, seen.severity]
    if not seen.compared:
        yield _harmless([*known, "", "", "outside_level", "", "outside_level", "", ""])
    for each in seen.compared:
        was, would = [each.was, _utc(each.was_due_at)], [each.would, _utc(each.would_due_at)]
        yield _harmless([*known, each.metric, str(each.nth), *was, *would, ""])


def _not_computed(incident: Incident, reason: str) -> list[str]:
    known = [incident.reference, incident.account.name, incident.title, _utc(incident.received_at)]
    return _harmless([*known, _IMPORTED[incident.is_imported], *[""] * 8, reason])


def _harmless(cells: list[str]) -> list[str]:
    """The cells as no spreadsheet takes them for formulas."""
    return [f"'{cell}" if cell.startswith(_FORMULAS) else cell for cell in cells]


def _utc(at: datetime | None) -> str:
    return "" if at is None else at.isoformat().replace("+00:00", "Z")
