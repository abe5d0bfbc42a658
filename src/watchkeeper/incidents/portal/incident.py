"""``/incidents/<reference>``: one incident as the customer follows it, with everything they may do there."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse

from watchkeeper.core import lifecycle
from watchkeeper.core import timeline as t
from watchkeeper.core.policy import Policy, Severity
from watchkeeper.core.survey import is_open, open_until
from watchkeeper.incidents import verbs
from watchkeeper.incidents.disputed import told
from watchkeeper.incidents.known import standing_known
from watchkeeper.incidents.live.seen import address_to_ask, fingerprint, nothing_new
from watchkeeper.incidents.models import Incident
from watchkeeper.incidents.portal import forms, shell
from watchkeeper.incidents.portal.clocks import clocks_shown, no_promise
from watchkeeper.incidents.portal.conversation import Said, conversation
from watchkeeper.incidents.portal.door import incident_seen
from watchkeeper.incidents.portal.escalating import escalating
from watchkeeper.incidents.portal.happened import happened
from watchkeeper.incidents.portal.rating import rating_form
from watchkeeper.incidents.reading import Standing
from watchkeeper.people import access, clock
from watchkeeper.people.models import Person
from watchkeeper.policies.versions import policy_of


def portal_incident(request: HttpRequest, reference: str) -> HttpResponse:
    """The page of one incident, or 204 when it still is as the page that asks shows it."""
    incident = incident_seen(request, reference)
    return nothing_new(request, _shows(incident)) or incident_page(request, incident)


def incident_page(
    request: HttpRequest,
    incident: Incident,
    *,
    status: int = 200,
    departure: BaseForm | None = None,
    **refused: BaseForm,
) -> HttpResponse:
    """The page; ``refused`` and ``departure`` hold the form of an act that was not done, what was typed and why not."""
    now = clock.now()
    policy = policy_of(incident.policy_version)
    standing = standing_known(incident)
    promise = standing.promise
    clocks = clocks_shown(standing, policy, now=now, reader=request.user)
    said = conversation(incident, request.user)
    participants = [row.person for row in incident.participants.select_related("person").order_by("person__name")]
    asked = is_open(standing.facts, now) and (request.user in participants or incident.reporter == request.user)
    made = (
        _forms(incident, policy)
        | _disputing(standing)
        | {"rating": rating_form(incident, request.user) if asked else None}
    )
    return shell.page(
        request,
        "portal/incident.html",
        now=now,
        policy=policy,
        status=status,
        incident=incident,
        severity=policy.severity_numbered(incident.severity),
        level=promise.level if promise else None,
        level_rank=promise.policy.levels.index(promise.level) + 1 if promise else 0,
        clocks=clocks,
        explained=[clock for clock in clocks if clock.stretches],
        no_promise=no_promise(standing, policy, now=now, reader=request.user),
        escalating=escalating(incident, standing, policy, request.user),
        said=said,
        taken_by=_taken_by(incident, said),
        happened=happened(incident, policy),
        disputes=told(standing.facts.disputes),
        asking=verbs.asking(incident).order_by("name"),
        may_remove=access.may(request.user, "remove participants"),
        departure=departure,
        report=incident.reports.first(),
        participants=participants,
        rating_until=open_until(standing.facts),
        pulse=address_to_ask(request, _shows(incident)),
        closes_at=standing.facts.resolved_at + policy.close_after if _waits_for_word(standing.facts) else None,
        **_with_drafts(made | refused, incident, request.user),
    )


def _shows(incident: Incident) -> str:
    """What changes with the page. Of the team's own business it tells nothing, not even how much there is of it."""
    known = incident.events.known_to_customers().count()
    return fingerprint(known, incident.assignee_id, incident.may_be_escalated)


def _taken_by(incident: Incident, said: list[Said]) -> str:
    """Who has the incident: to whom it was dispatched, else who of the team spoke first."""
    if incident.assignee is not None:
        return incident.assignee.name
    return next((each.author for each in said if each.kind == "ours"), "")


def _waits_for_word(facts: Any) -> bool:
    return facts.state == lifecycle.RESOLVED and facts.resolved_at is not None


def _forms(incident: Incident, policy: Policy) -> dict[str, BaseForm | None]:
    """The form of each act that the state of the incident allows; ``None`` for the others."""
    severer = severer_than_now(incident, policy)
    people = people_to_add(incident) if incident.state != lifecycle.CLOSED else None
    made: dict[str, tuple[str, BaseForm | None]] = {
        "answer": (t.ANSWERED, forms.AnswerForm(auto_id="answer_%s")),
        "escalation": (t.ESCALATED, forms.EscalationForm(auto_id="escalation_%s")),
        "raise_to": (t.CLASSIFIED, forms.SeverityForm(severer=severer, auto_id="raise_%s") if severer else None),
        "withdrawal": (t.WITHDRAWN, forms.ReasonForm(auto_id="withdrawal_%s")),
        "confirmation": (t.CONFIRMED, forms.ConfirmationForm(auto_id="confirmation_%s")),
        "reopening": (t.REOPENED, forms.ReasonForm(auto_id="reopening_%s")),
        "participant": (t.JOINED, forms.ParticipantForm(people=people, auto_id="participant_%s") if people else None),
    }
    return {name: form if lifecycle.allows(incident.state, kind) else None for name, (kind, form) in made.items()}


def _disputing(standing: Standing) -> dict[str, BaseForm | None]:
    subjects = verbs.contestable(standing)
    return {"dispute": forms.DisputeForm(subjects=subjects, auto_id="dispute_%s") if subjects else None}


def _with_drafts(made: dict[str, BaseForm | None], incident: Incident, writer: Person) -> dict[str, BaseForm | None]:
    """The same forms; the browser keeps what is written to the team until it has arrived."""
    if made["answer"] is not None:
        sent = incident.events.filter(person=writer).count()
        forms.keep_drafts(made["answer"], "text", of=f"{incident.reference}-by-{writer.pk}", sent=sent)
    return made


def severer_than_now(incident: Incident, policy: Policy) -> tuple[Severity, ...]:
    """The severities that a customer may raise the incident to."""
    return tuple(severity for severity in policy.severities if severity.number < incident.severity)


def people_to_add(incident: Incident) -> QuerySet[Person]:
    """The account's people who do not follow the incident yet."""
    following = incident.participants.values("person")
    return Person.objects.filter(account=incident.account, is_active=True).exclude(pk__in=following)
