"""The support levels of a file, lowest first: who has each, what it promises, and the words it is published with."""

from __future__ import annotations

from watchkeeper.core.policy import EscalationRules, Level, OperatingHours
from watchkeeper.core.policy_file.escalation_rules import read_escalation
from watchkeeper.core.policy_file.fields import Section
from watchkeeper.core.policy_file.targets import TargetsRead, read_targets
from watchkeeper.core.policy_file.tree import Mapping as MappingNode
from watchkeeper.core.policy_file.vocabulary import Vocabulary

ON_CALL = "on_call"
INCLUDED = "included_in_licence"


def read_levels(section: Section | None, vocabulary: Vocabulary, rules: EscalationRules) -> tuple[Level, ...]:
    """Every level under ``levels``; ``rules`` are the policy's own for escalation.

    In problems a level goes by its key alone: ``premium.acknowledgement.2``.
    """
    if section is None:
        return ()
    levels: list[Level] = []
    for key, node in section.entries():
        if not isinstance(node, MappingNode):
            section.complain(key, "must be a mapping with name, hours and targets")
            continue
        entry = section.child(key, node, path=key)
        level = _level(entry, key, vocabulary, rules)
        included = next((other.key for other in levels if other.included_in_licence), None)
        if level is not None and level.included_in_licence and included is not None:
            entry.complain(INCLUDED, f"a licence includes one level, and {included} is marked already", "yes")
        if level is not None:
            levels.append(level)
    return tuple(levels)


def _level(entry: Section, key: str, vocabulary: Vocabulary, policy_rules: EscalationRules) -> Level | None:
    operating = _hours(entry, vocabulary)
    targets = read_targets(entry, vocabulary, operating)
    rules = _escalation(entry, vocabulary, policy_rules, targets)
    on_call = entry.value(ON_CALL, vocabulary.contact) or vocabulary.contacts.get(ON_CALL)
    name = entry.text("name") or key
    words = {
        "title": entry.text("title") or name,
        "conditions": entry.text("conditions"),
        "response_heading": entry.text("response_heading"),
    }
    introduction, features = entry.texts("introduction"), entry.texts("features")
    included = entry.choice(INCLUDED, False)
    entry.refuse_unknown("a level")
    if operating is None:
        return None
    return Level(
        key=key,
        name=name,
        targets=tuple(targets.found.values()),
        escalation=rules,
        operating=operating,
        included_in_licence=included,
        introduction=introduction,
        on_call=on_call,
        features=features,
        **words,
    )


def _hours(entry: Section, vocabulary: Vocabulary) -> OperatingHours | None:
    """The hours a level names; where the policy has only one calendar it need not be named."""
    if not entry.has("hours") and len(vocabulary.hours) == 1:
        return next(iter(vocabulary.hours.values()))
    names = ", ".join(vocabulary.hours) or "a name defined under hours"
    return entry.required("hours", vocabulary.hours_called, f"write one of {names}")


def _escalation(
    entry: Section, vocabulary: Vocabulary, policy_rules: EscalationRules, targets: TargetsRead
) -> EscalationRules:
    """The level's rules. Unless it says which severities may be escalated, all that can be breached may."""
    promised = frozenset(severity for _metric, severity in targets.given)
    base = EscalationRules(promised, policy_rules.answer_within, policy_rules.warnings, policy_rules.ladder)
    section = entry.section("escalation")
    rules = read_escalation(section, vocabulary, base)
    if section is not None:
        for number in sorted(rules.eligible - promised):
            severity = vocabulary.severities[number - 1]
            section.complain(
                "eligible",
                f"severity {severity.key} ({severity.name}) has no target at this level, so it is never breached "
                f"and never escalated; give it a target or take it out",
                severity.key,
            )
    return rules
