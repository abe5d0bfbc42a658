"""The verbs of the desk: everything that can be done to an incident, whoever asks and through whichever channel.

Each verb asks ``access`` whether its actor may, opens the door (``flow.turn_of``) and appends events. Refusals:
``access.Refused`` (the role), ``lifecycle.NotAllowedNow`` (the state), ``NotPossible`` (the incident's facts).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.db import transaction

from watchkeeper.core import lifecycle
from watchkeeper.core import timeline as t
from watchkeeper.core.policy import Policy
from watchkeeper.incidents import files, flow, moment
from watchkeeper.incidents.actor import Actor
from watchkeeper.incidents.models import Event, Incident, Participant
from watchkeeper.incidents.reading import standing_of
from watchkeeper.people import access
from watchkeeper.people.models import Account, MachineToken, Person
from watchkeeper.policies import terms


class NotPossible(Exception):
    """An act that the incident's own facts do not allow; the message says what would be needed."""


class Report(NamedTuple):
    """What somebody reports. ``severity`` is a number, or a key or name of the policy; ``None``: they did not say."""

    title: str
    body: str
    severity: int | str | None = None
    product: str = ""
    component: str = ""
    environment: str = ""


def report(
    said: Report,
    *,
    account: Account,
    by: Person | MachineToken,
    channel: str,
    on_behalf_of: Person | None = None,
    given_files: Sequence[files.GivenFile] = (),
) -> Incident:
    """Accept a report: it becomes an incident with its promise. Nothing is refused for lack of entitlement.

    Raises ``UnknownSeverity``, with the severities there are, before anything is written.
    ``on_behalf_of`` is the account's person whom a machine or a person of the team reports for.
    """
    actor = _reporting_actor(by, account)
    reporter = _reporter(actor, on_behalf_of, account)
    with transaction.atomic():
        received = moment.now()
        given = terms.give(account, at=received.at, product=said.product, environment=said.environment)
        version = given.version if given else terms.version_in_force(received.at)
        severity, chosen_by = _severity_of(said, account, terms.policy_of(version))
        incident = Incident.objects.create(
            account=account,
            reporter=reporter,
            channel=channel,
            policy_version=version,
            title=said.title,
            product=said.product,
            component=said.component,
            environment=said.environment,
            severity=severity,
            received_at=received.at,
        )
        turn = flow.Turn(incident, received, actor)
        event = turn.append(
            t.REPORTED,
            says=said.body or said.title,
            severity=severity,
            severity_from=chosen_by,
            reporter=reporter.pk if reporter else None,
            promise=given.pk if given else None,
            title=said.title,
            product=said.product,
            component=said.component,
            environment=said.environment,
        )
        files.keep(event, given_files)
        if reporter is not None and reporter.is_customer:
            Participant.objects.create(incident=incident, account=account, person=reporter)
        flow.carry(turn)
    return incident


def dispatch(incident: Incident, *, to: Person, by: Person) -> Event:
    """Give the incident to a person of the team."""
    access.require(by, "dispatch")
    if not (access.may(to, "acknowledge") and access.serves(to, incident.account)):
        raise NotPossible(f"{to.name} does not serve {incident.account}; choose an engineer or manager who does")
    with flow.turn_of(incident, Actor.of(by)) as turn:
        return turn.append(t.DISPATCHED, assignee=to.pk)


def acknowledge(incident: Incident, *, by: Person, text: str = "") -> Event:
    """Tell the customer that a person has taken the incident; the first one counts, a second is refused."""
    access.require(by, "acknowledge")
    with flow.turn_of(incident, Actor.of(by)) as turn:
        if not lifecycle.allows(turn.incident.state, t.ACKNOWLEDGED):
            raise AlreadyAcknowledged(_who_acknowledged(turn.incident))
        return turn.append(t.ACKNOWLEDGED, says=text.strip() or acknowledgement_by(by))


def acknowledgement_by(person: Person) -> str:
    """The words of an acknowledgement that its author did not write."""
    return f"{person.name} has your report and is working on it."


