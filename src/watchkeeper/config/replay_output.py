"""What a replay shows and writes: the judged incidents as CSV, a progress bar, the result as text or JSON."""

from __future__ import annotations

import csv
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TextIO

from watchkeeper.config.cannot_run import CommandError
from watchkeeper.core.at_receipt import Terms
from watchkeeper.core.commitments import BREACHED, MET
from watchkeeper.core.policy import Policy
from watchkeeper.core.scorecard import NOT_MEASURABLE, OPEN, OUTSIDE_LEVEL, Attainment
from watchkeeper.core.shares import Standing
from watchkeeper.reports.replay import EventReader, Incident, Judgement, Report, RowReader, Table
from watchkeeper.reports.replay.report import Progress, Sink

if TYPE_CHECKING:
    from watchkeeper.reports.replay.html import Collected

ADDED_COLUMNS = ("opened_at", "starts_at", "due_at", "acknowledged_at", "outcome", "margin_seconds")
REPLAYED_OUTCOMES = (MET, BREACHED, OPEN, OUTSIDE_LEVEL, NOT_MEASURABLE)

NOTHING_JUDGED = 1
_MICROSECOND = timedelta(microseconds=1)


@contextmanager
def output(named: str | None, table: Table) -> Iterator[Sink | None]:
    """Takes judged incidents into the CSV file ``named``, in the input's delimiter and as UTF-8; ``None`` for no file.

    The input's cells are repeated as they are, formulas included: it is a file for the same eyes as the input. What
    is written appears under its name when it is whole.
    """
    if named is None:
        yield None
        return
    with _written_whole("--out", named, table) as file:
        writer = csv.writer(file, delimiter=table.delimiter, lineterminator="\n")
        writer.writerow((*table.columns, *ADDED_COLUMNS))
        yield lambda incident, judgement: writer.writerow((*incident.cells, *_added(incident, judgement)))


class HtmlPage(NamedTuple):
    """The page that a replay is written to: it takes judged incidents, and at the end the report."""

    collected: Collected
    terms: Terms
    table: Table
    file: TextIO

    def write(self, report: Report, warnings: Sequence[str]) -> None:
        """Write the whole page."""
        from watchkeeper.reports.replay.html import document

        name = self.table.path.name
        self.file.write(document(report, self.collected, terms=self.terms, file_name=name, warnings=warnings))


@contextmanager
def html_output(named: str | None, table: Table, terms: Terms) -> Iterator[HtmlPage | None]:
    """The page ``named``; ``None`` for none. It appears under its name when it is whole."""
    if named is None:
        yield None
        return
    from watchkeeper.reports.replay.html import Collected

    with _written_whole("--html", named, table) as file:
        yield HtmlPage(Collected(terms.policy.zone), terms, table, file)


def both(one: Sink | None, other: Sink | None) -> Sink | None:
    """A sink for both, where there are two."""
    if one is None or other is None:
        return one or other

    def takes(incident: Incident, judgement: Judgement) -> None:
        one(incident, judgement)
        other(incident, judgement)

    return takes


@contextmanager
def _written_whole(option: str, named: str, table: Table) -> Iterator[TextIO]:
    """A file that appears under its name when all of it is written, and not at all where that is broken off."""
    path = Path(named)
    if path.exists() and path.samefile(table.path):
        raise CommandError(f"{option} {named} is the file that is read; name another")
    is_replaced = path.is_file() or not path.exists()
    partial = path.with_name(f".{path.name}.part") if is_replaced else path
    try:
        with partial.open("w", encoding="utf-8", newline="") as file:
            yield file
        if is_replaced:
            os.replace(partial, path)
    finally:
        if is_replaced:
            partial.unlink(missing_ok=True)


def _added(incident: Incident, judgement: Judgement) -> tuple[str, ...]:
    return (
        _utc(incident.opened_at),
        _utc(judgement.starts_at),
        _utc(judgement.due_at),
        _utc(incident.acknowledged_at),
        judgement.outcome,
        "" if judgement.margin is None else _seconds(judgement.margin),
    )


def _utc(at: datetime | None) -> str:
    return "" if at is None else at.isoformat().replace("+00:00", "Z")


