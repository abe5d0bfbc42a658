"""Escalation rules as a file says them."""

from __future__ import annotations

from watchkeeper.core.policy import BREACH, OPEN, EscalationRules, Rung, Tier
from watchkeeper.core.policy_file.tree import Said
from watchkeeper.core.policy_file.writing.lengths import length, moment
from watchkeeper.core.policy_file.writing.names import Names, given, other, told


def said_rules(rules: EscalationRules, base: EscalationRules, names: Names) -> dict[str, Said]:
    """What ``rules`` say otherwise than ``base``, which holds where a file says nothing."""
    return given(
        {
            "eligible": told(rules.eligible, base.eligible, lambda some: names.severities_called(some) or "none"),
            "answer": told(rules.answer_within, base.answer_within, length),
            "warnings": told(rules.warnings, base.warnings, lambda parts: list(map(str, parts))),
            "ladder": told(rules.ladder, base.ladder, lambda rungs: [_rung(rung, names) for rung in rungs]),
            "customer_after": told(rules.customer_after, base.customer_after, moment),
            "path": told(rules.path, base.path, lambda tiers: [_tier(tier, names) for tier in tiers]),
        }
    )


def _rung(rung: Rung, names: Names) -> Said:
    return given(
        {
            "after": moment(rung.after),
            "tells": list(rung.tells),
            "since": other(rung.since, BREACH),
            "while": other(rung.lasts, OPEN),
            "severities": names.severities_called(rung.severities) or None,
        }
    )


def _tier(tier: Tier, names: Names) -> Said:
    said = given(
        {
            "name": tier.name,
            "contact": told(tier.contact, None, names.contact),
            "hours": told(tier.operating, None, names.hours_called),
            "after": told(tier.after, None, moment),
            "says": tier.says,
        }
    )
    return tier.name if list(said) == ["name"] else said
