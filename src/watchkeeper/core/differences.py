"""What two policies promise differently, as lines that a person reads: ``Premium, High: acknowledgement 4 h → 2 h``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import timedelta
from itertools import takewhile
from typing import Any, NamedTuple

from watchkeeper.core.hours import WEEKDAYS, Schedule, Window
from watchkeeper.core.offer import Offer
from watchkeeper.core.policy import (
    BREACH,
    PROMISED_METRICS,
    Contact,
    EscalationRules,
    Level,
    OperatingHours,
    Overlay,
    Policy,
    Rung,
    Target,
    Tier,
)
from watchkeeper.core.published import wording
from watchkeeper.core.within import Within

_LONGEST = 90
"""Characters of a text that are shown; the rest of a long one says nothing more about what has changed."""


class Difference(NamedTuple):
    """One place where two policies differ; ``before`` or ``after`` is empty where there is nothing."""

    place: str
    before: str
    after: str

    def __str__(self) -> str:
        """In one line; of long texts only where they begin to differ."""
        before, after = self.shortened
        return f"{self.place}: {before} → {after}"

    @property
    def shortened(self) -> tuple[str, str]:
        """``before`` and ``after``, of long texts only where they begin to differ; ``nothing`` where there is none."""
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(self.before, self.after, strict=False)))
        before, after = (_shortened(text, same) or "nothing" for text in (self.before, self.after))
        return before, after


def differences(old: Policy, new: Policy) -> tuple[Difference, ...]:
    """Every place where ``new`` says something else than ``old``, from the whole policy down to single targets.

    Levels are told apart by their keys, severities by their numbers: a renamed level is one gone and one come.
    """
    return tuple(
        Difference(place, before, after)
        for place, before, after in (
            *_of_policy(old, new),
            *_by_key("severity", _severities(old), _severities(new), str),
            *_by_key("hours", old.operating, new.operating, _hours),
            *_by_key("contact", old.contacts, new.contacts, _contact),
            *_of_levels(old, new),
        )
        if before != after
    )


_Found = Iterator[tuple[str, str, str]]

_TEXTS = ("name", "vendor", "title", "zone", "zone_label", "terms", "close_after", "reacknowledge_on_raise")


def _of_policy(old: Policy, new: Policy) -> _Found:
    for name in _TEXTS:
        yield name.replace("_", " "), str(getattr(old, name) or ""), str(getattr(new, name) or "")
    before, after = (policy.severity_numbered(policy.default_severity).name for policy in (old, new))
    yield "default severity", before, after
    yield "severity matrix", str(old.severity_matrix or ""), str(new.severity_matrix or "")
    before, after = ("; ".join(": ".join(priority) for priority in policy.priorities) for policy in (old, new))
    yield "priorities", before, after


def _severities(policy: Policy) -> dict[str, str]:
    return {severity.key: f"{severity.name}: {severity.definition}" for severity in policy.severities}


def _hours(operating: OperatingHours) -> str:
    """Hours in words that differ where the hours do: whole weeks, holidays and exceptions, one zone after another."""
    parts = []
    for schedule in operating.hours.schedules:
        weekly = ", ".join(map(_window, schedule.weekly))
        days = f"{len(schedule.holidays)} holidays" if schedule.holidays else ""
        parts.append("; ".join(filter(None, (schedule.zone, weekly, days, _digest(schedule)))))
    return " and ".join(filter(None, [operating.published_as, *parts, str(operating.own or "")]))


def _window(window: Window) -> str:
    elsewhere = f" {window.closes_zone}" if window.closes_zone else ""
    return f"{WEEKDAYS[window.weekday][:3]} {_clock(window.opens)}–{_clock(window.closes)}{elsewhere}"


def _clock(since_midnight: timedelta) -> str:
    minutes = round(since_midnight / timedelta(minutes=1))
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _digest(schedule: Schedule) -> str:
    exceptions = ", ".join(
        f"{exception.day} {' '.join(f'{_clock(a)}–{_clock(b)}' for a, b in exception.windows) or 'closed'}"
        for exception in schedule.exceptions
    )
    ends = f" {min(schedule.holidays)}…{max(schedule.holidays)}" if schedule.holidays else ""
    return f"{exceptions}{ends}".strip()


def _contact(contact: Contact) -> str:
    public = "" if contact.is_public else "not public"
    return ", ".join(filter(None, (contact.name, *contact.emails, contact.phone, contact.remark, public)))


def _of_levels(old: Policy, new: Policy) -> _Found:
    before, after = ({level.key: level for level in policy.levels} for policy in (old, new))
    for key in dict.fromkeys([*before, *after]):
        if key not in after:
            yield f"level {before[key].name}", "offered", ""
        elif key not in before:
            yield f"level {after[key].name}", "", "offered"
            yield from _of_level(old, new, None, after[key])
        else:
            yield from _of_level(old, new, before[key], after[key])
    yield "order of levels", ", ".join(k for k in before if k in after), ", ".join(k for k in after if k in before)


def _of_level(old: Policy, new: Policy, before: Level | None, after: Level) -> _Found:
    name = after.name
    had = {(target.metric, target.severity): target for target in before.targets} if before else {}
    has = {(target.metric, target.severity): target for target in after.targets}
    for metric in PROMISED_METRICS:
        for number in sorted({number for asked, number in had.keys() | has.keys() if asked == metric}):
            severity = (new if number <= len(new.severities) else old).severity_numbered(number).name
            place = f"{name}, {severity}: {metric.replace('_', ' ')}"
            yield from _of_target(place, had.get((metric, number)), has.get((metric, number)))
    if before is None:
        return
    for place, said in _SAID_BY_A_LEVEL.items():
        yield f"{name}: {place}", said(before), said(after)


def _of_target(place: str, before: Target | None, after: Target | None) -> _Found:
    """A target that comes or goes is told as a whole, of one that stays only what is different."""
    if before is None or after is None:
        yield place, _target(before), _target(after)
        return
    for facet, said in _SAID_BY_A_TARGET.items():
        yield f"{place}{facet}", said(before), said(after)


def _length(within: Within | None) -> str:
    if within is None:
        return ""
    clock = " on the clock" if within.counting == "elapsed" else ""
    return f"{within}{clock}{' from the receipt on' if within.starts == 'receipt' else ''}"


_SAID_BY_A_TARGET: Mapping[str, Callable[[Target], str]] = {
    "": lambda target: _length(target.within),
    ", goal": lambda target: _length(target.goal),
    ", counted in": lambda target: target.operating.published_as or target.operating.name,
    ", begins with": lambda target: target.begins,
    ", for a share": lambda target: str(target.share or ""),
    ", published as": lambda target: target.published_as,
}


def _target(target: Target | None) -> str:
    if target is None:
        return ""
    goal = f", goal {target.goal}" if target.goal else ""
    published = f", published as “{target.published_as}”" if target.published_as else ""
    return wording(target._replace(published_as="")) + goal + published


def _escalation(rules: EscalationRules) -> str:
    eligible = ", ".join(map(str, sorted(rules.eligible))) or "none"
    warnings = ", ".join(map(str, rules.warnings))
    by_time = f"by the customer after {rules.customer_after}" if rules.customer_after else ""
    said = f"eligible {eligible}; answered within {rules.answer_within}; warnings at {warnings}"
    ladder, path = ", ".join(map(_rung, rules.ladder)), ", ".join(map(_tier, rules.path))
    return "; ".join(filter(None, (said, by_time, ladder, f"path {path}" if path else "")))


def _rung(rung: Rung) -> str:
    since = "" if rung.since == BREACH else f" since the {rung.since} while {rung.lasts}"
    some = f" (severities {', '.join(map(str, sorted(rung.severities)))})" if rung.severities else ""
    return f"after {rung.after}{since} {' and '.join(rung.tells)}{some}"


def _tier(tier: Tier) -> str:
    after = f"after {tier.after}" if tier.after else ""
    hours = tier.operating.name if tier.operating else ""
    return " ".join(filter(None, (tier.name, after, hours, tier.says, tier.contact.name if tier.contact else "")))


def _offer(offer: Offer) -> str:
    said = ((field.name, getattr(offer, field.name)) for field in fields(Offer))
    return "; ".join(f"{name.replace('_', ' ')}: {_plain(value)}" for name, value in said if value)


def _plain(value: object) -> str:
    return ", ".join(map(_plain, value)) if type(value) is tuple else str(value)


_SAID_BY_A_LEVEL: Mapping[str, Callable[[Level], str]] = {
    "name": lambda level: level.name,
    "hours": lambda level: level.operating.name,
    "in every licence": lambda level: "yes" if level.included_in_licence else "",
    "escalation": lambda level: _escalation(level.escalation),
    "on call": lambda level: _contact(level.on_call) if level.on_call else "",
    "features": lambda level: ", ".join(level.features),
    "words": lambda level: " ".join((level.title, *level.introduction, level.conditions, level.response_heading)),
    "said instead of a promise": lambda level: ", ".join(f"{m} {n}: {words}" for (m, n), words in level.said_instead),
    "meaning of severities": lambda level: ", ".join(f"{number}: {words}" for number, words in level.definitions),
    "beside its targets": lambda level: _offer(level.offer),
    "variants": lambda level: "; ".join(f"{variant.when}: {_overlay(variant.terms)}" for variant in level.variants),
}


def _overlay(terms: Overlay) -> str:
    targets = ", ".join(f"{target.metric} {target.severity} {_target(target)}" for target in terms.targets)
    withdrawn = ", ".join(f"no {metric} {severity}" for metric, severity in terms.withdrawn)
    words = ", ".join(f"{metric} {number}: {said}" for (metric, number), said in terms.said_instead)
    at_most = f"at most severity {terms.most_severe}" if terms.most_severe else ""
    rules = _escalation(terms.escalation) if terms.escalation else ""
    contacts = ", ".join(map(_contact, (*terms.contacts.values(), *filter(None, [terms.on_call]))))
    said = (targets, withdrawn, words, at_most, rules, contacts, ", ".join(terms.features), _offer(terms.offer))
    return "; ".join(filter(None, said))


def _by_key(what: str, old: Mapping[str, Any], new: Mapping[str, Any], said: Callable[[Any], str]) -> Iterable[Any]:
    for key in dict.fromkeys([*old, *new]):
        yield f"{what} {key}", said(old[key]) if key in old else "", said(new[key]) if key in new else ""


def _shortened(text: str, same: int) -> str:
    if len(text) > _LONGEST and same > _LONGEST // 2:
        text = f"…{text[same - _LONGEST // 4 :]}"
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
