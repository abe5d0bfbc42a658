"""A whole policy as its file says it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from watchkeeper.core.policy import Policy, Priority, SeverityMatrix
from watchkeeper.core.policy_file.escalation_rules import DEFAULTS
from watchkeeper.core.policy_file.tree import Said
from watchkeeper.core.policy_file.writing.contacts import said_contacts
from watchkeeper.core.policy_file.writing.escalation import said_rules
from watchkeeper.core.policy_file.writing.for_all import rules_for_all, said_for_all
from watchkeeper.core.policy_file.writing.levels import CLOCK_STARTS, said_level
from watchkeeper.core.policy_file.writing.names import Names, given, other, told
from watchkeeper.core.policy_file.writing.offering import said_offer
from watchkeeper.core.policy_file.writing.operating import said_hours


def said_policy(policy: Policy, names: Names) -> dict[str, Said]:
    """The keys of a policy, in the order a person writes them."""
    rules = rules_for_all(policy.levels)
    levels = {level.key: said_level(level, rules, names) for level in policy.levels}
    for_all = said_for_all(list(levels.values()), {CLOCK_STARTS, *said_offer(policy.levels[0].offer, names)})
    return given(
        {
            "policy": policy.name,
            "vendor": policy.vendor,
            "title": policy.title,
            "zone": policy.zone,
            "zone_label": policy.zone_label,
            "severity_heading": other(policy.severity_heading, Policy.severity_heading),
            "definition_heading": other(policy.definition_heading, Policy.definition_heading),
            "severities": {
                severity.key: _rung(severity.key, severity.name, severity.definition) for severity in policy.severities
            },
            "default_severity": names.severity(policy.default_severity),
            "severity_matrix": told(policy.severity_matrix, None, lambda matrix: _matrix(matrix, names)),
            "priorities": _priorities(policy.priorities) or None,
            "close_after": _days(policy.close_after),
            "reacknowledge_on_raise": "yes" if policy.reacknowledge_on_raise else None,
            "terms": policy.terms,
            "hours": {key: said_hours(hours, names.place, names.holidays) for key, hours in policy.operating.items()},
            "contacts_heading": other(policy.contacts_heading, Policy.contacts_heading),
            "contacts": said_contacts(policy.contacts),
            **for_all,
            "escalation": said_rules(rules, DEFAULTS, names) or None,
            "levels": {
                level: {key: value for key, value in said.items() if key not in for_all}
                for level, said in levels.items()
            },
        }
    )


def _priorities(priorities: Sequence[Priority]) -> dict[str, Said]:
    """The priorities, which have no keys of their own, by their numbers."""
    return {
        str(number): _rung(str(number), priority.name, priority.definition)
        for number, priority in enumerate(priorities, start=1)
    }


def _rung(key: str, name: str, definition: str) -> Said:
    return given({"name": other(name, key), "definition": definition}) if definition else name


def _matrix(matrix: SeverityMatrix, names: Names) -> Said:
    cells = zip(matrix.impacts, matrix.severities, strict=True)
    return {impact: dict(zip(matrix.urgencies, map(names.severity, row), strict=True)) for impact, row in cells}


def _days(length: timedelta) -> str:
    return f"{length.days} day{'' if length.days == 1 else 's'}"
