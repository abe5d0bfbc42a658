"""The queue's page: counted views, filters in the address, and a body that is fetched anew only when it changed."""

from __future__ import annotations

from hashlib import sha256
from typing import Any, NamedTuple

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext, pgettext

from watchkeeper.core import lifecycle
from watchkeeper.core.policy import Policy
from watchkeeper.incidents.desk import shell
from watchkeeper.incidents.desk.bulk.acts import ACTS
from watchkeeper.incidents.desk.bulk.chosen import AT_MOST
from watchkeeper.incidents.desk.hand_over import waiting_for
from watchkeeper.incidents.desk.queue import filters as f
from watchkeeper.incidents.desk.queue.order import Page, Place, page_of, rows_asked_for
from watchkeeper.incidents.desk.queue.rows import Row, rows_of
from watchkeeper.incidents.desk.queue.saved import SavedViewForm, views_of
from watchkeeper.incidents.models import Incident, IncidentQuerySet, SavedView
from watchkeeper.incidents.urgency import OWED
from watchkeeper.people import access, clock
from watchkeeper.people.models import Person
from watchkeeper.ui.templatetags.ui import STATES

NOTHING_CHANGED = 204


class View(NamedTuple):
    """One of the views above the queue: counted, or kept by somebody."""

    label: str
    href: str
    is_current: bool
    count: int | None = None


def queue(request: HttpRequest) -> HttpResponse:
    """The queue, or 204 when it still is as the page that asks (``seen``) shows it."""
    person, asked = request.user, f.Filters.asked_by(request.GET)
    now = clock.now()
    seen_by_them = Incident.objects.seen_by(person)
    views = _views(seen_by_them, person, asked)
    page = _page(request, asked.narrow(seen_by_them, person=person))
    rows = rows_of(page.incidents, now=now)
    fingerprint = _fingerprint(rows, views)
    if request.headers.get("HX-Request") and request.GET.get("seen") == fingerprint:
        return HttpResponse(status=NOTHING_CHANGED)
    policy = shell.newest_policy()
    kept = list(views_of(person))
    return shell.page(
        request,
        "desk/queue.html",
        now=now,
        policy=policy,
        queue_count=views[0].count,
        rows=rows,
        may_hand_over=access.may(person, "hand over"),
        hand_overs=waiting_for(person),
        views=[*views, *_kept(kept, person, asked)],
        filters=asked,
        **_keeping(kept, person, asked),
        choices=_choices(person, policy),
        pulse=_pulse(request, fingerprint),
        any_state=asked.but(state=f.ANY),
        acts_on_several=ACTS if access.may(person, "act on several") else (),
        at_most=AT_MOST,
        **_pager(page, asked),
    )


def _page(request: HttpRequest, incidents: IncidentQuerySet) -> Page:
    return page_of(
        incidents.select_related("account", "assignee"),
        after=Place.read(request.GET.get("after", "")),
        before=Place.read(request.GET.get("before", "")),
        rows=rows_asked_for(request.GET.get("rows", "")),
    )


def _pager(page: Page, asked: f.Filters) -> dict[str, str]:
    here = asked.but()
    and_ = "" if here == "?" else "&"
    return {
        "earlier": f"{here}{and_}before={page.before.written()}" if page.before else "",
        "later": f"{here}{and_}after={page.after.written()}" if page.after else "",
    }


def _pulse(request: HttpRequest, fingerprint: str) -> str:
    """The address from which this page asks whether it changed."""
    query = request.GET.copy()
    query.pop("rows", None)  # the page says how many it shows by then
    query["seen"] = fingerprint
    return f"?{query.urlencode()}"


def _views(seen_by_them: IncidentQuerySet, person: Person, asked: f.Filters) -> list[View]:
    in_earnest = seen_by_them.in_earnest()
    counts = in_earnest.open().aggregate(
        all=Count("pk"),
        mine=Count("pk", filter=Q(assignee=person)),
        nobodys=Count("pk", filter=Q(assignee__isnull=True)),
        owed=Count("pk", filter=Q(queue_rank=OWED)),
    )
    views = (
        (gettext("All open"), f.Filters(), counts["all"]),
        (gettext("Mine"), f.Filters(owner=f.ME), counts["mine"]),
        (gettext("Nobody’s"), f.Filters(owner=f.NOBODY), counts["nobodys"]),
        (gettext("Breached and owed"), f.Filters(mark=f.OWED), counts["owed"]),
        (
            gettext("Escalated"),
            f.Filters(state=f.ANY, mark=f.ESCALATED),
            in_earnest.filter(is_escalated=True).count(),
        ),
    )
    return [View(label, view.but(), view == asked, count) for label, view, count in views]


def _kept(kept: list[SavedView], person: Person, asked: f.Filters) -> list[View]:
    return [
        View(
            each.name if each.owner == person else f"{each.name} · {each.owner.name}", f"?{each.asks}", _is(each, asked)
        )
        for each in kept
    ]


def _is(view: SavedView, asked: f.Filters) -> bool:
    return f"?{view.asks}" == asked.but()


def _keeping(kept: list[SavedView], person: Person, asked: f.Filters) -> dict[str, Any]:
    """What can be done with the view that is shown: remove one's own, keep another under a name."""
    shown = next((each for each in kept if each.owner == person and _is(each, asked)), None)
    form = SavedViewForm(initial={"asks": asked.but().removeprefix("?")}, auto_id="view-%s")
    return {"kept_view": shown, "keeping": form if asked.is_narrow and shown is None else None}


def _choices(person: Person, policy: Policy | None) -> dict[str, list[tuple[str, str]]]:
    accounts = access.accounts_served_by(person)
    owners = Person.objects.filter(
        pk__in=Incident.objects.seen_by(person).open().order_by().values("assignee").distinct()
    ).exclude(pk=person.pk)
    return {
        "state": [
            (f.OPEN, pgettext("incidents", "Open")),
            *((state, str(STATES[state])) for state in lifecycle.STATES),
            (f.ANY, gettext("Any")),
        ],
        "severity": [(str(s.number), f"{s.number} {s.name}") for s in policy.severities] if policy else [],
        "level": [
            *((level.key, level.name) for level in (policy.levels if policy else ())),
            (f.NO_LEVEL, pgettext("support level", "None")),
        ],
        "account": list(accounts.values_list("slug", "name")),
        "owner": [
            (f.ME, gettext("Me")),
            (f.NOBODY, gettext("Nobody")),
            *((str(key), name) for key, name in owners.values_list("pk", "name")),
        ],
        "mark": [
            (f.OWED, gettext("Breached and owed")),
            (f.BREACHED, gettext("Breached")),
            (f.ESCALATED, gettext("Escalated")),
            (f.TEST, gettext("Test")),
        ],
    }


def _fingerprint(rows: list[Row], views: list[View]) -> str:
    told = repr([row.fingerprint for row in rows]) + repr([view.count for view in views])
    return sha256(told.encode()).hexdigest()[:16]
