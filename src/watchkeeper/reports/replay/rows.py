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

    Without an ``acknowledged`` column nothing can be measured; an empty cell in it means not acknowledged.
    """

    opened: int
    acknowledged: int | None
    severity: SeverityReader
    times: TimeReader

    def incidents(self, records: Iterable[Record]) -> Iterator[Incident | Unusable]:
        """One incident, or the reason there is none, for each record; nothing is kept."""
        for record in records:
            try:
                yield self._incident(record)
            except (UnreadableTime, UnknownSeverity) as error:
                yield Unusable(record.row, record.line, str(error))

    def instants(self, records: Iterable[Record]) -> Iterator[datetime]:
        """Every instant that can be read in the columns named."""
        columns = [column for column in (self.opened, self.acknowledged) if column is not None]
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
        return Incident(row, line, cells, self.severity.read(cells), opened_at, acknowledged_at)
