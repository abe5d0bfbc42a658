"""A contract beside its level: what the level says, what the SLA says, and what holds, one line a thing promised."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from watchkeeper.core import published
from watchkeeper.core.policy import (
    ACKNOWLEDGEMENT,
    CALL,
    DISPATCH,
    PROMISED_METRICS,
    RECEIPT,
    Contact,
    EscalationRules,
    Policy,
    Severity,
    Target,
)
from watchkeeper.core.promise import Promise
from watchkeeper.core.said import Said, joined, sentence

Place = tuple[str, int]


class Line(NamedTuple):
    """One thing that is promised, in the words of who says it; empty where nothing is said.

    ``what`` names it, a target has ``metric`` and ``severity``. ``sla_says`` is empty where the SLA changes nothing.
    """

    what: str
    level_says: str
    sla_says: str
    holds: str
    metric: str = ""
    severity: Severity | None = None


def side_by_side(of_level: Promise, holds: Promise) -> tuple[Line, ...]:
    """``of_level`` is the promise without the SLA, ``holds`` the one with it, in the same circumstances.

    All targets and the rules of escalation; of all else what the SLA changes.
    """
    beside = (line for line in _beside(of_level, holds) if line.sla_says)
    return (*_targets(of_level, holds), *_escalation(of_level.escalation, holds.escalation, holds.policy), *beside)


def _targets(of_level: Promise, holds: Promise) -> Iterator[Line]:
    asked = {*of_level.targets, *holds.targets, *of_level.said_instead, *holds.said_instead}
    for metric, number in sorted(asked, key=lambda place: (PROMISED_METRICS.index(place[0]), place[1])):
        place = (metric, number)
        severity = holds.policy.severity_numbered(number)
        what = f"{severity.name}: {metric.replace('_', ' ')}"
        said = _said_at(of_level, place), _said_by_sla(of_level, holds, place), _said_at(holds, place)
        yield Line(what, *said, metric, severity)


def _said_at(promise: Promise, place: Place) -> str:
    target = promise.targets.get(place)
    return _in_full(target) if target else published.instead(promise.said_instead.get(place, ""))


def _said_by_sla(of_level: Promise, holds: Promise, place: Place) -> str:
    before, now = of_level.targets.get(place), holds.targets.get(place)
    if now is None:
        instead = published.instead(holds.said_instead.get(place, ""))
        return "" if _said_at(of_level, place) == instead else instead or sentence("taken away")
    if before is None:
        return _in_full(now)
    return joined(", ", _changed(before, now))


def _changed(before: Target, now: Target) -> Iterator[str]:
    if now.within != before.within:
        on_the_clock = now.within.counting == "elapsed"
        yield sentence("{length} on the clock", length=now.within.as_limit) if on_the_clock else now.within.as_limit
    if now.goal != before.goal:
        yield sentence("goal {length}", length=str(now.goal)) if now.goal else sentence("no goal")
    if now.operating != before.operating:
        yield sentence("counted in {hours}", hours=now.operating.published_as or now.operating.name)
    if now.begins != before.begins:
        yield _BEGINS[now.begins]
    if now.share != before.share:
        yield sentence("for {share}", share=str(now.share)) if now.share else sentence("for every one")


_BEGINS: Mapping[str, Said] = {
    RECEIPT: sentence("from receipt"),
    DISPATCH: sentence("from the dispatch"),
    CALL: sentence("from the call"),
    ACKNOWLEDGEMENT: sentence("from the acknowledgement"),
}


def _in_full(target: Target) -> str:
    """What is enforced, whatever it is published as, and the aim before it."""
    said = published.wording(target._replace(published_as=""))
    return sentence("{promise}, goal {length}", promise=said, length=str(target.goal)) if target.goal else said


def _escalation(of_level: EscalationRules, holds: EscalationRules, policy: Policy) -> Iterator[Line]:
    before, now = (rules.answer_within.as_limit for rules in (of_level, holds))
    yield _line(sentence("Answer to an escalation"), before, now)
    yield _line(sentence("May be escalated"), _names(of_level.eligible, policy), _names(holds.eligible, policy))


def _names(severities: Iterable[int], policy: Policy) -> str:
    return ", ".join(policy.severity_numbered(number).name for number in sorted(severities)) or sentence("none")


def _beside(of_level: Promise, holds: Promise) -> Iterator[Line]:
    yield _line(sentence("Warnings before a breach"), *map(_warnings, (of_level.escalation, holds.escalation)))
    yield _line(sentence("Further steps"), *map(_ladder, (of_level.escalation, holds.escalation)))
    for key in dict.fromkeys((*of_level.contacts, *holds.contacts)):
        what = sentence("Contact {name}", name=key.replace("_", " "))
        yield _line(what, *(_contact(promise.contacts.get(key)) for promise in (of_level, holds)))
    yield _line(sentence("On call"), _contact(of_level.on_call), _contact(holds.on_call))
    before, now = (dict(published.table(promise).notes) for promise in (of_level, holds))
    for heading in dict.fromkeys((*before, *now)):
        yield _line(heading, *(joined("; ", notes.get(heading, ())) for notes in (before, now)))
    added = holds.features[len(of_level.features) :]
    yield Line(sentence("Features"), ", ".join(of_level.features), ", ".join(added), ", ".join(holds.features))


def _line(what: str, level_says: str, holds: str) -> Line:
    return Line(what, level_says, holds if holds != level_says else "", holds)


def _warnings(rules: EscalationRules) -> str:
    return ", ".join(f"{float(part * 100):g} %" for part in rules.warnings) or sentence("none")


def _ladder(rules: EscalationRules) -> str:
    rungs = (joined(": ", (rung.after.as_delay, ", ".join(rung.tells))) for rung in rules.ladder)
    return joined("; ", rungs) or sentence("none")


def _contact(contact: Contact | None) -> str:
    return ", ".join(filter(None, (contact.name, *contact.emails, contact.phone))) if contact else ""
