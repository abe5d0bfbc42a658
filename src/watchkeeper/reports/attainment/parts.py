"""The reports of a page that are fetched one by one, each with its table: how fast, when, and about what.

Each is an address of its own, so that nobody waits for all of them before the first figure stands; without script it
opens as a page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy

from watchkeeper.people.models import Account
from watchkeeper.reports.attainment import cells, words
from watchkeeper.reports.attainment.asked import NOT_NAMED
from watchkeeper.reports.attainment.count import Figures, counted
from watchkeeper.reports.attainment.measured import (
    PERCENTILES,
    by_component_of,
    by_hour_of,
    by_month_of,
    speed_of,
)
from watchkeeper.reports.attainment.side import DESK, PORTAL, Question, question
from watchkeeper.reports.attainment.sorting import MADE
from watchkeeper.reports.charts import charts

MOST = 50
"""Of components so many are listed: those with most breaches, then those with most promises."""


class Part(NamedTuple):
    """A report: its name in the address, its title, and what its template shows."""

    name: str
    title: Lazy
    shown: Callable[[Question], dict[str, Any]]
    draws: Callable[[Question], charts.Chart] | None = None
    for_the_team: bool = False


def portal_part(request: HttpRequest, part: str) -> HttpResponse:
    """A part of the page, or by itself where the browser asks for a page."""
    return _answer(request, question(request, PORTAL), _part(part, PORTAL.for_the_team))


def desk_part(request: HttpRequest, part: str) -> HttpResponse:
    """The same at the desk."""
    return _answer(request, question(request, DESK), _part(part, DESK.for_the_team))


def portal_chart(request: HttpRequest, part: str) -> HttpResponse:
    """The chart of a part, as SVG that stands in the page."""
    return _chart(request, question(request, PORTAL), _part(part, PORTAL.for_the_team))


def desk_chart(request: HttpRequest, part: str) -> HttpResponse:
    """The same at the desk."""
    return _chart(request, question(request, DESK), _part(part, DESK.for_the_team))


def _part(name: str, for_the_team: bool) -> Part:
    part = PARTS.get(name)
    if part is None or (part.for_the_team and not for_the_team):
        raise Http404(f'"{name}" is no report of attainment; there are {", ".join(PARTS)}')
    return part


def _answer(request: HttpRequest, asked: Question, part: Part) -> HttpResponse:
    shown = {
        "question": asked,
        "part": part,
        "chart": asked.side.address("chart", part.name) + asked.asked.query if part.draws else "",
        **part.shown(asked),
    }
    if request.headers.get("HX-Request"):
        return render(request, f"reports/attainment/part_{part.name}.html", shown)
    return asked.side.page(
        request,
        asked.side.template.replace(".html", "_part.html"),
        now=asked.now,
        policy=asked.policy,
        section=f"{asked.side.name}-attainment",
        back=asked.side.address() + asked.asked.query,
        of_the_part=f"reports/attainment/part_{part.name}.html",
        **shown,
    )


def _chart(request: HttpRequest, asked: Question, part: Part) -> HttpResponse:
    if part.draws is None:
        raise Http404(f'"{part.name}" is a table without a chart')
    chart = part.draws(asked)
    if not charts.can_draw_at_once():
        return render(request, "reports/attainment/chart_waits.html", {"again": request.get_full_path()})
    return HttpResponse(charts.drawn(chart))


def _speed(asked: Question) -> dict[str, Any]:
    found = speed_of(asked.population)
    return {
        "speeds": [
            {
                "speed": each,
                "name": words.severity_name(asked.policy, each.severity),
                "of": list(zip(PERCENTILES, each.elapsed, each.operating, strict=True)),
            }
            for each in found
        ],
        "percentiles": PERCENTILES,
    }


def _months(asked: Question) -> dict[str, Any]:
    found = by_month_of(asked.population)
    lines = [cells.Line({"month": month}, figures, {"month": month}) for month, figures in found.items()]
    return {"table": cells.table(asked, lines)}


def _draw_months(asked: Question) -> charts.Chart:
    return charts.by_month({month: _parts_of(each) for month, each in by_month_of(asked.population).items()}, _names())


def _hours(asked: Question) -> dict[str, Any]:
    found = by_hour_of(asked.population)
    rows = [
        {"label": f"{hour:02}:00", "cells": [_field(asked, found, day * 24 + hour) for day in range(7)]}
        for hour in range(24)
    ]
    return {"days": [{"name": name} for name in words.WEEKDAYS], "zone": asked.policy.zone, "by_hour": rows}


def _field(asked: Question, found: Mapping[int, Figures], hour: int) -> dict[str, object]:
    figures = found.get(hour, Figures())
    return {
        "count": figures.made,
        "breached": figures.breached,
        "href": asked.behind(figure=MADE, hour=str(hour)),
    }


def _draw_hours(asked: Question) -> charts.Chart:
    made = {hour: figures.made for hour, figures in by_hour_of(asked.population).items()}
    return charts.by_hour(made, [str(name) for name in words.WEEKDAYS])


def _components(asked: Question) -> dict[str, Any]:
    found = by_component_of(asked.population)
    lines = [
        cells.Line({"component": words.component_name(name)}, figures, {"component": name or NOT_NAMED})
        for name, figures in list(found.items())[:MOST]
    ]
    return {"table": cells.table(asked, lines), "count": len(found), "most": MOST}


def _draw_components(asked: Question) -> charts.Chart:
    found = list(by_component_of(asked.population).items())[:12]
    return charts.by_component({words.component_name(name): _parts_of(each) for name, each in found}, _names())


def _accounts(asked: Question) -> dict[str, Any]:
    found = counted(asked.population, "account_id")
    accounts = Account.objects.in_bulk([key for (key,) in found])
    in_order = sorted(((accounts[key], figures) for (key,), figures in found.items()), key=lambda each: each[0].name)
    lines = [cells.Line(_named(asked, account), figures, {"account": account.slug}) for account, figures in in_order]
    return {"table": cells.table(asked, lines), "page": asked.side.address()}


def _named(asked: Question, account: Account) -> dict[str, object]:
    return {"account": account.name, "narrowed": asked.asked.but(account=account.slug)}


def _parts_of(figures: Figures) -> charts.Counted:
    return charts.Counted(figures.met, figures.breached, figures.open, figures.left_out + figures.ended)


def _names() -> charts.Names:
    return charts.Names(*(str(words.FIGURES[name]) for name in ("met", "breached", "open", "excluded")))


PARTS: Mapping[str, Part] = {
    part.name: part
    for part in (
        Part("accounts", gettext_lazy("By account"), _accounts, for_the_team=True),
        Part("speed", gettext_lazy("Time to acknowledge"), _speed),
        Part("months", gettext_lazy("By month"), _months, _draw_months),
        Part("hours", gettext_lazy("By weekday and hour"), _hours, _draw_hours),
        Part("components", gettext_lazy("By component"), _components, _draw_components),
    )
}
"""Every report that a page fetches, in its order."""
