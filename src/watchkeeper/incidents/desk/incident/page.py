"""The page of one incident, and the pieces of it that are fetched anew when its timeline has grown."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from watchkeeper.core import timeline as t
from watchkeeper.core.policy import ESCALATION_ANSWER, REACHED_BY_MESSAGE
from watchkeeper.incidents.desk import shell
from watchkeeper.incidents.desk.door import incident_seen
from watchkeeper.incidents.desk.escalated import escalations_in
from watchkeeper.incidents.desk.incident import forms
from watchkeeper.incidents.desk.incident.conversation import Said, conversation_of
from watchkeeper.incidents.desk.incident.dialogs import dialogs_for
from watchkeeper.incidents.desk.incident.history import history_of
from watchkeeper.incidents.desk.incident.offers import offers
from watchkeeper.incidents.desk.incident.outage import outage_of
from watchkeeper.incidents.desk.incident.promises import Promised, no_promise, promises_of
from watchkeeper.incidents.desk.incident.ratings import ratings_in
from watchkeeper.incidents.desk.incident.undoing import undoable
from watchkeeper.incidents.desk.outbox import channel_called
from watchkeeper.incidents.disputed import Told, told
from watchkeeper.incidents.models import Event, Incident
from watchkeeper.incidents.reading import Standing, standing_of
from watchkeeper.incidents.report_after.drafts import draft_of
from watchkeeper.notify.models import Notice
from watchkeeper.people import access, clock
from watchkeeper.policies.versions import policy_of

NOTHING_CHANGED = 204
FORBIDDEN = 403


class Refused(NamedTuple):
    """An act that was not done: its resource, the status, why in words, and the form with what was typed."""

    act: str
    status: int
    words: str
    form: forms.ActForm

    @property
    def written(self) -> str:
        """The text that was not said."""
        return self.form.data.get("text") or self.form.data.get("reason") or ""


def incident(request: HttpRequest, reference: str) -> HttpResponse:
    """The incident, or 204 when its timeline has not grown since the page that asks (``seen``)."""
    found = incident_seen(request, reference)
    if request.headers.get("HX-Request") and request.GET.get("seen") == str(_last_number(found)):
        return HttpResponse(status=NOTHING_CHANGED)
    return incident_page(request, found)


def incident_page(request: HttpRequest, incident: Incident, refused: Refused | None = None) -> HttpResponse:
    """The whole page; with ``refused`` it says what was not done and why, and keeps what was typed."""
    now = clock.now()
    policy = policy_of(incident.policy_version)
    standing = standing_of(incident)
    events = list(incident.events.select_related("person", "token").order_by("-number"))
    promised = promises_of(standing, events, policy=policy, now=now)
    offered = offers(request.user, incident, standing)
    said = list(conversation_of(incident, reader=request.user))
    outage = outage_of(incident, reader=request.user)
    disputes = told(standing.facts.disputes)
    return shell.page(
        request,
        "desk/incident.html",
        now=now,
        policy=policy,
        status=refused.status if refused else 200,
        incident=incident,
        severity=policy.severity_numbered(incident.severity),
        promised=promised,
        first_left=promised[0].left if promised else no_promise(standing, policy=policy, now=now),
        conversation=said,
        ratings=ratings_in(events),
        report_draft=draft_of(incident),
        report=incident.reports.first(),
        history=history_of(events, policy=policy),
        participants=incident.participants.select_related("person").order_by("person__name"),
        related=_related(request, events),
        outage=outage,
        notices=_notices(incident),
        last_event=events[0],
        offered=offered,
        may_write_the_report=access.may(request.user, "write report"),
        refused=refused,
        undoable=undoable(incident, events[::-1], policy=policy, by=request.user, now=now),
        composer=_composer(request, incident, offered, refused, standing),
        **_level(standing),
        **_escalation(incident, events, promised),
        disputes=disputes,
        **_dialogs(request, incident, offered, promised, said, now, refused, disputes),
    )


def _notices(incident: Incident) -> list[Notice]:
    """What was said about it, each with how often it was tried and what its channel is called."""
    notices = list(Notice.objects.for_incident(incident.pk).annotate(tries=Count("attempts")))
    for notice in notices:
        notice.way = channel_called(notice.channel)
    return notices


def _last_number(incident: Incident) -> int:
    return incident.events.order_by("-number").values_list("number", flat=True)[0]


def _level(standing: Standing) -> dict[str, Any]:
    promise = standing.promise
    if promise is None:
        return {"level": None, "level_rank": 0, "sla": None}
    return {"level": promise.level, "level_rank": 1 + promise.policy.levels.index(promise.level), "sla": promise.sla}


def _escalation(incident: Incident, events: list[Event], promised: list[Promised]) -> dict[str, Any]:
    """The escalation opened last, its clock, and whose it is."""
    escalations = escalations_in(reversed(events))
    if not escalations:
        return {"escalation": None}
    key = f"{ESCALATION_ANSWER}:{escalations[-1].nth}"
    executive = incident.account.account_executive
    return {
        "escalation": escalations[-1],
        "escalation_left": next((one.left for one in promised if one.key == key), None),
        "escalation_owner": executive.name if executive else gettext("the managers"),
    }


def _related(request: HttpRequest, events: list[Event]) -> list[Incident]:
    """The incidents that the timeline names as linked or merged, and that the reader sees; an outage is told apart."""
    told = [event.data for event in events if event.kind in (t.LINKED, t.MERGED, t.ABSORBED)]
    told = [data for data in told if not {"under", "over", "apart"} & data.keys()]
    named = {data[name] for data in told for name in ("to", "into", "younger") if name in data}
    return list(Incident.objects.seen_by(request.user).filter(reference__in=named)) if named else []


_COMPOSED = {"replies": "reply", "questions": "ask", "notes": "note", "resolution": "resolve"}
"""What the composer can send: by the name of its resource, the act."""


def _composer(
    request: HttpRequest, incident: Incident, offered: frozenset[str], refused: Refused | None, standing: Standing
) -> dict[str, Any] | None:
    """The composer's form, the sides of it that are offered, and which of them is chosen; without any, nothing."""
    sides = [name for name, act in _COMPOSED.items() if act in offered]
    if refused is not None and refused.act in _COMPOSED:
        refused.form.auto_id = "saying_%s"
        reachable = "reached" in refused.form.fields and _reachable(standing)
        return {"form": refused.form, "sides": sides or [refused.act], "chosen": refused.act, "reachable": reachable}
    form = forms.SayingForm(incident=incident, by=request.user, auto_id="saying_%s")
    if not sides:
        return None
    return {"form": form, "sides": sides, "chosen": sides[0], "reachable": _reachable(standing)}


def _reachable(standing: Standing) -> bool:
    """Whether anything is promised that a message can say is reached."""
    return standing.promise is not None and not standing.promise.metrics.isdisjoint(REACHED_BY_MESSAGE)


def _dialogs(
    request: HttpRequest,
    incident: Incident,
    offered: frozenset[str],
    promised: list[Promised],
    said: list[Said],
    now: datetime,
    refused: Refused | None,
    disputes: list[Told],
) -> dict[str, Any]:
    """The dialogs offered; the one whose form was refused stands open on the page instead."""
    typed = {refused.act: refused.form} if refused and refused.status != FORBIDDEN else {}
    dialogs = dialogs_for(
        incident,
        person=request.user,
        offered=offered,
        promised=promised,
        said=said,
        now=now,
        typed=typed,
        disputes=disputes,
    )
    return {"again": dialogs.pop(refused.act, None) if refused else None, "dialogs": dialogs}
