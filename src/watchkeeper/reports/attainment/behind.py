"""The commitments behind a figure, exactly as many as it says: each with its incident, and how it came out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse

from watchkeeper.clocks.models import Commitment, OutsideTheLevel
from watchkeeper.core.commitments import CANCELLED
from watchkeeper.core.policy import ACKNOWLEDGEMENT
from watchkeeper.core.scorecard import EXCLUDED, OUTSIDE_LEVEL
from watchkeeper.incidents.models import Incident
from watchkeeper.reports.attainment import sorting, words
from watchkeeper.reports.attainment.count import with_figure_parts
from watchkeeper.reports.attainment.side import DESK, PORTAL, Question, question
from watchkeeper.ui.paging import page_number

PAGE = 50


class Behind(NamedTuple):
    """One commitment in words. ``nth`` is 0 where nothing was promised at all."""

    incident: Incident
    metric: str
    nth: int
    severity: int
    severity_name: str
    level: str
    figure: str
    why: str
    disputed: str
    opened_at: datetime
    due_at: datetime | None
    done_at: datetime | None
    row: Commitment | OutsideTheLevel

    @property
    def figure_name(self) -> str:
        return str(words.FIGURES[self.figure])

    @property
    def dispute(self) -> str:
        """How its dispute stands, in words; empty without one."""
        return str(words.DISPUTES[self.disputed]) if self.disputed else ""


class Listed:
    """Commitments, the newest first; of what lies outside the level also the incidents that nothing was promised for.

    It is counted and sliced.
    """

    def __init__(self, asked: Question, figure: str) -> None:
        self._asked = asked
        self._commitments = _commitments(asked, figure).order_by("-opened_at", "-pk")
        self._outside = _outside(asked).order_by("-opened_at", "-pk") if figure == OUTSIDE_LEVEL else None

    def __len__(self) -> int:
        return self._commitments.count() + (self._outside.count() if self._outside is not None else 0)

    def __getitem__(self, place: slice) -> list[Behind]:
        rows: list[Commitment | OutsideTheLevel] = list(self._commitments[place])
        missing = place.stop - place.start - len(rows)
        if self._outside is not None and missing:
            skipped = max(0, place.start - self._commitments.count())
            rows += self._outside[skipped : skipped + missing]
        return told(self._asked, rows)


def behind(asked: Question, *, figure: str) -> Listed:
    """The commitments behind a figure of a page."""
    return Listed(asked, figure)


def told(asked: Question, rows: Sequence[Commitment | OutsideTheLevel]) -> list[Behind]:
    """Rows in words, with their incidents."""
    incidents = Incident.objects.select_related("account").in_bulk({row.incident_id for row in rows})
    return [_told(asked, incidents[row.incident_id], row) for row in rows]


def portal_behind(request: HttpRequest) -> HttpResponse:
    """``?figure=`` and the filters of the page it was on."""
    return _page(request, question(request, PORTAL))


def desk_behind(request: HttpRequest) -> HttpResponse:
    """The same at the desk."""
    return _page(request, question(request, DESK))


def _page(request: HttpRequest, asked: Question) -> HttpResponse:
    figure = asked.asked.figure or sorting.MADE
    found, number = behind(asked, figure=figure), page_number(request.GET)
    count = len(found)
    return asked.side.page(
        request,
        asked.side.template.replace(".html", "_behind.html"),
        now=asked.now,
        policy=asked.policy,
        section=f"{asked.side.name}-attainment",
        question=asked,
        figure=words.FIGURES[figure],
        count=count,
        listed=found[number * PAGE : (number + 1) * PAGE],
        back=asked.side.address() + asked.asked.but(figure="", why="", hour="", month=""),
        earlier=f"{asked.asked.query}&page={number - 1}" if number else "",
        later=f"{asked.asked.query}&page={number + 1}" if count > (number + 1) * PAGE else "",
    )


def _commitments(asked: Question, figure: str) -> QuerySet[Commitment, Any]:
    rows = asked.population.commitments().filter(sorting.behind(figure, asked.now)).filter(_hour(asked))
    why = asked.asked.why
    if why and figure == EXCLUDED and asked.side.for_the_team:
        rows = rows.filter(excluded=why)
    elif why and figure == CANCELLED:
        rows = rows.filter(reason=why)
    return with_figure_parts(rows, asked.now)


def _outside(asked: Question) -> QuerySet[OutsideTheLevel]:
    return asked.population.outside().filter(_hour(asked))


def _hour(asked: Question) -> Q:
    return Q(opened_hour=int(asked.asked.hour)) if asked.asked.hour else Q()


def _told(asked: Question, incident: Incident, row: Commitment | OutsideTheLevel) -> Behind:
    is_outside = isinstance(row, OutsideTheLevel)
    figure = OUTSIDE_LEVEL if is_outside else _figure_of(row)
    return Behind(
        incident=incident,
        metric=words.metric_name(ACKNOWLEDGEMENT if is_outside else row.metric),
        nth=0 if is_outside else row.nth,
        severity=row.severity,
        severity_name=words.severity_name(asked.policy, row.severity),
        level=words.level_name(asked.policy, row.level),
        figure=figure,
        why="" if is_outside else _why(asked, row, figure),
        disputed="" if is_outside else row.disputed,
        opened_at=row.opened_at,
        due_at=None if is_outside else row.due_at,
        done_at=None if is_outside else row.done_at,
        row=row,
    )


def _figure_of(row: Commitment) -> str:
    parts = {name: getattr(row, name) for name in ("outcome", "reason", "excluded", "is_late")}
    return sorting.figure_of(**parts)


def _why(asked: Question, row: Commitment, figure: str) -> str:
    if figure == EXCLUDED:
        return words.left_out_because(row.excluded, for_the_team=asked.side.for_the_team)
    return words.cancelled_because(row.reason) if row.reason else ""
