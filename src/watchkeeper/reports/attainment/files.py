"""The figures, and the commitments behind them, as tables to take away: CSV, and XLSX with its types.

What people wrote may look like a formula. In CSV such a text gets an apostrophe before it; in XLSX it is written as a
text, which no program computes.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from tempfile import TemporaryFile
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext

from watchkeeper.incidents.download import download
from watchkeeper.people.models import Account
from watchkeeper.reports.attainment import words
from watchkeeper.reports.attainment.behind import told
from watchkeeper.reports.attainment.cells import COLUMNS, numbers
from watchkeeper.reports.attainment.count import METRICS, Figures, sorted_into, with_figure_parts
from watchkeeper.reports.attainment.side import DESK, PORTAL, Question, question

Cell = str | int | float | datetime | None
Table = Iterator[Sequence[Cell]]

MOST = 100_000
"""So many commitments are written into one file; more are asked for by a shorter period."""
AT_A_TIME = 2000
BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")

_MINUTE = 60_000_000


def portal_file(request: HttpRequest, name: str) -> HttpResponse:
    """A table of what the page of this address shows."""
    return _answer(question(request, PORTAL), name)


def desk_file(request: HttpRequest, name: str) -> HttpResponse:
    """The same at the desk."""
    return _answer(question(request, DESK), name)


def _answer(asked: Question, name: str) -> HttpResponse:
    table, _, kind = name.partition(".")
    if table not in _TABLES or kind not in _WRITERS:
        names = ", ".join(f"{each}.{ending}" for each in _TABLES for ending in _WRITERS)
        raise Http404(f'"{name}" is no table of attainment; there are {names}')
    if table == "commitments" and asked.population.commitments().count() > MOST:
        said = gettext("More than {most} promises are asked for; choose a shorter period or narrow the figures.")
        return HttpResponse(said.format(most=MOST), status=422, content_type="text/plain; charset=utf-8")
    content = _WRITERS[kind](_TABLES[table](asked))
    return download([content], name=f"attainment-{table}-{asked.period.key}.{kind}", size=len(content))


def figures(asked: Question) -> Table:
    """A line for each account, level, severity, metric and month."""
    yield [
        gettext("Account"),
        gettext("Level"),
        gettext("Severity"),
        gettext("Promise"),
        gettext("Month"),
        *(str(words.FIGURES[name]) for name in COLUMNS),
        *(f"{gettext('Disputed')}: {said}" for said in words.DISPUTES.values()),
        gettext("Attainment in percent"),
        gettext("Left out because"),
        gettext("Cancelled because"),
    ]
    found = _by_month(asked)
    names = dict(Account.objects.filter(pk__in={key[0] for key in found}).values_list("pk", "name"))
    in_order = sorted(found, key=lambda key: (names[key[0]], key[1], METRICS.index(key[3]), key[2], key[4]))
    for account, level, severity, metric, month in in_order:
        counts = found[account, level, severity, metric, month]
        percent = counts.attainment.percent()
        yield [
            names[account],
            words.level_name(asked.policy, level),
            words.severity_name(asked.policy, severity),
            words.metric_name(metric),
            month,
            *numbers(counts).values(),
            *(counts.disputed[standing] for standing in words.DISPUTES),
            None if percent is None else float(percent),
            _reasons(counts.excluded, lambda why: words.left_out_because(why, for_the_team=asked.side.for_the_team)),
            _reasons(counts.cancelled, words.cancelled_because),
        ]


def commitments(asked: Question) -> Table:
    """A line for each commitment behind the figures, and for each incident outside the level."""
    yield [
        gettext("Incident"),
        gettext("Title"),
        gettext("Account"),
        gettext("Component"),
        gettext("Level"),
        gettext("Severity"),
        gettext("Promise"),
        gettext("Number"),
        gettext("Came out"),
        gettext("Why"),
        gettext("Dispute"),
        gettext("Began"),
        gettext("Due"),
        gettext("Done"),
        gettext("Elapsed minutes"),
        gettext("Operating minutes"),
    ]
    promised = with_figure_parts(asked.population.commitments(), asked.now).order_by("opened_at", "pk")
    for rows in (promised, asked.population.outside().order_by("opened_at", "pk")):
        for some in _some_at_a_time(rows):
            for each in told(asked, some):
                row = each.row
                yield [
                    each.incident.reference,
                    each.incident.title,
                    each.incident.account.name,
                    row.component,
                    each.level,
                    each.severity_name,
                    each.metric,
                    each.nth or None,
                    each.figure_name,
                    each.why,
                    each.dispute,
                    each.opened_at,
                    each.due_at,
                    each.done_at,
                    _minutes(getattr(row, "took_elapsed", None)),
                    _minutes(getattr(row, "took_operating", None)),
                ]


def as_csv(table: Iterable[Sequence[Cell]]) -> bytes:
    """UTF-8 with its mark, for spreadsheets take it for something else without."""
    written = io.StringIO(newline="")
    csv.writer(written).writerows([_harmless(cell) for cell in row] for row in table)
    return written.getvalue().encode("utf-8-sig")


def as_xlsx(table: Iterable[Sequence[Cell]]) -> bytes:
    """One sheet: its first line stays, numbers are numbers, and every text is a text."""
    import xlsxwriter

    with TemporaryFile() as kept:
        with xlsxwriter.Workbook(kept, {"constant_memory": True, "strings_to_formulas": False}) as book:
            sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
            dated = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
            sheet.freeze_panes(1, 0)
            for number, row in enumerate(table):
                for column, cell in enumerate(row):
                    if isinstance(cell, str):
                        sheet.write_string(number, column, cell, bold if number == 0 else None)
                    elif isinstance(cell, datetime):
                        sheet.write_datetime(number, column, cell.astimezone(UTC).replace(tzinfo=None), dated)
                    elif cell is not None:
                        sheet.write_number(number, column, cell)
        kept.seek(0)
        return kept.read()


def _by_month(asked: Question) -> dict[tuple[Any, ...], Figures]:
    by = ("account_id", "level", "severity", "metric", "opened_on")
    return sorted_into(asked.population, by, lambda key: (*key[:-1], f"{key[-1]:%Y-%m}"))


def _reasons(counts: Mapping[str, int], said: Callable[[str], str]) -> str:
    by_words: dict[str, int] = {}
    for why, count in counts.items():
        by_words[said(why)] = by_words.get(said(why), 0) + count
    return "; ".join(f"{words_of_it}: {count}" for words_of_it, count in sorted(by_words.items()))


def _some_at_a_time(rows: Any) -> Iterator[list[Any]]:
    some: list[Any] = []
    for row in rows.iterator(AT_A_TIME):
        some.append(row)
        if len(some) == AT_A_TIME:
            yield some
            some = []
    if some:
        yield some


def _minutes(microseconds: int | None) -> float | None:
    return None if microseconds is None else round(microseconds / _MINUTE, 3)


def _harmless(cell: Cell) -> str | int | float:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.astimezone(UTC).isoformat(timespec="seconds")
    if isinstance(cell, str) and cell.startswith(BEGINS_A_FORMULA):
        return f"'{cell}"
    return cell


_TABLES: Mapping[str, Callable[[Question], Table]] = {"figures": figures, "commitments": commitments}
_WRITERS: Mapping[str, Callable[[Iterable[Sequence[Cell]]], bytes]] = {"csv": as_csv, "xlsx": as_xlsx}
