"""What is laid over a level: its variants in some circumstances, and an SLA that a contract lays over it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import NamedTuple

from watchkeeper.core.circumstances import COMPARED, When
from watchkeeper.core.policy import EscalationRules, Level, OperatingHours, Overlay, Policy, Severity, Target, Variant
from watchkeeper.core.policy_file import week
from watchkeeper.core.policy_file.contacts import read_contacts
from watchkeeper.core.policy_file.escalation_rules import read_escalation, refuse_idle_steps
from watchkeeper.core.policy_file.fields import Section, folded
from watchkeeper.core.policy_file.ground import Beneath, Ground, TargetKey
from watchkeeper.core.policy_file.offering import read_offer
from watchkeeper.core.policy_file.operating import Almanac, Place, StoredHolidays, read_hours
from watchkeeper.core.policy_file.problems import PolicyFileErrors, Problem
from watchkeeper.core.policy_file.targets import TargetsRead, read_targets
from watchkeeper.core.policy_file.tree import Text, parse
from watchkeeper.core.policy_file.vocabulary import Vocabulary
from watchkeeper.core.promise import Sla


class Over(NamedTuple):
    """What an overlay is laid over: the level's targets, hours and rules, and where hours of its own would stand.

    ``hours_at`` are the level's at a severity, ``operating`` those at most of them.
    """

    targets: Mapping[TargetKey, Target]
    hours_at: Callable[[int], OperatingHours]
    operating: OperatingHours
    escalation: EscalationRules
    begins: str
    place: Place
    almanac: Almanac


class SlaFile(NamedTuple):
    """An SLA that was read, and the dates of the holidays it names by country: they are kept with what it promises."""

    sla: Sla
    holidays: Mapping[str, tuple[object, ...]]


def read_sla(text: str, policy: Policy, level: Level, *, holidays: StoredHolidays | None = None) -> Sla:
    """The SLA that ``text`` says, laid over ``level`` of ``policy``. Raises ``PolicyFileErrors``.

    A target may change one thing and leave the rest as the level says; ``none`` takes a target away.
    """
    return open_sla(text, policy, level, holidays=holidays).sla


def open_sla(text: str, policy: Policy, level: Level, *, holidays: StoredHolidays | None = None) -> SlaFile:
    """``read_sla`` with the dates of the countries' holidays that the SLA names."""
    problems: list[Problem] = []
    file = Section(parse(text), "", problems)
    name = file.required("sla", folded, "name the contract, as sla: Acme 2026")
    almanac = Almanac(holidays)
    vocabulary = Vocabulary(policy.severities, policy.operating, policy.contacts)
    targets = {(target.metric, target.severity): target for target in level.targets}
    place = Place(policy.zone, policy.zone_label)
    over = Over(targets, level.hours_at, level.operating, level.escalation, level.begins, place, almanac)
    terms, vocabulary = read_overlay(file, vocabulary, over)
    variants = read_variants(file, vocabulary, over)
    file.refuse_unknown("an SLA")
    if problems:
        raise PolicyFileErrors(problems)
    looks_at = frozenset(name for variant in variants for name in variant.when.looks_at)
    known = vocabulary.hours.items()
    named = {key: hours for key, hours in known if hours is not None and hours is not policy.operating.get(key)}
    return SlaFile(Sla(name or "", terms, variants, looks_at, named), almanac.used)


def read_variants(section: Section, vocabulary: Vocabulary, over: Over) -> tuple[Variant, ...]:
    """The list under ``variants``: each a condition, and what is laid over the level while it holds."""
    variants = []
    for entry in section.sections("variants", "mappings, each with when and what holds then"):
        when = _when(entry, vocabulary)
        terms, _vocabulary = read_overlay(entry, vocabulary, over)
        entry.refuse_unknown("a variant")
        variants += [Variant(when, terms)] if when is not None else []
    return tuple(variants)


