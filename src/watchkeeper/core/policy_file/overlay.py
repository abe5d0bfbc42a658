"""An SLA file: the targets, hours, rules and contacts a contract lays over a level."""

from __future__ import annotations

from watchkeeper.core.policy import EscalationRules, Level, Policy
from watchkeeper.core.policy_file.contacts import read_contacts
from watchkeeper.core.policy_file.escalation_rules import read_escalation
from watchkeeper.core.policy_file.fields import Section, folded
from watchkeeper.core.policy_file.operating import Almanac, Place, StoredHolidays, read_hours
from watchkeeper.core.policy_file.problems import PolicyFileErrors, Problem
from watchkeeper.core.policy_file.targets import TargetsRead, read_targets
from watchkeeper.core.policy_file.tree import parse
from watchkeeper.core.policy_file.vocabulary import Vocabulary
from watchkeeper.core.promise import Sla


def read_sla(text: str, policy: Policy, level: Level, *, holidays: StoredHolidays | None = None) -> Sla:
    """The SLA that ``text`` says, laid over ``level`` of ``policy``. Raises ``PolicyFileErrors``.

    A target may change one thing and leave the rest as the level says; ``none`` takes a target away.
    """
    problems: list[Problem] = []
    file = Section(parse(text), "", problems)
    name = file.required("sla", folded, "name the contract, as sla: Acme 2026")
    place = Place(policy.zone, policy.zone_label)
    own_hours = read_hours(file.section("hours"), place, Almanac(holidays))
    contacts = read_contacts(file.section("contacts"))
    vocabulary = Vocabulary(policy.severities, {**policy.operating, **own_hours}, {**policy.contacts, **contacts})
    said_by_level = {(target.metric, target.severity): target for target in level.targets}
    targets = read_targets(file, vocabulary, level.operating, said_by_level)
    escalation = _escalation(file, vocabulary, level, targets)
    on_call = file.value("on_call", vocabulary.contact)
    features = file.texts("features")
    file.refuse_unknown("an SLA")
    if problems:
        raise PolicyFileErrors(problems)
    return Sla(
        name=name or "",
        targets=tuple(targets.found.values()),
        withdrawn=tuple(targets.withdrawn),
        escalation=escalation,
        contacts=contacts,
        on_call=on_call,
        features=features,
    )


def _escalation(file: Section, vocabulary: Vocabulary, level: Level, targets: TargetsRead) -> EscalationRules | None:
    section = file.section("escalation")
    if section is None:
        return None
    rules = read_escalation(section, vocabulary, level.escalation)
    by_level = {(target.metric, target.severity) for target in level.targets}
    promised = {severity for _metric, severity in (by_level | targets.given) - set(targets.withdrawn)}
    for number in sorted(rules.eligible - promised):
        severity = vocabulary.severities[number - 1]
        section.complain(
            "eligible", f"severity {severity.key} ({severity.name}) is promised nothing, so it is never breached"
        )
    return rules
