"""Every incident of an export judged by what a level promises, and what it all comes to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import NamedTuple

from watchkeeper.core.at_receipt import Terms
from watchkeeper.core.clock import NeverDue, OutsideTheCalendar
from watchkeeper.core.policy import ACKNOWLEDGEMENT
from watchkeeper.core.scorecard import Attainment, together
from watchkeeper.core.shares import Standing
from watchkeeper.core.shares import Tally as TallyOfShares
from watchkeeper.reports.replay.events import EventReader
from watchkeeper.reports.replay.incident import Incident, Unusable
from watchkeeper.reports.replay.judgement import Judge, Judgement
from watchkeeper.reports.replay.rows import RowReader
from watchkeeper.reports.replay.table import Record, Table

MOST_UNUSABLE_KEPT = 1_000
"""All unusable rows are counted, and this many kept with their reasons, so that memory does not grow with dirt."""

Sink = Callable[[Incident, Judgement], None]
"""Takes each incident with its judgement, in the order of the file."""

Progress = Callable[[str, int], None]
"""Is told what is being done and how many bytes of the file have been read for it."""

_NEVER = datetime.max.replace(tzinfo=UTC)


class Report(NamedTuple):
    """What a replay came to. ``rows`` counts data rows; ``by_severity`` the incidents, by severity number.

    ``as_of`` is ``None`` only where the file has no instant at all. ``acknowledged`` are the incidents with an
    acknowledgement, ``at_opening`` those of them acknowledged in the very instant of their opening. ``shares`` says how
    promises for a share of a period's incidents stand.
    """

    as_of: datetime | None
    rows: int
    unusable: int
    unusable_kept: tuple[Unusable, ...]
    by_severity: dict[int, Attainment]
    acknowledged: int
    at_opening: int
    shares: tuple[Standing, ...]

    @property
    def total(self) -> Attainment:
        """All severities together."""
        return together(self.by_severity.values())

    @property
    def looks_automatic(self) -> bool:
        """Whether most acknowledgements equal the opening: a machine set them, or the column says something else."""
        return 2 * self.at_opening > self.acknowledged


def replay(
    table: Table,
    reader: RowReader | EventReader,
    terms: Terms,
    *,
    is_measurable: bool,
    as_of: datetime | None = None,
    sink: Sink | None = None,
    progress: Progress | None = None,
) -> Report:
    """Judge every incident of ``table`` by ``terms``, as things stood at ``as_of``.

    Without ``as_of`` it is the last instant that can be read in the columns named, and the file is read twice.
    ``is_measurable`` says whether the export tells of acknowledgements at all. Raises ``OSError`` for the file.
    """
    if as_of is None:
        as_of = max(reader.instants(table.records(_told(progress, "looking for the last instant"))), default=None)
        reader.times.forget_counts()
    judge = Judge(terms, as_of=as_of or _NEVER, is_measurable=is_measurable)
    tally = _Tally(terms)
    for found in reader.incidents(tally.counted(table.records(_told(progress, "judging")))):
        if isinstance(found, Unusable):
            tally.set_aside(found)
            continue
        try:
            judgement = judge.judge(found)
        except (NeverDue, OutsideTheCalendar) as error:
            tally.set_aside(Unusable(found.row, found.line, str(error)))
            continue
        tally.add(found, judgement)
        if sink is not None:
            sink(found, judgement)
    return tally.report(as_of)


def _told(progress: Progress | None, doing: str) -> Callable[[int], None] | None:
    return None if progress is None else lambda position: progress(doing, position)


class _Tally:
    """The counts of a replay while it runs."""

    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        self._shares = TallyOfShares(terms.policy.zone)
        self._rows = 0
        self._unusable = 0
        self._kept: list[Unusable] = []
        self._outcomes: dict[int, Counter[str]] = {}
        self._acknowledged = 0
        self._at_opening = 0

    def counted(self, records: Iterable[Record]) -> Iterator[Record]:
        for record in records:
            self._rows += 1
            yield record

    def set_aside(self, unusable: Unusable) -> None:
        self._unusable += 1
        if len(self._kept) < MOST_UNUSABLE_KEPT:
            self._kept.append(unusable)

    def add(self, incident: Incident, judgement: Judgement) -> None:
        self._outcomes.setdefault(incident.severity, Counter())[judgement.outcome] += 1
        promised = self._terms.given_at(incident.opened_at).shares
        self._shares.add(promised, ACKNOWLEDGEMENT, incident.severity, incident.opened_at, judgement.outcome)
        if incident.acknowledged_at is not None:
            self._acknowledged += 1
            self._at_opening += incident.acknowledged_at == incident.opened_at

    def report(self, as_of: datetime | None) -> Report:
        by_severity = {severity: Attainment(outcomes) for severity, outcomes in sorted(self._outcomes.items())}
        shares = self._shares.standings(as_of or _NEVER)
        counts = (by_severity, self._acknowledged, self._at_opening)
        return Report(as_of, self._rows, self._unusable, tuple(self._kept), *counts, shares)
