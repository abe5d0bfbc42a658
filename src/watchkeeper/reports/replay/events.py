"""Exports with one row an event: the events of a case, in any order, make one incident."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from datetime import datetime

from watchkeeper.core.policy import UnknownSeverity
from watchkeeper.reports.replay.incident import Incident, SeverityReader, Unusable
from watchkeeper.reports.replay.instants import TimeReader, UnreadableTime, quoted
from watchkeeper.reports.replay.table import Record


class _Case:
    """A case while its events come in: the record of its opening, the first acknowledgement, the last resolution."""

    __slots__ = ("acknowledged_at", "first", "opened", "opened_at", "resolved_at")

    def __init__(self, first: Record) -> None:
        self.first = (first.row, first.line)
        self.opened: Record | None = None
        self.opened_at: datetime | None = None
        self.acknowledged_at: datetime | None = None
        self.resolved_at: datetime | None = None


class EventReader:
    """Reads incidents from events: which activities open and acknowledge a case, and in which columns things stand.

    The earliest event of each kind counts, wherever it stands in the file, and the latest of those that resolve.
    Without ``opened_by`` a case opens with its earliest event; without ``acknowledged_by`` nothing can be measured.
    """

    def __init__(
        self,
        *,
        case: int,
        activity: int,
        at: int,
        opened_by: Collection[str],
        acknowledged_by: Collection[str],
        severity: SeverityReader,
        times: TimeReader,
        resolved_by: Collection[str] = (),
    ) -> None:
        self.times = times
        self._case = case
        self._activity = activity
        self._at = at
        self._opened_by = frozenset(opened_by)
        self._acknowledged_by = frozenset(acknowledged_by)
        self._resolved_by = frozenset(resolved_by)
        self._severity = severity
        self._unseen = dict.fromkeys((*opened_by, *acknowledged_by, *resolved_by))

    def incidents(self, records: Iterable[Record]) -> Iterator[Incident | Unusable]:
        """An incident, or the reason there is none, for each case in the order of their first rows.

        Rows that are no event come first, as they are met. What is kept grows with the cases, not with their events.
        """
        cases: dict[str, _Case] = {}
        for record in records:
            reason = self._take(record, cases)
            if reason:
                yield Unusable(record.row, record.line, reason)
        for name, case in cases.items():
            yield self._incident(name, case)

    def instants(self, records: Iterable[Record]) -> Iterator[datetime]:
        """Every instant that an event happened at."""
        for record in records:
            if not record.fault:
                with suppress(UnreadableTime):  # reported when the events are judged
                    yield self.times.read(record.cells[self._at])

    def unseen(self) -> tuple[str, ...]:
        """The activities asked for that no event read so far is called."""
        return tuple(self._unseen)

    def _take(self, record: Record, cases: dict[str, _Case]) -> str:
        """Add an event to its case; answers why it cannot be, or nothing."""
        if record.fault:
            return record.fault
        name = record.cells[self._case].strip()
        if not name:
            return "names no case"
        try:
            at = self.times.read(record.cells[self._at])
        except UnreadableTime as error:
            return f"its time {error}"
        case = cases.get(name)
        if case is None:
            case = cases[name] = _Case(record)
        activity = record.cells[self._activity].strip()
        self._unseen.pop(activity, None)
        if (not self._opened_by or activity in self._opened_by) and (case.opened_at is None or at < case.opened_at):
            case.opened, case.opened_at = record, at
        if activity in self._acknowledged_by and (case.acknowledged_at is None or at < case.acknowledged_at):
            case.acknowledged_at = at
        if activity in self._resolved_by and (case.resolved_at is None or at > case.resolved_at):
            case.resolved_at = at
        return ""

    def _incident(self, name: str, case: _Case) -> Incident | Unusable:
        if case.opened is None or case.opened_at is None:
            return Unusable(*case.first, f"case {quoted(name)} has no event that opens it")
        row, line, cells, _fault = case.opened
        if case.acknowledged_at is not None and case.acknowledged_at < case.opened_at:
            early = case.opened_at - case.acknowledged_at
            return Unusable(row, line, f"case {quoted(name)} was acknowledged {early} before it was opened")
        owed_until = case.acknowledged_at or case.opened_at
        if case.resolved_at is not None and case.resolved_at < owed_until:
            early = owed_until - case.resolved_at
            return Unusable(row, line, f"case {quoted(name)} was resolved {early} before it was opened or acknowledged")
        try:
            severity = self._severity.read(cells)
        except UnknownSeverity as error:
            return Unusable(row, line, f"case {quoted(name)}: {error}")
        times = (case.opened_at, case.acknowledged_at)
        return Incident(row, line, cells, severity, *times, name, case.resolved_at)
