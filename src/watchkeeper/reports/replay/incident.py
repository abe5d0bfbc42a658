"""What a replay needs to know of one incident, and how the severity of a row is read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from watchkeeper.core.policy import Policy, UnknownSeverity
from watchkeeper.reports.replay.instants import quoted


class Incident(NamedTuple):
    """One incident of the export: where it stands, its cells, and when it was reported and acknowledged (UTC).

    ``key`` is what the export calls it and ``resolved_at`` when it was resolved, where those columns are named: to
    judge it nobody needs them.
    """

    row: int
    line: int
    cells: list[str]
    severity: int
    opened_at: datetime
    acknowledged_at: datetime | None
    key: str = ""
    resolved_at: datetime | None = None


class Unusable(NamedTuple):
    """A row, or the case that begins there, that cannot be judged, and why."""

    row: int
    line: int
    reason: str


class SeverityReader:
    """The severity of a row: fixed, or read from a column, perhaps through a map from the export's words."""

    def __init__(
        self,
        policy: Policy,
        *,
        column: int | None = None,
        fixed: int | None = None,
        words: Mapping[str, int] | None = None,
    ) -> None:
        """``words`` maps what the column holds to severity numbers; without it, it holds the policy's keys or names."""
        self._policy = policy
        self._column = column
        self._fixed = fixed
        self._words = {word.strip().casefold(): number for word, number in words.items()} if words else {}
        self._known: dict[str, int] = {}

    def read(self, cells: list[str]) -> int:
        """The severity's number. Raises ``UnknownSeverity``."""
        if self._fixed is not None:
            return self._fixed
        if self._column is None:
            raise UnknownSeverity("no column says the severity, and none is fixed")
        written = cells[self._column]
        number = self._known.get(written)
        if number is None:
            number = self._known[written] = self._meant(written)
        return number

    def _meant(self, written: str) -> int:
        word = written.strip().casefold()
        if word in self._words:
            return self._words[word]
        if self._words:
            raise UnknownSeverity(f"severity {quoted(written)} is not in the map")
        try:
            return self._policy.severity(written).number
        except UnknownSeverity:
            raise UnknownSeverity(
                f"severity {quoted(written)} is none of the policy's; map it with --severity-map"
            ) from None
