"""The document: everything that the replay prints, and pictures of it. Every word of the export is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from html import escape
from itertools import groupby

from watchkeeper.core.at_receipt import Terms
from watchkeeper.core.commitments import BREACHED, MET
from watchkeeper.core.scorecard import NOT_MEASURABLE, OPEN, OUTSIDE_LEVEL, Attainment
from watchkeeper.reports.replay.html import charts
from watchkeeper.reports.replay.html.collected import PERCENTILES, Collected
from watchkeeper.reports.replay.html.style import STYLE
from watchkeeper.reports.replay.report import Report

_OUTCOMES = {
    MET: "met",
    BREACHED: "breached",
    OPEN: "open",
    OUTSIDE_LEVEL: "outside the level",
    NOT_MEASURABLE: "not measurable",
}
_LOADS_NOTHING = "default-src 'none'; style-src 'unsafe-inline'"


def document(report: Report, collected: Collected, *, terms: Terms, file_name: str, warnings: Sequence[str]) -> str:
    """The report as one HTML document."""
    title = f"{file_name} under {terms.level.name}"
    parts = [
        _head(report, terms, title),
        *(f'<p class="warning" role="note">{escape(warning)}</p>' for warning in warnings),
        _figures(report),
        _by_severity(report, terms),
        _by_month(collected),
        _by_hour(collected, terms),
        _time_taken(collected, terms),
        _shares(report, terms),
        _unusable(report),
    ]
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{_LOADS_NOTHING}">'
        f"<style>{STYLE}</style></head>\n<body>{''.join(parts)}</body></html>\n"
    )


def _head(report: Report, terms: Terms, title: str) -> str:
    as_of = f", as of {_utc(report.as_of)}" if report.as_of else ""
    judged = f"judged by {terms.policy.name}, {terms.level.name}{as_of}"
    return f'<main><h1>{escape(title)}</h1><p class="quiet">{escape(judged)}</p>'


def _figures(report: Report) -> str:
    total = report.total
    percent = total.percent()
    figures = [
        ("–" if percent is None else f"{percent} %", "kept of what was judged"),
        (f"{total.total:,}", f"incidents in {report.rows:,} rows"),
        (f"{total[BREACHED]:,}", "breached"),
        (f"{total[OUTSIDE_LEVEL]:,}", "outside the level"),
        (f"{report.unusable:,}", "rows or cases that cannot be judged"),
    ]
    return f'<ul class="figures">{"".join(f"<li><strong>{n}</strong>{words}</li>" for n, words in figures)}</ul>'


def _by_severity(report: Report, terms: Terms) -> str:
    named = {number: _severity(terms, number) for number in report.by_severity}
    bars = [charts.Bar(named[number], counts) for number, counts in report.by_severity.items()]
    rows = [(named[number], *_counts(counts)) for number, counts in report.by_severity.items()]
    table = _table("By severity", ("severity", *_OUTCOMES.values(), "kept"), rows, foot=("all", *_counts(report.total)))
    return _section("By severity", charts.stacked("Outcomes by severity", bars) + _legend() + table)


def _by_month(collected: Collected) -> str:
    months = collected.months()
    rows = [(month, *_counts(counts)) for month, counts in months.items()]
    table = _table("By month of opening", ("month", *_OUTCOMES.values(), "kept"), rows)
    return _section("By month", charts.columns("Met and breached by month", months) + _folded(table))


def _by_hour(collected: Collected, terms: Terms) -> str:
    hours = collected.hours()
    rows = [
        (f"{charts.WEEKDAYS[day]} {hour:02}:00", f"{counts.total:,}", f"{counts[MET]:,}", f"{counts[BREACHED]:,}")
        for (day, hour), counts in sorted(hours.items())
    ]
    where = f"By the hour of the week in which it was opened, in {terms.policy.zone}"
    table = _table(where, ("hour", "incidents", "met", "breached"), rows)
    said = f'<p class="quiet">{escape(where)}; the stronger, the more was breached of what was judged.</p>'
    return _section("When it is breached", said + charts.heat("Breached by hour of the week", hours) + _folded(table))


def _time_taken(collected: Collected, terms: Terms) -> str:
    took = collected.took()
    if not took:
        return ""
    rows = [(_severity(terms, number), *map(_length, lengths)) for number, lengths in took.items()]
    names = ("severity", *(f"{percent} % within" for percent in PERCENTILES))
    return _section("Time to acknowledge", _table("On the wall clock, of those that were acknowledged", names, rows))


def _shares(report: Report, terms: Terms) -> str:
    parts = []
    for promised, standings in groupby(report.shares, key=lambda standing: standing.promised):
        said = promised.said(", ".join(_severity(terms, number) for number in promised.severities))
        rows = [(standing.period.name, str(standing)) for standing in standings]
        parts.append(_table(said, ("period", "how it stands"), rows, of_words=True))
    return _section("Promised shares", "".join(parts)) if parts else ""


def _unusable(report: Report) -> str:
    if not report.unusable:
        return "</main>"
    rows = [(str(each.row), str(each.line), each.reason) for each in report.unusable_kept]
    table = _table("Rows, or the cases that begin there", ("row", "line", "why"), rows, of_words=True)
    left = report.unusable - len(report.unusable_kept)
    more = f'<p class="quiet">… and {left:,} more.</p>' if left else ""
    return _section("What cannot be judged", _folded(table + more)) + "</main>"


def _table(
    caption: str,
    names: Iterable[str],
    rows: Iterable[Sequence[str]],
    *,
    foot: Sequence[str] = (),
    of_words: bool = False,
) -> str:
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in names)
    kind = ' class="words"' if of_words else ""
    body = "".join(f"<tr>{''.join(f'<td{kind}>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
    last = f"<tfoot><tr>{''.join(f'<td>{escape(cell)}</td>' for cell in foot)}</tr></tfoot>" if foot else ""
    inside = f"<caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody>{last}"
    return f'<div class="wide" tabindex="0" role="region" aria-label="{escape(caption)}"><table>{inside}</table></div>'


def _section(title: str, inside: str) -> str:
    return f"<section><h2>{escape(title)}</h2>{inside}</section>"


def _folded(inside: str) -> str:
    return f"<details><summary>As a table</summary>{inside}</details>"


def _legend() -> str:
    swatch = '<svg viewBox="0 0 10 10" aria-hidden="true"><rect width="10" height="10" class="{name}"/></svg>'
    items = (f"<li>{swatch.format(name=name)}{words}</li>" for name, words in _OUTCOMES.items())
    return f'<ul class="legend">{"".join(items)}</ul>'


def _counts(counts: Attainment) -> Iterator[str]:
    yield from (f"{counts[outcome]:,}" for outcome in _OUTCOMES)
    percent = counts.percent()
    yield "–" if percent is None else f"{percent} %"


def _severity(terms: Terms, number: int) -> str:
    severity = terms.policy.severity_numbered(number)
    return f"{severity.key} {severity.name}"


def _length(length: timedelta) -> str:
    """``2 d 3 h``, ``3 h 20 min``, ``50 s``: the two largest units."""
    seconds = int(length.total_seconds())
    units = (("d", seconds // 86_400), ("h", seconds // 3_600 % 24), ("min", seconds // 60 % 60), ("s", seconds % 60))
    largest = next((at for at, (_, amount) in enumerate(units) if amount), len(units) - 1)
    return " ".join(f"{amount} {unit}" for unit, amount in units[largest : largest + 2] if amount) or "0 s"


def _utc(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S} UTC"
