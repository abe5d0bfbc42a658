"""``/attainment`` and ``/desk/attainment``: what was promised in a period, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext, pgettext

from watchkeeper.core.commitments import BREACHED, CANCELLED
from watchkeeper.core.scorecard import EXCLUDED
from watchkeeper.core.shares import Standing
from watchkeeper.reports.attainment import cells, subscribing, words
from watchkeeper.reports.attainment.behind import Behind, behind
from watchkeeper.reports.attainment.count import METRICS, Figures, Line, lines_of, shares_of, together
from watchkeeper.reports.attainment.parts import PARTS
from watchkeeper.reports.attainment.seen import accounts_counted_by, sees_only_own
from watchkeeper.reports.attainment.shares import promised_said, standing_said
from watchkeeper.reports.attainment.side import DESK, PORTAL, Question, question

NAMED_FIRST = 10


class Tab(NamedTuple):
    """One period to choose."""

    label: str
    href: str
    is_current: bool


class Part(NamedTuple):
    """A report of its own, fetched when the page stands."""

    title: str
    href: str


class File(NamedTuple):
    """A table to take away."""

    label: str
    href: str


class Share(NamedTuple):
    """A promise for a share of a period's incidents and how it stands, both in words."""

    promised: str
    stands: str
    standing: Standing


class Reason(NamedTuple):
    """Why so many commitments count in no share."""

    figure: str
    why: str
    count: int
    href: str


def portal_attainment(request: HttpRequest) -> HttpResponse:
    """``?period=`` and filters, over the incidents that the reader sees."""
    return _attainment(request, question(request, PORTAL))


def desk_attainment(request: HttpRequest) -> HttpResponse:
    """The same over the accounts that somebody of the vendor serves, or one of them."""
    return _attainment(request, question(request, DESK))


def _attainment(request: HttpRequest, asked: Question) -> HttpResponse:
    lines = lines_of(asked.population)
    total = together(line.figures for line in lines)
    return asked.side.page(
        request,
        asked.side.template,
        now=asked.now,
        policy=asked.policy,
        section=f"{asked.side.name}-attainment",
        question=asked,
        tabs=_tabs(asked),
        total=total,
        table=_table(asked, lines),
        reasons=list(_reasons(asked, total)),
        breached=_first(asked, total.breached, BREACHED),
        left_out=_first(asked, total.left_out, EXCLUDED),
        cancelled=_first(asked, total.ended, CANCELLED),
        shares=_shares(asked),
        parts=_parts(asked) if lines else [],
        files=_files(asked),
        sees_only_own=sees_only_own(asked.reader),
        **subscribing.offered(asked),
        **_offered(asked),
    )


def _table(asked: Question, lines: list[Line]) -> cells.Table:
    return cells.table(asked, [cells.Line(_heads(asked, line), line.figures, _narrowed(line)) for line in lines])


def _heads(asked: Question, line: Line) -> dict[str, object]:
    return {
        "metric": words.metric_name(line.metric),
        "severity": line.severity,
        "severity_name": words.severity_name(asked.policy, line.severity),
        "level": words.level_name(asked.policy, line.level),
    }


def _narrowed(line: Line) -> dict[str, str]:
    return {"metric": line.metric, "severity": str(line.severity), "level": line.level}


def _tabs(asked: Question) -> list[Tab]:
    tabs = [Tab(each.label, asked.asked.but(period=each.key, month=""), each == asked.period) for each in asked.offered]
    if asked.period not in asked.offered:
        tabs.append(Tab(asked.period.label, asked.asked.but(), is_current=True))
    return tabs


def _reasons(asked: Question, total: Figures) -> Iterator[Reason]:
    for why, count in total.excluded.most_common():
        said = words.left_out_because(why, for_the_team=asked.side.for_the_team)
        if asked.side.for_the_team:
            yield Reason(str(words.FIGURES[EXCLUDED]), said, count, asked.behind(figure=EXCLUDED, why=why))
    if total.left_out and not asked.side.for_the_team:
        said = words.left_out_because("", for_the_team=False)
        yield Reason(str(words.FIGURES[EXCLUDED]), said, total.left_out, asked.behind(figure=EXCLUDED))
    for why, count in total.cancelled.most_common():
        said = words.cancelled_because(why)
        yield Reason(str(words.FIGURES[CANCELLED]), said, count, asked.behind(figure=CANCELLED, why=why))


def _first(asked: Question, count: int, figure: str) -> list[Behind]:
    return behind(asked, figure=figure)[0:NAMED_FIRST] if count else []


def _shares(asked: Question) -> list[Share]:
    if asked.side.for_the_team and not asked.asked.account:
        return []
    return [_share(asked, standing) for standing in shares_of(asked.population, asked.policy.zone)]


def _share(asked: Question, standing: Standing) -> Share:
    severities = ", ".join(words.severity_name(asked.policy, number) for number in standing.promised.severities)
    return Share(promised_said(standing.promised, severities), standing_said(standing), standing)


def _parts(asked: Question) -> list[Part]:
    offered = [part for part in PARTS.values() if asked.side.for_the_team or not part.for_the_team]
    if asked.asked.account:
        offered = [part for part in offered if not part.for_the_team]
    return [Part(str(part.title), asked.side.address("part", part.name) + asked.asked.query) for part in offered]


def _files(asked: Question) -> list[File]:
    tables = {"figures": gettext("Figures"), "commitments": pgettext("a table of", "Promises")}
    return [
        File(f"{label} ({kind.upper()})", asked.side.address("file", f"{name}.{kind}") + asked.asked.query)
        for name, label in tables.items()
        for kind in ("csv", "xlsx")
    ]


def _offered(asked: Question) -> dict[str, Any]:
    """What the filters offer."""
    accounts = accounts_counted_by(asked.reader).values_list("slug", "name") if asked.side.for_the_team else ()
    return {
        "accounts": list(accounts),
        "levels": [(level.key, level.name) for level in asked.policy.levels],
        "severities": [(str(each.number), each.name) for each in asked.policy.severities],
        "metrics": [(metric, words.metric_name(metric)) for metric in METRICS],
        "all_of_them": gettext("All"),
    }