class AlreadyAcknowledged(NotPossible):
    """A second acknowledgement; the message names who was first."""


def reply(incident: Incident, *, by: Person, text: str, given_files: Sequence[files.GivenFile] = ()) -> Event:
    """Say something to the other side: a person of the team replies, a customer answers."""
    access.require(by, "answer" if by.is_customer else "reply")
    kind = t.ANSWERED if by.is_customer else t.REPLIED
    return _say(incident, kind, by=by, text=text, given_files=given_files)


def ask(incident: Incident, *, by: Person, text: str, given_files: Sequence[files.GivenFile] = ()) -> Event:
    """Ask the customer in public: updates and resolution stand still until a person answers."""
    access.require(by, "ask")
    return _say(incident, t.ASKED, by=by, text=text, given_files=given_files)


def note(incident: Incident, *, by: Person, text: str, given_files: Sequence[files.GivenFile] = ()) -> Event:
    """Write down something for the team alone."""
    access.require(by, "note")
    with flow.turn_of(incident, Actor.of(by)) as turn:
        event = turn.append(t.NOTED, says=_required(text), is_public=False)
        files.keep(event, given_files)
        return event


def resume(incident: Incident, *, by: Person, reason: str) -> Event:
    """Stop waiting for the customer: the clocks of updates and resolution go on."""
    access.require(by, "resume")
    with flow.turn_of(incident, Actor.of(by)) as turn:
        return turn.append(t.RESUMED, reason=_required(reason))


def classify(incident: Incident, *, by: Person, severity: int, reason: str) -> Event:
    """Change the severity, with a reason; a customer may raise it and not lower it."""
    access.require(by, "raise severity" if by.is_customer else "classify")
    policy = terms.policy_of(incident.policy_version)
    policy.severity_numbered(severity)
    with flow.turn_of(incident, Actor.of(by)) as turn:
        before = turn.incident.severity
        if severity == before:
            raise NotPossible(f"the severity is {policy.severity_numbered(before).name} already; choose another")
        if by.is_customer and severity > before:
            raise NotPossible("a customer may raise the severity; ask the team to lower it")
        return turn.append(
            t.CLASSIFIED,
            severity=severity,
            severity_before=before,
            reason=_required(reason),
            reacknowledge=policy.reacknowledge_on_raise,
        )


def describe(incident: Incident, *, by: Person, product: str, component: str, environment: str) -> Event:
    """Correct what the incident is about; its promise stays the one it was given."""
    access.require(by, "classify")
    with flow.turn_of(incident, Actor.of(by)) as turn:
        row = turn.incident
        row.product, row.component, row.environment = product, component, environment
        return turn.append(t.CLASSIFIED, product=product, component=component, environment=environment)


def escalate(incident: Incident, *, by: Person, text: str = "") -> Event:
    """Escalate after an eligible breach; a second attempt joins the escalation that is open."""
    access.require(by, "escalate")
    with flow.turn_of(incident, Actor.of(by)) as turn:
        facts = standing_of(turn.incident).facts
        if not facts.may_escalate:
            raise NotPossible(why_not_escalated(turn.incident))
        kind = t.ESCALATION_JOINED if facts.escalation else t.ESCALATED
        return turn.append(kind, says=text.strip())


def why_not_escalated(incident: Incident) -> str:
    """Why a customer cannot escalate now, in words for the customer."""
    if not incident.is_open and incident.state != lifecycle.RESOLVED:
        return "the incident is closed; report a new one that names it"
    if incident.is_breached:
        return "the severity at the breach is not eligible for escalation at your level of support"
    if incident.due_at is None:
        return "nothing is promised for this severity at your level of support, so nothing can be breached"
    return "the promise is still running; you can escalate from the moment it is breached"


def answer_escalation(incident: Incident, *, by: Person, text: str) -> Event:
    """Answer the customer's escalation in public; that meets its own promise."""
    access.require(by, "answer escalation")
    with flow.turn_of(incident, Actor.of(by)) as turn:
        escalation = standing_of(turn.incident).facts.escalation
        if escalation is None or escalation.answered_at is not None:
            raise NotPossible("no escalation waits for an answer here")
        return turn.append(t.ESCALATION_ANSWERED, says=_required(text))


