"""What a sound policy says in vain, or to nobody: each a remark with its place and its reason.

Nothing here looks at due times; ``unwise`` does.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import combinations

from watchkeeper.core.hours import Schedule
from watchkeeper.core.offer import Credit
from watchkeeper.core.policy import ACKNOWLEDGEMENT, UPDATE, Level, OperatingHours, Policy, SeverityMatrix

Remark = tuple[str, str]


def oversights(policy: Policy) -> Iterator[Remark]:
    """Every remark on the policy, by the path of its place."""
    yield from _unused_hours(policy)
    yield from _unused_contacts(policy)
    for operating in policy.operating.values():
        yield from _closed_anyway(operating)
    if policy.severity_matrix is not None:
        yield from _of_matrix(policy, policy.severity_matrix)
    for level in policy.levels:
        yield from _of_level(policy, level)
    for level, other in combinations(policy.levels, 2):
        if level.name.casefold() == other.name.casefold():
            yield other.key, f"has the name of {level.key}; on the page nobody can tell them apart"


def _unused_hours(policy: Policy) -> Iterator[Remark]:
    used: set[OperatingHours] = set()
    for level in policy.levels:
        used |= {level.operating, *dict(level.named_hours).values()}
        laid_over = (target for variant in level.variants for target in variant.terms.targets)
        used |= {target.operating for target in (*level.targets, *laid_over)}
    for name, operating in policy.operating.items():
        if operating not in used:
            yield f"hours.{name}", "nothing is counted in these hours"


def _unused_contacts(policy: Policy) -> Iterator[Remark]:
    named = {level.on_call for level in policy.levels}
    named |= {variant.terms.on_call for level in policy.levels for variant in level.variants}
    named |= {tier.contact for level in policy.levels for tier in level.escalation.path}
    for key, contact in policy.contacts.items():
        if not contact.is_public and contact not in named and key not in ("escalation", "desk", "on_call"):
            yield f"contacts.{key}", "stands on no page and is told nothing"


def _closed_anyway(operating: OperatingHours) -> Iterator[Remark]:
    for schedule in operating.hours.schedules:
        for exception in schedule.exceptions:
            weekly = Schedule(schedule.zone, schedule.weekly, schedule.holidays)
            if not exception.windows and not weekly.windows_on(exception.day):
                yield f"hours.{operating.name}.exceptions.{exception.day}", "is a day that is closed anyway"


def _of_matrix(policy: Policy, matrix: SeverityMatrix) -> Iterator[Remark]:
    reached = {number for row in matrix.severities for number in row}
    for severity in policy.severities:
        if severity.number not in reached:
            yield "severity_matrix", f"leads to {severity.name} by no impact and urgency"
    for impact, row, milder in zip(matrix.impacts[1:], matrix.severities[1:], matrix.severities, strict=False):
        for urgency, number, above in zip(matrix.urgencies, row, milder, strict=True):
            if number < above:
                yield f"severity_matrix.{impact}.{urgency}", "is more severe than with the greater impact above it"


def _of_level(policy: Policy, level: Level) -> Iterator[Remark]:
    promised = {(target.metric, target.severity): target for target in level.targets}
    for (metric, number), target in promised.items():
        severity = policy.severity_numbered(number)
        path = f"{level.key}.{metric}.{severity.key}"
        if metric == UPDATE and (ACKNOWLEDGEMENT, number) not in promised:
            yield path, f"is owed from the acknowledgement on, and none is promised for {severity.name}"
        if target.within.cut_off is not None and not _opens_around(target.operating, target.within.cut_off):
            yield f"{path}.cut_off", "lies outside of the hours, so no report comes between it and the closing"
    yield from _of_eligible(policy, level)
    yield from _of_offer(policy, level, {metric for metric, _number in promised})
    for (place, variant), (other_place, other) in combinations(enumerate(level.variants, start=1), 2):
        if variant.when == other.when:
            yield f"{level.key}.variants", f"{other_place} has the condition of {place}; write both as one"


def _opens_around(operating: OperatingHours, cut_off: timedelta) -> bool:
    windows = (window for schedule in operating.hours.schedules for window in schedule.weekly)
    return any(window.opens < cut_off < window.closes for window in windows)


def _of_eligible(policy: Policy, level: Level) -> Iterator[Remark]:
    promised = {target.severity for target in level.targets}
    mildest = max(level.escalation.eligible, default=0)
    for number in sorted(promised - level.escalation.eligible):
        if number < mildest:
            severe, mild = policy.severity_numbered(number).name, policy.severity_numbered(mildest).name
            yield f"{level.key}.escalation.eligible", f"{mild} may be escalated, and {severe}, more severe, may not"


def _of_offer(policy: Policy, level: Level, metrics: set[str]) -> Iterator[Remark]:
    for credit in level.offer.credits:
        if isinstance(credit, Credit) and credit.metric not in metrics:
            missed = credit.metric.replace("_", " ")
            yield f"{level.key}.credits", f"counts missed {missed}s, which {level.name} does not promise"
    if level.offer.channels:
        for severity in policy.severities:
            if not level.offer.channels_at(severity.number):
                yield f"{level.key}.channels", f"names no way in for {severity.name}"