def _seconds(length: timedelta) -> str:
    whole, rest = divmod(length // _MICROSECOND, 1_000_000)
    return str(whole) if not rest else f"{length.total_seconds():f}".rstrip("0")


@contextmanager
def progress_shown(path: Path) -> Iterator[Progress | None]:
    """A progress bar on stderr, where that is a terminal; else nothing."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, TaskID, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    size = path.stat().st_size
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeRemainingColumn(),
    )
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def show(doing: str, position: int) -> None:
            if doing not in tasks:
                tasks[doing] = bars.add_task(doing, total=size)
            bars.update(tasks[doing], completed=position)

        yield show


def reported(report: Report, *, terms: Terms, table: Table, reader: RowReader | EventReader, as_json: bool) -> int:
    """Print the result, its warnings on stderr; the exit code is 1 where there were rows and none could be judged."""
    warnings = warnings_of(report, table, reader)
    for warning in warnings:
        print(f"warning: {warning}", file=sys.stderr)
    if as_json:
        import json

        print(json.dumps(_as_json(report, terms, table, warnings), ensure_ascii=False, indent=2))
    else:
        for unusable in report.unusable_kept:
            print(f"row {unusable.row} (line {unusable.line}): {unusable.reason}", file=sys.stderr)
        if report.unusable > len(report.unusable_kept):
            print(f"… and {report.unusable - len(report.unusable_kept):,} more unusable rows", file=sys.stderr)
        print("\n".join(_as_text(report, terms, table)))
    return NOTHING_JUDGED if report.rows and not report.total.total else 0


def warnings_of(report: Report, table: Table, reader: RowReader | EventReader) -> list[str]:
    """What was guessed, and what looks wrong."""
    return list(_warnings(report, table, reader))


def _warnings(report: Report, table: Table, reader: RowReader | EventReader) -> Iterator[str]:
    if table.encoding == "cp1252":
        yield f"{table.path.name} is not UTF-8; it was read as Windows-1252"
    if report.looks_automatic:
        yield (
            f"{report.at_opening:,} of {report.acknowledged:,} acknowledgements equal the opening to the instant: "
            "what was measured may be a machine, or a column that says something else"
        )
    if reader.times.twice:
        yield f"{reader.times.twice:,} local times occur twice, as daylight saving ends; read as the first of the two"
    if reader.times.skipped:
        yield f"{reader.times.skipped:,} local times were skipped by daylight saving; read as the instant of the change"
    if isinstance(reader, EventReader):
        for name in reader.unseen():
            yield f'no event is called "{name}"'


def _as_json(report: Report, terms: Terms, table: Table, warnings: list[str]) -> dict[str, Any]:
    shares = {"shares": list(map(partial(_share, terms.policy), report.shares))} if report.shares else {}
    return {
        "policy": terms.policy.name,
        "level": terms.level.key,
        "file": table.path.name,
        "encoding": table.encoding,
        "as_of": _utc(report.as_of) or None,
        "rows": report.rows,
        "incidents": report.total.total,
        "unusable": report.unusable,
        "unusable_rows": [unusable._asdict() for unusable in report.unusable_kept],
        "by_severity": {
            terms.policy.severity_numbered(number).key: {
                "name": terms.policy.severity_numbered(number).name,
                **_counts(attainment),
            }
            for number, attainment in report.by_severity.items()
        },
        "total": _counts(report.total),
        **shares,
        "warnings": warnings,
    }


def _counts(attainment: Attainment) -> dict[str, Any]:
    share = attainment.share
    return {
        **{outcome: attainment[outcome] for outcome in REPLAYED_OUTCOMES},
        "attainment": None if share is None else float(share),
    }


def _share(policy: Policy, standing: Standing) -> dict[str, Any]:
    promised, period, counts = standing.promised, standing.period, standing.counts
    share = counts.share
    return {
        "metric": promised.metric,
        "severities": [policy.severity_numbered(number).key for number in promised.severities],
        "of": float(promised.share.of),
        "each": promised.share.each,
        "at_least": promised.share.at_least,
        "period": period.name,
        "from": _utc(period.starts_at),
        "to": _utc(period.ends_at),
        **{outcome: counts[outcome] for outcome in (MET, BREACHED, OPEN)},
        "attainment": None if share is None else float(share),
        "outcome": standing.outcome,
        "may_miss": standing.may_miss,
        "must_keep": standing.must_keep,
    }


def _as_text(report: Report, terms: Terms, table: Table) -> Iterator[str]:
    policy = terms.policy
    yield f"{table.path.name}: {report.rows:,} rows, {report.total.total:,} incidents, {report.unusable:,} unusable"
    as_of = f", as of {_utc(report.as_of)}" if report.as_of else ""
    yield f"judged by {policy.name}, {terms.level.name}{as_of}"
    lines = [("severity", *(outcome.replace("_", " ") for outcome in REPLAYED_OUTCOMES), "attainment")]
    for number, attainment in report.by_severity.items():
        severity = policy.severity_numbered(number)
        lines.append((f"{severity.key} {severity.name}", *_line(attainment)))
    lines.append(("all", *_line(report.total)))
    yield ""
    yield from as_table(lines)
    for promised, standings in groupby(report.shares, key=lambda standing: standing.promised):
        yield ""
        yield promised.said(", ".join(policy.severity_numbered(number).name for number in promised.severities))
        yield from (f"  {standing.period.name:8}{standing}" for standing in standings)


def as_table(lines: list[tuple[str, ...]]) -> Iterator[str]:
    """Rows of cells in columns, the first one of words and the others of numbers."""
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    for first, *others in lines:
        yield "  ".join(
            [f"{first:{widths[0]}}", *(f"{cell:>{width}}" for cell, width in zip(others, widths[1:], strict=True))]
        )


def _line(attainment: Attainment) -> tuple[str, ...]:
    percent = attainment.percent()
    counts = (f"{attainment[outcome]:,}" for outcome in REPLAYED_OUTCOMES)
    return (*counts, "–" if percent is None else f"{percent} %")
