"""Exports with one row an incident."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from typing import NamedTuple

from watchkeeper.core.policy import UnknownSeverity
from watchkeeper.reports.replay.incident import Incident, SeverityReader, Unusable
from watchkeeper.reports.replay.instants import TimeReader, UnreadableTime
from watchkeeper.reports.replay.table import Record


class RowReader(NamedTuple):
    """Where a row says what: positions of the columns, how times and severities are read.

    Without an ``acknowledged`` column nothing can be measured; an empty cell in it means not acknowledged. ``key`` is
    the column that names an incident, ``resolved`` that of its resolution.
    """

    opened: int
    acknowledged: int | None
    severity: SeverityReader
    times: TimeReader
    key: int | None = None
    resolved: int | None = None

    def incidents(self, records: Iterable[Record]) -> Iterator[Incident | Unusable]:
        """One incident, or the reason there is none, for each record; nothing is kept."""
        for record in records:
            try:
                yield self._incident(record)
            except (UnreadableTime, UnknownSeverity) as error:
                yield Unusable(record.row, record.line, str(error))

    def instants(self, records: Iterable[Record]) -> Iterator[datetime]:
        """Every instant that can be read in the columns named."""
        columns = [column for column in (self.opened, self.acknowledged, self.resolved) if column is not None]
        for record in records:
            for column in columns:
                if not record.fault and record.cells[column].strip():
                    with suppress(UnreadableTime):  # reported when the row is judged
                        yield self.times.read(record.cells[column])

    def _incident(self, record: Record) -> Incident | Unusable:
        row, line, cells, fault = record
        if fault:
            return Unusable(row, line, fault)
        try:
            opened_at = self.times.read(cells[self.opened])
        except UnreadableTime as error:
            return Unusable(row, line, f"opened {error}")
        acknowledged_at = None
        if self.acknowledged is not None and cells[self.acknowledged].strip():
            try:
                acknowledged_at = self.times.read(cells[self.acknowledged], opened_at)
            except UnreadableTime as error:
                return Unusable(row, line, f"acknowledged {error}")
            if acknowledged_at < opened_at:
                return Unusable(row, line, f"acknowledged {opened_at - acknowledged_at} before it was opened")
        if self.key is None and self.resolved is None:
            return Incident(row, line, cells, self.severity.read(cells), opened_at, acknowledged_at)
        resolved_at = self._resolved(cells, acknowledged_at or opened_at)
        if isinstance(resolved_at, str):
            return Unusable(row, line, resolved_at)
        key = "" if self.key is None else cells[self.key].strip()
        return Incident(row, line, cells, self.severity.read(cells), opened_at, acknowledged_at, key, resolved_at)

    def _resolved(self, cells: list[str], not_before: datetime) -> datetime | str | None:
        """When it was resolved, or why that cannot be said."""
        if self.resolved is None or not cells[self.resolved].strip():
            return None
        try:
            resolved_at = self.times.read(cells[self.resolved], not_before)
        except UnreadableTime as error:
            return f"resolved {error}"
        if resolved_at < not_before:
            return f"resolved {not_before - resolved_at} before it was opened or acknowledged"
        return resolved_at