def _when(entry: Section, vocabulary: Vocabulary) -> When | None:
    if entry.node("when") is None:
        entry.complain("when", "is missing; write when it holds, as when: {environment: production}")
        return None
    condition = entry.section("when")
    if condition is None:
        return None
    words = tuple((name, found) for name in COMPARED if (found := condition.texts(name)))
    problems_before = len(condition.problems)
    since, before = condition.value("agreed_since", week.day), condition.value("agreed_before", week.day)
    inside, outside = (_calendars(condition, key, vocabulary) for key in ("received_in", "received_outside"))
    condition.refuse_unknown("a condition")
    if since and before and before <= since:
        condition.complain("agreed_before", f"must be later than agreed_since, {since}; no day lies between them")
    if len(condition.problems) > problems_before:
        return None
    when = When(words, since, before, inside, outside)
    if when == When():
        condition.complain("", f"names nothing; write one of {', '.join(COMPARED)}, {', '.join(_OF_TIME)}")
        return None
    return when


_OF_TIME = ("agreed_since", "agreed_before", "received_in", "received_outside")


def _calendars(condition: Section, key: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    named = (condition.understood(key, written, vocabulary.hours_called) for written in condition.texts(key))
    return tuple(operating.name for operating in named if operating is not None)


def read_overlay(section: Section, vocabulary: Vocabulary, over: Over) -> tuple[Overlay, Vocabulary]:
    """What ``section`` lays over a level, and the names that can be referred to in it."""
    recounted, own_hours = _hours(section, vocabulary, over)
    contacts = read_contacts(section.section("contacts"))
    names = Vocabulary(vocabulary.severities, {**vocabulary.hours, **own_hours}, {**vocabulary.contacts, **contacts})

    def hours_at(severity: int) -> OperatingHours:
        hours = over.hours_at(severity)
        return recounted if recounted is not None and hours == over.operating else hours

    beneath = Beneath(over.targets, over.hours_at)
    targets = read_targets(section, names, Ground(hours_at, over.begins, beneath, recounted is not None))
    overlay = Overlay(
        targets=tuple(targets.found.values()),
        withdrawn=tuple(targets.withdrawn),
        said_instead=tuple(targets.said_instead),
        escalation=_escalation(section, names, over, targets),
        contacts=contacts,
        on_call=section.value("on_call", names.contact),
        features=section.texts("features"),
        offer=read_offer(section, names),
        most_severe=_number(section.value("most_severe", vocabulary.severity)),
    )
    return overlay, names


def _number(severity: Severity | None) -> int | None:
    return None if severity is None else severity.number


def _hours(
    section: Section, vocabulary: Vocabulary, over: Over
) -> tuple[OperatingHours | None, dict[str, OperatingHours | None]]:
    """What stands under ``hours``: the calendar for all that the level counts in its own, or further calendars."""
    node = section.node("hours")
    if isinstance(node, Text):
        return section.value("hours", vocabulary.hours_called), {}
    return None, read_hours(section.section("hours"), over.place, over.almanac)


def _escalation(section: Section, vocabulary: Vocabulary, over: Over, targets: TargetsRead) -> EscalationRules | None:
    escalation = section.section("escalation")
    if escalation is None:
        return None
    rules = read_escalation(escalation, vocabulary, over.escalation)
    promised = {severity for _metric, severity in _promised(over.targets, targets)}
    refuse_idle_steps(escalation, vocabulary, promised)
    if not escalation.has("eligible"):
        return replace(rules, eligible=rules.eligible & promised)
    for number in sorted(rules.eligible - promised):
        severity = vocabulary.severities[number - 1]
        escalation.complain(
            "eligible",
            f"severity {severity.key} ({severity.name}) is promised nothing, so it is never breached; take it out",
        )
    return rules


def _promised(beneath: Mapping[TargetKey, object], targets: TargetsRead) -> set[TargetKey]:
    said_instead = {key for key, _words in targets.said_instead}
    return (beneath.keys() | targets.given) - set(targets.withdrawn) - said_instead