def end_escalation(incident: Incident, *, by: Person, reason: str) -> Event:
    """End an escalation: what it asked for is settled."""
    access.require(by, "answer escalation")
    with flow.turn_of(incident, Actor.of(by)) as turn:
        if standing_of(turn.incident).facts.escalation is None:
            raise NotPossible("no escalation is open here")
        return turn.append(t.ESCALATION_ENDED, reason=_required(reason))


def resolve(incident: Incident, *, by: Person, text: str) -> Event:
    """Tell the customer that it is solved, and how."""
    access.require(by, "resolve")
    return _say(incident, t.RESOLVED, by=by, text=text)


def confirm(incident: Incident, *, by: Person) -> Event:
    """The customer agrees that it is solved: the incident is closed."""
    access.require(by, "confirm")
    with flow.turn_of(incident, Actor.of(by)) as turn:
        return turn.append(t.CONFIRMED)


def reopen(incident: Incident, *, by: Person, reason: str) -> Event:
    """It is not solved after all; possible until the incident is closed."""
    access.require(by, "reopen")
    with flow.turn_of(incident, Actor.of(by)) as turn:
        return turn.append(t.REOPENED, says=_required(reason))


def close(incident: Incident, *, by: Person, reason: str) -> Event:
    """Close a resolved incident before it closes by itself."""
    access.require(by, "close")
    with flow.turn_of(incident, Actor.of(by)) as turn:
        return turn.append(t.CLOSED, reason=_required(reason))


def withdraw(incident: Incident, *, by: Person, reason: str) -> Event:
    """The customer takes the report back; what is not yet breached is cancelled."""
    access.require(by, "withdraw")
    with flow.turn_of(incident, Actor.of(by)) as turn:
        return turn.append(t.WITHDRAWN, says=_required(reason))


def merge(younger: Incident, *, into: Incident, by: Person, text: str = "") -> Event:
    """Merge the younger incident into an older one of its account, and tell the younger's reporter."""
    access.require(by, "merge")
    if younger.account_id != into.account_id:
        raise NotPossible("incidents of two accounts are never merged; link them instead")
    if (younger.received_at, younger.pk) <= (into.received_at, into.pk):
        raise NotPossible(f"{younger.reference} is the older one; merge the younger into the older")
    says = text.strip() or f"We go on with this in {into.reference}, where the same problem was reported before."
    with transaction.atomic():
        with flow.turn_of(into, Actor.of(by)) as turn:
            severer = min(turn.incident.severity, younger.severity)
            turn.append(t.ABSORBED, younger=younger.reference, severity=severer, severity_before=turn.incident.severity)
        with flow.turn_of(younger, Actor.of(by)) as turn:
            return turn.append(t.MERGED, says=says, into=into.reference)


def link(incident: Incident, *, to: Incident, by: Person) -> Event:
    """Note that two incidents have to do with each other; both ends must be seen by the one who links."""
    access.require(by, "link")
    with flow.turn_of(incident, Actor.of(by)) as turn:
        return turn.append(t.LINKED, to=to.reference)


def exclude(incident: Incident, *, by: Person, metric: str, nth: int, reason: str) -> Event:
    """Leave a commitment out of attainment; it stays on the record, with who decided and why."""
    access.require(by, "exclude")
    with flow.turn_of(incident, Actor.of(by)) as turn:
        known = {(c.metric, c.nth) for c in standing_of(turn.incident).commitments}
        if (metric, nth) not in known:
            raise NotPossible(f"there is no {metric} {nth} on {incident.reference}")
        return turn.append(t.EXCLUDED, metric=metric, nth=nth, reason=_required(reason))


