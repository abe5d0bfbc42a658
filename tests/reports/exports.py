"""Exports of other help desks in a few lines, and what a replay makes of them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from tests.core.premium import POLICY, PREMIUM
from watchkeeper.core.at_receipt import Terms
from watchkeeper.core.policy import Level
from watchkeeper.reports.replay import (
    EventReader,
    Incident,
    Judgement,
    Report,
    RowReader,
    SeverityReader,
    TimeReader,
    open_table,
    replay,
)


class Replayed(NamedTuple):
    """The report of a replay, and every incident with its judgement."""

    report: Report
    judged: list[tuple[Incident, Judgement]]

    @property
    def outcomes(self) -> list[str]:
        return [judgement.outcome for _incident, judgement in self.judged]

    @property
    def reasons(self) -> list[str]:
        return [f"{unusable.row}: {unusable.reason}" for unusable in self.report.unusable_kept]


def replay_rows(
    path: Path,
    text: str,
    *,
    acknowledged: str | None = "acknowledged",
    zone: str | None = None,
    as_of: datetime | None = None,
    fixed: int | None = None,
    level: Level = PREMIUM,
) -> Replayed:
    """Replay ``opened, acknowledged, severity`` rows by a level of the page."""
    path.write_text(text, encoding="utf-8")
    table = open_table(path, ["opened"])
    severity = SeverityReader(POLICY, column=None if fixed else table.position("severity"), fixed=fixed)
    column = None if acknowledged is None else table.position(acknowledged)
    reader = RowReader(table.position("opened"), column, severity, TimeReader(zone))
    return _judged(table, reader, level, is_measurable=acknowledged is not None, as_of=as_of)


def replay_events(
    path: Path, text: str, *, opened_by: tuple[str, ...] = ("new",), acknowledged_by: tuple[str, ...] = ("taken",)
) -> Replayed:
    """Replay ``case, activity, at`` events, all of severity 2, by the page's Premium level."""
    path.write_text(text, encoding="utf-8")
    table = open_table(path, ["case", "activity", "at"])
    reader = EventReader(
        case=table.position("case"),
        activity=table.position("activity"),
        at=table.position("at"),
        opened_by=opened_by,
        acknowledged_by=acknowledged_by,
        severity=SeverityReader(POLICY, fixed=2),
        times=TimeReader(),
    )
    return _judged(table, reader, PREMIUM, is_measurable=bool(acknowledged_by), as_of=None)


def _judged(table, reader, level: Level, *, is_measurable: bool, as_of: datetime | None) -> Replayed:  # type: ignore[no-untyped-def]
    judged: list[tuple[Incident, Judgement]] = []
    report = replay(
        table,
        reader,
        Terms(POLICY, level),
        is_measurable=is_measurable,
        as_of=as_of,
        sink=lambda incident, judgement: judged.append((incident, judgement)),
    )
    return Replayed(report, judged)
