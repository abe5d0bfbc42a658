"""What is told of an event that somebody caused: the receipt, what was said, what was decided."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.utils.translation import gettext

from watchkeeper.core import timeline as t
from watchkeeper.core.policy import ACCOUNT_EXECUTIVE, ACKNOWLEDGEMENT, ASSIGNEE, ESCALATION_ANSWER, MANAGERS, ON_CALL
from watchkeeper.escalation.recipients import ESCALATION_CONTACT
from watchkeeper.incidents.disputed import subject_in, subject_said
from watchkeeper.incidents.in_words import reason_said
from watchkeeper.incidents.models import Event, Incident
from watchkeeper.incidents.reading import Standing
from watchkeeper.incidents.telling.scene import Scene
from watchkeeper.incidents.why_not_escalated import why_not_escalated
from watchkeeper.notify import outbox, wording
from watchkeeper.notify.wording.receipt import AS_GIVEN, DEFAULT_OF_THE_ACCOUNT, DEFAULT_OF_THE_POLICY
from watchkeeper.people.models import Person


def told_of(event: Event, incident: Incident, standing: Standing) -> Iterator[outbox.Saying]:
    """What the other side is told of what was said or done; what concerns nobody else is not in the table."""
    told = _TOLD.get(event.kind)
    return told(Scene(event, incident, standing)) if told is not None else iter(())


def told_of_late(event: Event, scene: Scene) -> Iterator[outbox.Saying]:
    """What the customer alone is told of an event now, for they could not be told of it then."""
    late = Scene(event, scene.incident, scene.standing)
    if event.kind == t.REPORTED:
        return late.to_person(scene.incident.reporter, lambda about: _receipt(late, about))
    return _TOLD[event.kind](late)


def call_off(kind: str, incident: Incident) -> None:
    """Call off the warnings that are still to be sent, once the team has spoken: an event of this kind says so."""
    if kind in t.TEAM_SPOKE:
        outbox.call_off(incident_id=incident.pk, steps=f"{t.WARNED}:{ACKNOWLEDGEMENT}:")


def _reported(scene: Scene) -> Iterator[outbox.Saying]:
    reporter = scene.incident.reporter
    if reporter is not None and reporter.is_customer and "no_receipt" not in scene.event.data:
        yield from scene.to_person(reporter, lambda about: _receipt(scene, about))
    yield from scene.to_roles(
        [ON_CALL],
        lambda about, _role: wording.reported(about, by=scene.by, message=scene.message, promise=scene.promise),
    )


def _sender_confirmed(scene: Scene) -> Iterator[outbox.Saying]:
    """All that the sender would have heard by now: the receipt, and what the team said."""
    for event in scene.incident.events.select_related("person", "token", "message").order_by("number"):
        if event.kind == t.REPORTED or (event.kind in t.TEAM_SPOKE and event.message.taken_back_at is None):
            yield from told_of_late(event, scene)


def _receipt(scene: Scene, about: wording.About) -> wording.Words:
    return wording.receipt(
        about,
        severity_from=_SEVERITY_FROM[scene.event.data["severity_from"]],
        promise=scene.promise,
        escalation=_ways_to_escalate(scene),
    )


_SEVERITY_FROM = {
    "reporter": AS_GIVEN,
    "account": DEFAULT_OF_THE_ACCOUNT,
    "policy": DEFAULT_OF_THE_POLICY,
}


def _ways_to_escalate(scene: Scene) -> wording.WaysToEscalate | None:
    promise = scene.standing.promise
    if promise is None or scene.standing.facts.severity not in promise.escalation.eligible:
        return None
    distribution = promise.contacts.get(ESCALATION_CONTACT)
    executive = scene.incident.account.account_executive
    return wording.WaysToEscalate(
        distribution=distribution.emails if distribution else (),
        account_executive=executive.name if executive else "",
    )


def _dispatched(scene: Scene) -> Iterator[outbox.Saying]:
    if "takes_back" in scene.event.data:
        yield from scene.to_colleague(
            scene.event.data["taken_from"], lambda about: wording.dispatch_taken_back(about, by=scene.by)
        )
        return
    yield from scene.to_roles(
        [ASSIGNEE], lambda about, _role: wording.dispatched(about, by=scene.by, promise=scene.promise)
    )


def _acknowledged(scene: Scene) -> Iterator[outbox.Saying]:
    yield from scene.to_followers(lambda about: wording.acknowledged(about, by=scene.by, message=scene.message))


def _not_done(scene: Scene) -> Iterator[outbox.Saying]:
    """Who asked by mail for more than was done is told why."""
    person, because = scene.event.person, scene.event.data.get("not_done")
    if because and person is not None:
        yield from scene.to_author(person, lambda about: wording.not_done(about, because=because))


def _replied(scene: Scene) -> Iterator[outbox.Saying]:
    yield from _not_done(scene)
    yield from scene.to_followers(lambda about: wording.replied(about, by=scene.by, message=scene.message))


def _asked(scene: Scene) -> Iterator[outbox.Saying]:
    yield from scene.to_followers(lambda about: wording.asked(about, by=scene.by, message=scene.message))


def _answered(scene: Scene) -> Iterator[outbox.Saying]:
    if scene.event.data.get("meant_to_escalate") and scene.event.person is not None:
        yield from scene.to_person(
            scene.event.person,
            lambda about: wording.not_escalated(about, because=why_not_escalated(scene.standing)),
        )

    yield from _not_done(scene)

    def speak(about: wording.About) -> wording.Words:
        return wording.answered(about, by=scene.by, message=scene.message)

    yield from scene.to_followers(speak)
    yield from scene.to_roles([ASSIGNEE], lambda about, _role: speak(about))


def _resolved(scene: Scene) -> Iterator[outbox.Saying]:
    closes_at = scene.event.at + scene.policy.close_after
    yield from scene.to_followers(
        lambda about: wording.resolved(about, by=scene.by, message=scene.message, closes_at=closes_at)
    )


def _classified(scene: Scene) -> Iterator[outbox.Saying]:
    severity, before = scene.event.data.get("severity"), scene.event.data.get("severity_before")
    if severity is None or severity == before:
        return
    old, is_owed = scene.severity(before), scene.standing.facts.askings[-1].met_at is None

    def speak(about: wording.About) -> wording.Words:
        return wording.classified(about, by=scene.by, old=old, reason=_why_classified(scene), promise=scene.promise)

    yield from scene.to_followers(speak)
    if scene.event.person is not None and scene.event.person.is_customer and "message_id" in scene.event.data:
        yield from scene.to_person(scene.event.person, speak)  # by mail, and has no page that shows what was understood
    if severity < before:
        yield from scene.to_roles(
            [ASSIGNEE, ON_CALL],
            lambda about, _role: wording.raised(
                about,
                by=scene.by,
                old=old,
                reason=_why_classified(scene),
                promise=scene.promise if is_owed else None,
            ),
        )


def _why_classified(scene: Scene) -> str:
    reason = scene.event.data.get("reason")
    return gettext("another report of the same was merged in") if reason is None else reason_said(reason)


def _escalated(scene: Scene) -> Iterator[outbox.Saying]:
    answers = [c for c in scene.standing.commitments if c.metric == ESCALATION_ANSWER]
    due_at = answers[-1].due_at if answers else None
    yield from scene.to_roles(
        [ACCOUNT_EXECUTIVE],
        lambda about, _role: wording.escalated(about, by=scene.by, reason=scene.message, answer_due_at=due_at),
    )


def _escalation_answered(scene: Scene) -> Iterator[outbox.Saying]:
    yield from scene.to_followers(lambda about: wording.escalation_answered(about, by=scene.by, message=scene.message))


def _confirmed(scene: Scene) -> Iterator[outbox.Saying]:
    yield from scene.to_roles([ASSIGNEE], lambda about, _role: wording.confirmed(about, by=scene.by))


def _reopened(scene: Scene) -> Iterator[outbox.Saying]:
    def speak(about: wording.About) -> wording.Words:
        return wording.reopened(about, by=scene.by, reason=scene.message)

    yield from scene.to_followers(speak)
    yield from scene.to_roles([ASSIGNEE], lambda about, _role: speak(about))


def _closed(scene: Scene) -> Iterator[outbox.Saying]:
    yield from scene.to_followers(
        lambda about: wording.closed(
            about, reason=reason_said(scene.event.data["reason"]), question_until=scene.question_until
        )
    )


def _withdrawn(scene: Scene) -> Iterator[outbox.Saying]:
    def speak(about: wording.About) -> wording.Words:
        return wording.withdrawn(about, by=scene.by, reason=scene.message)

    yield from scene.to_followers(speak)
    yield from scene.to_roles([ASSIGNEE], lambda about, _role: speak(about))


def _disputed(scene: Scene) -> Iterator[outbox.Saying]:
    subject = subject_in(scene.event.data)

    def speak(about: wording.About) -> wording.Words:
        return wording.disputed(about, by=scene.by, subject=subject_said(subject), message=scene.message)

    yield from scene.to_followers(speak)
    yield from scene.to_roles([ASSIGNEE, MANAGERS], lambda about, _role: speak(about))


def _dispute_answered(scene: Scene) -> Iterator[outbox.Saying]:
    subject, is_upheld = subject_in(scene.event.data), scene.event.data["upheld"]
    yield from scene.to_followers(
        lambda about: wording.dispute_answered(
            about, by=scene.by, subject=subject_said(subject), message=scene.message, is_upheld=is_upheld
        )
    )


def _report_published(scene: Scene) -> Iterator[outbox.Saying]:
    version = scene.event.data["version"]
    yield from scene.to_followers(lambda about: wording.report_published(about, by=scene.by, version=version))


def _merged(scene: Scene) -> Iterator[outbox.Saying]:
    into = scene.event.data["into"]
    yield from scene.to_followers(
        lambda about: wording.merged(about, by=scene.by, message=scene.message, into=into, into_url=scene.page_of(into))
    )


def _join_asked(scene: Scene) -> Iterator[outbox.Saying]:
    yield from scene.to_those_who_let_in(lambda about: wording.join_asked(about, by=scene.by))


def _joined(scene: Scene) -> Iterator[outbox.Saying]:
    person = Person.objects.get(pk=scene.event.data["person"])
    if person.is_active and person != scene.event.person:
        yield from scene.to_person(person, lambda about: wording.joined(about, by=scene.by))


_TOLD: dict[str, Callable[[Scene], Iterator[outbox.Saying]]] = {
    t.REPORTED: _reported,
    t.DISPATCHED: _dispatched,
    t.ACKNOWLEDGED: _acknowledged,
    t.REPLIED: _replied,
    t.ASKED: _asked,
    t.ANSWERED: _answered,
    t.RESOLVED: _resolved,
    t.CLASSIFIED: _classified,
    t.ABSORBED: _classified,
    t.ESCALATED: _escalated,
    t.ESCALATION_ANSWERED: _escalation_answered,
    t.CONFIRMED: _confirmed,
    t.REOPENED: _reopened,
    t.CLOSED: _closed,
    t.WITHDRAWN: _withdrawn,
    t.MERGED: _merged,
    t.JOIN_ASKED: _join_asked,
    t.JOINED: _joined,
    t.SENDER_CONFIRMED: _sender_confirmed,
    t.REPORT_PUBLISHED: _report_published,
    t.DISPUTED: _disputed,
    t.DISPUTE_ANSWERED: _dispute_answered,
}