def apply_promise(incident: Incident, *, by: Person) -> Event:
    """Lay the promise that the account has now on an open incident: the earliest due time of all holds."""
    access.require(by, "apply promise")
    with flow.turn_of(incident, Actor.of(by)) as turn:
        row = turn.incident
        given = terms.give(row.account, at=turn.now, product=row.product, environment=row.environment)
        if given is None:
            raise NotPossible(f"no entitlement is on record for {row.account}; add a licence or an agreement first")
        return turn.append(t.PROMISE_APPLIED, promise=given.pk, supersedes=False)


def apply_later_promise(incident: Incident, *, by: Person, reason: str) -> Event:
    """Let the promise that the account has now replace the earlier ones, even where that is later."""
    access.require(by, "apply a later promise")
    with flow.turn_of(incident, Actor.of(by)) as turn:
        row = turn.incident
        given = terms.give(row.account, at=turn.now, product=row.product, environment=row.environment)
        if given is None:
            raise NotPossible(f"no entitlement is on record for {row.account}; add a licence or an agreement first")
        return turn.append(t.PROMISE_APPLIED, promise=given.pk, supersedes=True, reason=_required(reason))


def add_participant(incident: Incident, *, person: Person, by: Person) -> Event:
    """Let a person of the account follow the incident."""
    access.require(by, "add participants")
    if person.account_id != incident.account_id:
        raise NotPossible(f"{person.name} is not of {incident.account}; only its people can follow its incidents")
    with flow.turn_of(incident, Actor.of(by)) as turn:
        Participant.objects.get_or_create(incident=turn.incident, account_id=incident.account_id, person=person)
        return turn.append(t.JOINED, person=person.pk)


class Nothing(NotPossible):
    """A text that must be given is empty."""


def _say(incident: Incident, kind: str, *, by: Person, text: str, given_files: Sequence[files.GivenFile] = ()) -> Event:
    with flow.turn_of(incident, Actor.of(by)) as turn:
        event = turn.append(kind, says=_required(text))
        files.keep(event, given_files)
        return event


def _required(text: str) -> str:
    stripped = text.strip()
    if not stripped:
        raise Nothing("write something: an empty text says nothing")
    return stripped


def _reporting_actor(by: Person | MachineToken, account: Account) -> Actor:
    if isinstance(by, MachineToken):
        if MachineToken.Scope.REPORT not in by.scopes or by.account_id not in (None, account.pk):
            raise access.Refused(f"the token {by.name} may not report for {account}")
        return Actor.machine(by)
    access.require(by, "report")
    if by.is_customer and by.account_id != account.pk:
        raise access.Refused(f"{by.name} is not of {account}")
    if not by.is_customer and not access.serves(by, account):
        raise access.Refused(f"{by.name} does not serve {account}")
    return Actor.of(by)


def _reporter(actor: Actor, on_behalf_of: Person | None, account: Account) -> Person | None:
    if on_behalf_of is None:
        return actor.person
    if actor.person is not None and actor.person.is_customer:
        raise access.Refused(f"{actor.name} may report for nobody else; that is for: engineer, manager, machine")
    if on_behalf_of.account_id != account.pk or not on_behalf_of.is_active:
        raise NotPossible(f"{on_behalf_of.name} is not of {account}; a report is made on behalf of its people")
    return on_behalf_of


def _severity_of(said: Report, account: Account, policy: Policy) -> tuple[int, str]:
    if isinstance(said.severity, str):
        return policy.severity(said.severity).number, "reporter"
    if said.severity is not None:
        return policy.severity_numbered(said.severity).number, "reporter"
    if account.default_severity is not None:
        return policy.severity_numbered(account.default_severity).number, "account"
    return policy.default_severity, "policy"


def _who_acknowledged(incident: Incident) -> str:
    first = (
        incident.events.filter(kind__in=t.TEAM_SPOKE, person__isnull=False)
        .select_related("person")
        .order_by("number")
        .first()
    )
    if first is None:
        return f"{incident.reference} is {incident.state} and can no longer be acknowledged"
    return f"{first.person} acknowledged {incident.reference} first, at {first.at:%Y-%m-%d %H:%M:%S} UTC"
