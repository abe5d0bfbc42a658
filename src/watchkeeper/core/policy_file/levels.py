"""The support levels of a file, lowest first: who has each, what it promises, and the words it is published with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from watchkeeper.core.offer import Offer
from watchkeeper.core.policy import EscalationRules, Level, OperatingHours, Target, Variant
from watchkeeper.core.policy_file.beginnings import known_beginning
from watchkeeper.core.policy_file.escalation_rules import read_escalation, refuse_idle_steps
from watchkeeper.core.policy_file.fields import Section, folded
from watchkeeper.core.policy_file.grammar.limits import MOST_LEVELS, MOST_VARIANTS
from watchkeeper.core.policy_file.ground import Beneath, Ground, TargetKey, in_order
from watchkeeper.core.policy_file.offering import OTHERS, read_offer
from watchkeeper.core.policy_file.operating import Almanac, Place
from watchkeeper.core.policy_file.overlay import Over, read_variants
from watchkeeper.core.policy_file.problems import quoted
from watchkeeper.core.policy_file.targets import TargetsRead, read_targets
from watchkeeper.core.policy_file.tree import Mapping as MappingNode
from watchkeeper.core.policy_file.vocabulary import UnknownName, Vocabulary

ON_CALL = "on_call"
INCLUDED = "included_in_licence"


class ForAll(NamedTuple):
    """What a policy says for all its levels: escalation rules, what clocks begin with, what is offered.

    ``names_eligible`` says whether it names the severities that may be escalated; else each level's targets do.
    """

    escalation: EscalationRules
    names_eligible: bool
    begins: str
    offer: Offer
    place: Place
    almanac: Almanac


class _Hours(NamedTuple):
    """The hours of a level: at most severities, and at those that are named."""

    others: OperatingHours
    named: Mapping[int, OperatingHours]

    def at(self, severity: int) -> OperatingHours:
        return self.named.get(severity, self.others)


class _Above(NamedTuple):
    """The levels above one in the file; for each the sections whose variants hold for it, its own the last.

    They are read anew for a level that is based on it: a variant lies over the targets of the level it belongs to.
    """

    levels: Mapping[str, Level]
    differing: Mapping[str, tuple[Section, ...]]

    def level(self, written: str) -> Level:
        """The level of this key. Raises ``UnknownName``."""
        if written not in self.levels:
            names = f"write one of {', '.join(self.levels)}" if self.levels else "this is the first, based on none"
            raise UnknownName(f"{quoted(written)} is no level above this one in the file; {names}")
        return self.levels[written]


def read_levels(section: Section | None, vocabulary: Vocabulary, for_all: ForAll) -> tuple[Level, ...]:
    """Every level under ``levels``. In problems a level goes by its key alone: ``premium.acknowledgement.2``."""
    if section is None:
        return ()
    levels: dict[str, Level] = {}
    differing: dict[str, tuple[Section, ...]] = {}
    unreadable: set[str] = set()
    for key, node in section.entries(MOST_LEVELS):
        if not isinstance(node, MappingNode):
            section.complain(key, "must be a mapping with name, hours and targets")
            unreadable.add(key)
            continue
        entry = section.child(key, node, path=key)
        if entry.value("based_on", str) in unreadable:
            unreadable.add(key)
            continue
        level = _level(entry, key, vocabulary, for_all, _Above(levels, differing))
        included = next((other.key for other in levels.values() if other.included_in_licence), None)
        if level is not None and level.included_in_licence and included is not None:
            entry.complain(INCLUDED, f"a licence includes one level, and {included} is marked already", "yes")
        if level is None:
            unreadable.add(key)
            continue
        levels[key] = level
        if len(level.variants) > MOST_VARIANTS:
            all_of_them = f"{len(level.variants):,} with those of the level it is based on"
            entry.complain("variants", f"are {all_of_them}; at most {MOST_VARIANTS} are allowed")
        else:
            base = entry.value("based_on", str) or ""
            differing[key] = (*differing.get(base, ()), *([entry] if entry.has("variants") else []))
    return tuple(levels.values())


def promised_by(levels: Iterable[Level]) -> set[int]:
    """The severities that a level, or a variant of one, promises something for."""
    variants = (target for level in levels for variant in level.variants for target in variant.terms.targets)
    return {target.severity for target in (*(target for level in levels for target in level.targets), *variants)}


def _level(entry: Section, key: str, vocabulary: Vocabulary, for_all: ForAll, above: _Above) -> Level | None:
    entry.refuse_unknown("a level")
    base = entry.value("based_on", above.level)
    hours = _hours(entry, vocabulary, base)
    begins = entry.value("clock_starts", known_beginning) or (base.begins if base else for_all.begins)
    beneath = Beneath(_targets_of(base), base.hours_at) if base else None
    ground = Ground(hours.at if hours else _nowhere, begins, beneath, recounted=entry.has("hours"))
    read = read_targets(entry, vocabulary, ground)
    targets = _laid_over(beneath, read)
    rules = _escalation(entry, vocabulary, for_all, targets, read, base)
    on_call = entry.value(ON_CALL, vocabulary.contact) or (base.on_call if base else vocabulary.contacts.get(ON_CALL))
    name = entry.text("name") or key
    words = {
        "title": entry.text("title") or name,
        "conditions": entry.text("conditions"),
        "response_heading": entry.text("response_heading"),
    }
    introduction, features = entry.texts("introduction"), entry.texts("features")
    included = entry.choice(INCLUDED, False)
    definitions = _definitions(entry, vocabulary)
    offer = read_offer(entry, vocabulary).over(base.offer if base else for_all.offer)
    sections = [section.without_problems() for section in (above.differing[base.key] if base else ())]
    sections += [entry] if entry.has("variants") else []
    variants: tuple[Variant, ...] = ()
    if hours is not None:
        over = Over(targets, hours.at, hours.others, rules, begins, for_all.place, for_all.almanac)
        variants = tuple(variant for section in sections for variant in read_variants(section, vocabulary, over))
    if hours is None:
        return None
    said_instead = {**dict(base.said_instead if base else ()), **dict(read.said_instead)}
    instead = sorted(said_instead.items(), key=lambda said: in_order(said[0]))
    return Level(
        key=key,
        name=name,
        targets=tuple(targets.values()),
        escalation=rules,
        operating=hours.others,
        included_in_licence=included,
        introduction=introduction,
        on_call=on_call,
        features=(*(base.features if base else ()), *features),
        variants=variants,
        said_instead=tuple((place, words) for place, words in instead if place not in targets),
        definitions=tuple({**dict(base.definitions if base else ()), **definitions}.items()),
        begins=begins,
        offer=offer,
        named_hours=tuple(hours.named.items()),
        **words,
    )


def _targets_of(level: Level) -> dict[TargetKey, Target]:
    return {(target.metric, target.severity): target for target in level.targets}


def _laid_over(beneath: Beneath | None, read: TargetsRead) -> dict[TargetKey, Target]:
    targets = {**(beneath.targets if beneath else {}), **read.found}
    return {key: targets[key] for key in sorted(targets, key=in_order) if key not in read.withdrawn}


def _nowhere(_severity: int) -> None:
    return None


def _hours(entry: Section, vocabulary: Vocabulary, base: Level | None) -> _Hours | None:
    """The hours a level names, one calendar or one by severity; the only ones there are need not be named."""
    node = entry.node("hours")
    if isinstance(node, MappingNode):
        return _hours_by_severity(entry.child("hours", node), vocabulary)
    if node is None and base is not None:
        return _Hours(base.operating, dict(base.named_hours))
    if not entry.has("hours") and len(vocabulary.hours) == 1:
        only = next(iter(vocabulary.hours.values()))
        return None if only is None else _Hours(only, {})
    names = ", ".join(vocabulary.hours) or "a name defined under hours"
    operating = entry.required("hours", vocabulary.hours_called, f"write one of {names}")
    return None if operating is None else _Hours(operating, {})


def _hours_by_severity(section: Section, vocabulary: Vocabulary) -> _Hours | None:
    named: dict[int, OperatingHours] = {}
    for written, _node in section.entries():
        if written == OTHERS:
            continue
        severity = section.understood(written, written, vocabulary.severity)
        operating = section.required(written, vocabulary.hours_called, f"write one of {', '.join(vocabulary.hours)}")
        if severity is not None and operating is not None:
            named[severity.number] = operating
    if not section.has(OTHERS):
        missing = [s.key for s in vocabulary.severities if s.number not in named]
        if missing:
            section.complain(OTHERS, f"is missing; write the hours of severities {', '.join(missing)}")
            return None
        return _Hours(named[max(named)], named) if named else None
    others = section.value(OTHERS, vocabulary.hours_called)
    return None if others is None else _Hours(others, named)


def _definitions(entry: Section, vocabulary: Vocabulary) -> dict[int, str]:
    """What severities mean at this level, where that is not what they mean in the policy."""
    section = entry.section("severities")
    found: dict[int, str] = {}
    for written, _node in section.entries() if section is not None else ():
        assert section is not None
        severity = section.understood(written, written, vocabulary.severity)
        definition = section.value(written, folded)
        if severity is not None and definition:
            found[severity.number] = definition
    return found


def _escalation(
    entry: Section,
    vocabulary: Vocabulary,
    for_all: ForAll,
    targets: Mapping[TargetKey, Target],
    read: TargetsRead,
    base: Level | None,
) -> EscalationRules:
    """The level's rules. Unless the file says which severities may be escalated, all that can be breached may."""
    said_instead = {key for key, _words in read.said_instead}
    given = read.given - set(read.withdrawn)
    promised = frozenset(severity for _metric, severity in (targets.keys() | given) - said_instead)
    beneath = base.escalation if base else for_all.escalation
    eligible = promised & for_all.escalation.eligible if for_all.names_eligible else promised
    if base is not None:
        eligible = eligible - frozenset(target.severity for target in base.targets) | (promised & beneath.eligible)
    rules = replace(beneath, eligible=eligible)
    section = entry.section("escalation")
    rules = read_escalation(section, vocabulary, rules)
    if section is not None and entry.has_known_keys("a level"):
        refuse_idle_steps(section, vocabulary, promised)
        for number in sorted(rules.eligible - promised):
            severity = vocabulary.severities[number - 1]
            section.complain(
                "eligible",
                f"severity {severity.key} ({severity.name}) has no target at this level, so it is never breached "
                f"and never escalated; give it a target or take it out",
                severity.key,
            )
    return rules
