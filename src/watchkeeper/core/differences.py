"""What two policies promise differently, as lines that a person reads: ``Premium, High: acknowledgement 4 h → 2 h``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import reduce
from itertools import takewhile
from typing import Any, NamedTuple

from watchkeeper.core.day_names import WEEKDAYS
from watchkeeper.core.hours import Schedule, Window
from watchkeeper.core.metric_names import METRICS
from watchkeeper.core.offer import CHANNEL_NAMES, Offer
from watchkeeper.core.policy import (
    ACKNOWLEDGEMENT,
    BREACH,
    CALL,
    DISPATCH,
    PROMISED_METRICS,
    RECEIPT,
    Contact,
    EscalationRules,
    Level,
    OperatingHours,
    Overlay,
    Policy,
    Rung,
    SaidInstead,
    Target,
    Tier,
)
from watchkeeper.core.published import instead, wording
from watchkeeper.core.said import Said, joined, sentence
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
            *_by_key(lambda key: sentence("severity {key}", key=key), _severities(old), _severities(new), str),
            *_by_key(lambda key: sentence("hours {key}", key=key), old.operating, new.operating, _hours),
            *_by_key(lambda key: sentence("contact {key}", key=key), old.contacts, new.contacts, _contact),
            *_of_levels(old, new),
        )
        if before != after
    )


_Found = Iterator[tuple[str, str, str]]

_TEXTS: Mapping[str, Said] = {
    "name": sentence("name"),
    "vendor": sentence("vendor"),
    "title": sentence("title"),
    "zone": sentence("zone"),
    "zone_label": sentence("zone label"),
    "terms": sentence("terms"),
    "close_after": sentence("close after"),
    "reacknowledge_on_raise": sentence("reacknowledge on raise"),
}


def _of_policy(old: Policy, new: Policy) -> _Found:
    for name, place in _TEXTS.items():
        yield place, str(getattr(old, name) or ""), str(getattr(new, name) or "")
    before, after = (policy.severity_numbered(policy.default_severity).name for policy in (old, new))
    yield sentence("default severity"), before, after
    yield sentence("severity matrix"), str(old.severity_matrix or ""), str(new.severity_matrix or "")
    before, after = ("; ".join(": ".join(priority) for priority in policy.priorities) for policy in (old, new))
    yield sentence("priorities"), before, after


def _severities(policy: Policy) -> dict[str, str]:
    return {severity.key: f"{severity.name}: {severity.definition}" for severity in policy.severities}


def _hours(operating: OperatingHours) -> str:
    """Hours in words that differ where the hours do: whole weeks, holidays and exceptions, one zone after another."""
    parts = []
    for schedule in operating.hours.schedules:
        weekly = joined(", ", map(_window, schedule.weekly))
        days = sentence("{count} holidays", count=len(schedule.holidays)) if schedule.holidays else ""
        parts.append(joined("; ", filter(None, (schedule.zone, weekly, days, _digest(schedule)))))
    said = [*filter(None, [operating.published_as, *parts, str(operating.own or "")])]
    return reduce(_and, said) if said else ""


def _and(some: str, other: str) -> str:
    return sentence("{some} and {other}", some=some, other=other)


def _window(window: Window) -> str:
    elsewhere = f" {window.closes_zone}" if window.closes_zone else ""
    times = f"{_clock(window.opens)}–{_clock(window.closes)}{elsewhere}"
    return joined(" ", (WEEKDAYS[window.weekday], times))


def _clock(since_midnight: timedelta) -> str:
    minutes = round(since_midnight / timedelta(minutes=1))
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _digest(schedule: Schedule) -> str:
    exceptions = joined(
        ", ",
        (
            joined(" ", (str(day), " ".join(f"{_clock(a)}–{_clock(b)}" for a, b in windows) or sentence("closed")))
            for day, windows in ((exception.day, exception.windows) for exception in schedule.exceptions)
        ),
    )
    ends = f"{min(schedule.holidays)}…{max(schedule.holidays)}" if schedule.holidays else ""
    return joined(" ", filter(None, (exceptions, ends)))


def _contact(contact: Contact) -> str:
    public = "" if contact.is_public else sentence("not public")
    return joined(", ", filter(None, (contact.name, *contact.emails, contact.phone, contact.remark, public)))


def _of_levels(old: Policy, new: Policy) -> _Found:
    before, after = ({level.key: level for level in policy.levels} for policy in (old, new))
    for key in dict.fromkeys([*before, *after]):
        if key not in after:
            yield sentence("level {name}", name=before[key].name), sentence("offered"), ""
        elif key not in before:
            yield sentence("level {name}", name=after[key].name), "", sentence("offered")
            yield from _of_level(old, new, None, after[key])
        else:
            yield from _of_level(old, new, before[key], after[key])
    yield (
        sentence("order of levels"),
        ", ".join(k for k in before if k in after),
        ", ".join(k for k in after if k in before),
    )


def _of_level(old: Policy, new: Policy, before: Level | None, after: Level) -> _Found:
    name = after.name
    had = {(target.metric, target.severity): target for target in before.targets} if before else {}
    has = {(target.metric, target.severity): target for target in after.targets}
    for metric in PROMISED_METRICS:
        for number in sorted({number for asked, number in had.keys() | has.keys() if asked == metric}):
            severity = (new if number <= len(new.severities) else old).severity_numbered(number).name
            target = sentence("{level}, {severity}: {metric}", level=name, severity=severity, metric=METRICS[metric])
            yield from _of_target(target, had.get((metric, number)), has.get((metric, number)))
    if before is None:
        return
    for place, said in _SAID_BY_A_LEVEL.items():
        yield sentence("{level}: {place}", level=name, place=place), said(before), said(after)


def _of_target(place: str, before: Target | None, after: Target | None) -> _Found:
    """A target that comes or goes is told as a whole, of one that stays only what is different."""
    if before is None or after is None:
        yield place, _target(before), _target(after)
        return
    for facet, said in _SAID_BY_A_TARGET.items():
        yield sentence("{place}{facet}", place=place, facet=facet), said(before), said(after)


def _length(within: Within | None) -> str:
    if within is None:
        return ""
    if within.counting == "elapsed":
        if within.starts == "receipt":
            return sentence("{length} on the clock from the receipt on", length=str(within))
        return sentence("{length} on the clock", length=str(within))
    said = str(within)
    return sentence("{length} from the receipt on", length=said) if within.starts == "receipt" else said


_BEGINNINGS: Mapping[str, Said] = {
    RECEIPT: sentence("receipt"),
    DISPATCH: sentence("dispatch"),
    CALL: sentence("call"),
    ACKNOWLEDGEMENT: METRICS[ACKNOWLEDGEMENT],
}

_SAID_BY_A_TARGET: Mapping[str, Callable[[Target], str]] = {
    "": lambda target: _length(target.within),
    sentence(", goal"): lambda target: _length(target.goal),
    sentence(", counted in"): lambda target: target.operating.published_as or target.operating.name,
    sentence(", begins with"): lambda target: _BEGINNINGS.get(target.begins, target.begins),
    sentence(", for a share"): lambda target: str(target.share or ""),
    sentence(", published as"): lambda target: target.published_as,
}


def _target(target: Target | None) -> str:
    if target is None:
        return ""
    goal = sentence("goal {length}", length=str(target.goal)) if target.goal else ""
    published = sentence("published as “{words}”", words=target.published_as) if target.published_as else ""
    return joined(", ", filter(None, (wording(target._replace(published_as="")), goal, published)))


def _escalation(rules: EscalationRules) -> str:
    eligible = ", ".join(map(str, sorted(rules.eligible))) or sentence("none")
    warnings = ", ".join(map(str, rules.warnings))
    by_time = ""
    if rules.customer_after:
        by_time = sentence("by the customer after {length}", length=rules.customer_after.after_a_preposition)
    said = sentence(
        "eligible {eligible}; answered within {length}; warnings at {warnings}",
        eligible=eligible,
        length=rules.answer_within.after_a_preposition,
        warnings=warnings,
    )
    ladder, path = joined(", ", map(_rung, rules.ladder)), joined(", ", map(_tier, rules.path))
    return joined("; ", filter(None, (said, by_time, ladder, sentence("path {path}", path=path) if path else "")))


def _rung(rung: Rung) -> str:
    after = rung.after.as_delay
    since = sentence("since the {event} while {state}", event=rung.since, state=rung.lasts)
    numbers = ", ".join(map(str, sorted(rung.severities)))
    some = sentence("(severities {numbers})", numbers=numbers) if rung.severities else ""
    tells = reduce(_and, rung.tells) if rung.tells else ""
    return joined(" ", filter(None, (after, "" if rung.since == BREACH else since, tells, some)))


def _tier(tier: Tier) -> str:
    after = tier.after.as_delay if tier.after else ""
    hours = tier.operating.name if tier.operating else ""
    return joined(" ", filter(None, (tier.name, after, hours, tier.says, tier.contact.name if tier.contact else "")))


def _offer(offer: Offer) -> str:
    channels = tuple((number, tuple(CHANNEL_NAMES.get(way, way) for way in ways)) for number, ways in offer.channels)
    named = replace(offer, channels=channels)
    said = ((place, getattr(named, name)) for name, place in _OF_AN_OFFER.items())
    return joined("; ", (joined(": ", (place, _plain(value))) for place, value in said if value))


def _plain(value: object) -> str:
    if type(value) is tuple:
        return joined(", ", map(_plain, value))
    return value if isinstance(value, str) else str(value)


_OF_AN_OFFER: Mapping[str, Said] = {
    "channels": sentence("channels"),
    "emergency": sentence("emergency"),
    "named_contacts": sentence("named contacts"),
    "limits": sentence("limits"),
    "languages": sentence("languages"),
    "staff": sentence("staff"),
    "maintenance": sentence("maintenance"),
    "credits": sentence("credits"),
    "shares": sentence("shares"),
    "not_covered": sentence("not covered"),
    "response_means": sentence("response means"),
    "severity_rules": sentence("severity rules"),
    "closing_rules": sentence("closing rules"),
    "offered_from": sentence("offered from"),
    "offered_to": sentence("offered to"),
}
"""Every field of ``Offer``."""


_SAID_BY_A_LEVEL: Mapping[str, Callable[[Level], str]] = {
    sentence("name"): lambda level: level.name,
    sentence("hours"): lambda level: level.operating.name,
    sentence("in every licence"): lambda level: sentence("yes") if level.included_in_licence else "",
    sentence("escalation"): lambda level: _escalation(level.escalation),
    sentence("on call"): lambda level: _contact(level.on_call) if level.on_call else "",
    sentence("features"): lambda level: ", ".join(level.features),
    sentence("words"): lambda level: " ".join(
        (level.title, *level.introduction, level.conditions, level.response_heading)
    ),
    sentence("said instead of a promise"): lambda level: _instead(level.said_instead),
    sentence("meaning of severities"): lambda level: ", ".join(
        f"{number}: {words}" for number, words in level.definitions
    ),
    sentence("beside its targets"): lambda level: _offer(level.offer),
    sentence("variants"): lambda level: joined(
        "; ", (joined(": ", (str(variant.when), _overlay(variant.terms))) for variant in level.variants)
    ),
}


def _overlay(terms: Overlay) -> str:
    targets = joined(", ", (joined(" ", (_metric(t.metric), str(t.severity), _target(t))) for t in terms.targets))
    gone = (sentence("no {metric} {severity}", metric=_metric(m), severity=number) for m, number in terms.withdrawn)
    withdrawn = joined(", ", gone)
    words = _instead(terms.said_instead)
    at_most = sentence("at most severity {number}", number=terms.most_severe) if terms.most_severe else ""
    rules = _escalation(terms.escalation) if terms.escalation else ""
    contacts = joined(", ", map(_contact, (*terms.contacts.values(), *filter(None, [terms.on_call]))))
    said = (targets, withdrawn, words, at_most, rules, contacts, ", ".join(terms.features), _offer(terms.offer))
    return joined("; ", filter(None, said))


def _instead(said_instead: Iterable[SaidInstead]) -> str:
    return joined(
        ", ",
        (joined(" ", (_metric(metric), f"{number}:", instead(words))) for (metric, number), words in said_instead),
    )


def _metric(metric: str) -> str:
    """A metric as a policy file names it, said in other languages where that is its name too."""
    name = METRICS[metric]
    return name if name == metric else metric


def _by_key(
    place: Callable[[str], str], old: Mapping[str, Any], new: Mapping[str, Any], said: Callable[[Any], str]
) -> Iterable[Any]:
    for key in dict.fromkeys([*old, *new]):
        yield place(key), said(old[key]) if key in old else "", said(new[key]) if key in new else ""


def _shortened(text: str, same: int) -> str:
    if len(text) > _LONGEST and same > _LONGEST // 2:
        text = f"…{text[same - _LONGEST // 4 :]}"
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
