"""Support levels as a file says them."""

from __future__ import annotations

from dataclasses import replace

from watchkeeper.core.policy import RECEIPT, EscalationRules, Level
from watchkeeper.core.policy_file.levels import ON_CALL
from watchkeeper.core.policy_file.offering import OTHERS
from watchkeeper.core.policy_file.tree import Said
from watchkeeper.core.policy_file.writing.escalation import said_rules
from watchkeeper.core.policy_file.writing.names import Names, given, other, some, told
from watchkeeper.core.policy_file.writing.offering import said_offer
from watchkeeper.core.policy_file.writing.overlay import said_variants
from watchkeeper.core.policy_file.writing.targets import Ground, said_targets

CLOCK_STARTS = "clock_starts"


def said_level(level: Level, for_all: EscalationRules, names: Names) -> dict[str, Said]:
    """What stands under the key of a level, where escalation rules for all say the rest."""
    promised = replace(for_all, eligible=frozenset(target.severity for target in level.targets))
    ground = Ground({}, level.hours_at, level.begins)
    return given(
        {
            "name": other(level.name, level.key),
            "title": other(level.title, level.name),
            "included_in_licence": "yes" if level.included_in_licence else None,
            "introduction": some(level.introduction),
            "conditions": level.conditions,
            "response_heading": level.response_heading,
            "severities": {names.severity(number): words for number, words in level.definitions} or None,
            **said_offer(level.offer, names),
            "hours": _hours(level, names),
            CLOCK_STARTS: other(level.begins, RECEIPT),
            **said_targets(level.targets, (), level.said_instead, ground, names),
            "escalation": said_rules(level.escalation, promised, names) or None,
            "on_call": told(level.on_call, names.contacts.get(ON_CALL), names.contact),
            "features": some(level.features),
            "variants": said_variants(level.variants, level, names),
        }
    )


def _hours(level: Level, names: Names) -> Said:
    others = names.hours_called(level.operating)
    named = {names.severity(severity): names.hours_called(operating) for severity, operating in level.named_hours}
    if named:
        return {**named, OTHERS: others}
    return None if len(names.hours) == 1 else others
