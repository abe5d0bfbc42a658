"""What all levels of a policy say alike, said once for all of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields, replace

from watchkeeper.core.policy import BREACH, EscalationRules, Level
from watchkeeper.core.policy_file.escalation_rules import DEFAULTS
from watchkeeper.core.policy_file.tree import Said

_OF_A_LEVEL_ALONE = "eligible"


def rules_for_all(levels: Sequence[Level]) -> EscalationRules:
    """The rules that several levels have alike, and the usual ones where they differ.

    A ladder with a step that never comes at a level that has it can be said for all alone.
    """
    names = [field.name for field in fields(EscalationRules) if field.name != _OF_A_LEVEL_ALONE]
    first, *others = levels
    alike = {
        name: getattr(first.escalation, name)
        for name in names
        if others and all(getattr(level.escalation, name) == getattr(first.escalation, name) for level in others)
    }
    idle = [level.escalation.ladder for level in levels if _has_an_idle_step(level)]
    rules = replace(DEFAULTS, **alike)
    return replace(rules, ladder=idle[0]) if idle else rules


def _has_an_idle_step(level: Level) -> bool:
    promised = {target.severity for target in level.targets}
    after_a_breach = [rung for rung in level.escalation.ladder if rung.since == BREACH and rung.severities]
    return any(promised.isdisjoint(rung.severities) for rung in after_a_breach)


def said_for_all(levels: Sequence[Mapping[str, Said]], shared: Collection[str]) -> dict[str, Said]:
    """The entries that several levels have alike, of the keys that may stand at the top too."""
    first, *others = levels
    alike = {key for key in first if others and all(said.get(key) == first[key] for said in others)}
    return {key: value for key, value in first.items() if key in alike and key in shared}
