"""What somebody does in a story of the demo: when, counted from what happened before, and through which verb."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from watchkeeper.config.demo.cast import Cast
from watchkeeper.incidents import verbs
from watchkeeper.incidents.models import Incident
from watchkeeper.incidents.report_after.record import as_markdown, record_of
from watchkeeper.policies.versions import policy_of


class Scene(NamedTuple):
    """The incident that an act is about, everybody there is, and the other stories' incidents by name."""

    incident: Incident
    cast: Cast
    others: Mapping[str, Incident]


class Act(NamedTuple):
    """``after`` is as ``past.afterwards`` reads it."""

    after: str
    play: Callable[[Scene], object]


class Story(NamedTuple):
    """One incident: who reports what, when (as ``past.beginning`` reads it), and what became of it.

    Without a ``reporter`` the account's monitoring reports. ``name`` is for another story to speak of it.
    """

    account: str
    reporter: str | None
    when: str
    severity: int | None
    title: str
    body: str
    component: str
    acts: tuple[Act, ...] = ()
    environment: str = "production"
    taken_by: str | None = None
    name: str = ""


def dispatch(after: str, by: str, to: str) -> Act:
    return Act(after, lambda s: verbs.dispatch(s.incident, to=s.cast.people[to], by=s.cast.people[by]))


def acknowledge(after: str, by: str, text: str = "") -> Act:
    return Act(after, lambda s: verbs.acknowledge(s.incident, by=s.cast.people[by], text=text))


def say(after: str, by: str, text: str) -> Act:
    """A person of the team replies, a customer answers."""
    return Act(after, lambda s: verbs.reply(s.incident, by=s.cast.people[by], text=text))


def ask(after: str, by: str, text: str) -> Act:
    return Act(after, lambda s: verbs.ask(s.incident, by=s.cast.people[by], text=text))


def note(after: str, by: str, text: str) -> Act:
    return Act(after, lambda s: verbs.note(s.incident, by=s.cast.people[by], text=text))


def classify(after: str, by: str, severity: int, reason: str) -> Act:
    return Act(after, lambda s: verbs.classify(s.incident, by=s.cast.people[by], severity=severity, reason=reason))


def resolve(after: str, by: str, text: str) -> Act:
    return Act(after, lambda s: verbs.resolve(s.incident, by=s.cast.people[by], text=text))


def confirm(after: str, by: str) -> Act:
    return Act(after, lambda s: verbs.confirm(s.incident, by=s.cast.people[by]))


def rate(after: str, by: str, score: int, remark: str = "") -> Act:
    return Act(after, lambda s: verbs.rate(s.incident, by=s.cast.people[by], score=score, remark=remark))


def publish_report(after: str, by: str, **written: str) -> Act:
    """The report after the incident; what happened when is what its record says."""

    def play(scene: Scene) -> object:
        events = scene.incident.events.select_related("person", "token").order_by("number")
        record = as_markdown(record_of(events, policy_of(scene.incident.policy_version)))
        return verbs.publish_report(scene.incident, by=scene.cast.people[by], written={"timeline": record, **written})

    return Act(after, play)


def reopen(after: str, by: str, reason: str) -> Act:
    return Act(after, lambda s: verbs.reopen(s.incident, by=s.cast.people[by], reason=reason))


def withdraw(after: str, by: str, reason: str) -> Act:
    return Act(after, lambda s: verbs.withdraw(s.incident, by=s.cast.people[by], reason=reason))


def escalate(after: str, by: str, text: str) -> Act:
    return Act(after, lambda s: verbs.escalate(s.incident, by=s.cast.people[by], text=text))


def answer_escalation(after: str, by: str, text: str) -> Act:
    return Act(after, lambda s: verbs.answer_escalation(s.incident, by=s.cast.people[by], text=text))


def end_escalation(after: str, by: str, reason: str) -> Act:
    return Act(after, lambda s: verbs.end_escalation(s.incident, by=s.cast.people[by], reason=reason))


def merge(after: str, by: str, into: str) -> Act:
    return Act(after, lambda s: verbs.merge(s.incident, into=s.others[into], by=s.cast.people[by]))


def exclude(after: str, by: str, metric: str, reason: str) -> Act:
    return Act(after, lambda s: verbs.exclude(s.incident, by=s.cast.people[by], metric=metric, nth=1, reason=reason))


def follow(after: str, by: str, person: str) -> Act:
    return Act(
        after,
        lambda s: verbs.add_participant(s.incident, person=s.cast.people[person], by=s.cast.people[by]),
    )
