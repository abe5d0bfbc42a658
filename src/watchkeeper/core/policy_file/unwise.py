"""What a sound policy says that its author may not have meant: each a remark with its place, line and reason.

Real pages contradict themselves and must be expressible, so none of this is an error. Targets are compared by when
they fall due for a report in every hour of two ordinary weeks: lengths counted in different hours have no order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import combinations, pairwise, permutations

from watchkeeper.core.clock import NeverDue
from watchkeeper.core.policy import (
    ACKNOWLEDGEMENT,
    DIAGNOSIS,
    RESOLUTION,
    RESTORATION,
    WORKAROUND,
    Level,
    Policy,
    Target,
)
from watchkeeper.core.policy_file.document import PolicyFile
from watchkeeper.core.policy_file.oversights import Remark, oversights
from watchkeeper.core.policy_file.problems import Problem, said
from watchkeeper.core.policy_file.tree import Mapping as MappingNode
from watchkeeper.core.within import Within

_FROM = datetime(2026, 2, 2, tzinfo=UTC)
_REPORTS = tuple(_FROM + timedelta(hours=hour) for hour in range(14 * 24))

_DueTimes = Sequence[datetime]

_COMES_BEFORE = {
    ACKNOWLEDGEMENT: (DIAGNOSIS, WORKAROUND, RESTORATION, RESOLUTION),
    DIAGNOSIS: (WORKAROUND, RESTORATION, RESOLUTION),
    WORKAROUND: (RESOLUTION,),
    RESTORATION: (RESOLUTION,),
}
"""What must have happened, or has by itself, when the others do."""


def unwise(file: PolicyFile) -> tuple[Problem, ...]:
    """Every remark on the policy, in the order of the file."""
    comparison = _Comparison(file.policy)
    remarks = [
        *(("hours", remark) for remark in file.remarks),
        *_uncovered(file.policy),
        *oversights(file.policy),
        *(remark for level in file.policy.levels for remark in comparison.within(level)),
        *(remark for lower, higher in pairwise(file.policy.levels) for remark in comparison.between(lower, higher)),
    ]
    problems = (Problem(path, line_of(file.tree, path), said(message)) for path, message in remarks)
    return tuple(sorted(problems, key=lambda problem: problem.line))


def _uncovered(policy: Policy) -> Iterator[Remark]:
    for level in policy.levels:
        if not level.targets:
            yield level.key, "has no target, so it promises nothing"
    for severity in policy.severities:
        if not any(target.severity == severity.number for level in policy.levels for target in level.targets):
            yield f"severities.{severity.key}", f"no level promises anything for {severity.name}"


class _Comparison:
    """The targets of a policy beside each other, by the due times of the sample reports."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy

    def within(self, level: Level) -> Iterator[Remark]:
        """Goals that are no aim, limits that never pass, severe incidents that wait longer than mild ones."""
        targets = sorted(level.targets, key=lambda target: target.severity)
        due = {target: _due_times(target, target.within) for target in targets}
        for target in targets:
            goals = _due_times(target, target.goal) if target.goal is not None else ()
            if not due[target]:
                yield self._path(level, target), f"{target.within} of these hours take longer than the calendar lasts"
            if at := _first(goals, due[target], not_before=True):
                yield f"{self._path(level, target)}.goal", f"is no earlier than the limit of {target.within} {at}"
        for severe, mild in combinations(targets, 2):
            if severe.metric == mild.metric and (at := _first(due[severe], due[mild])):
                slower = f"{self._name(severe)} is due later than {self._name(mild)}, which is milder, {at}"
                yield self._path(level, severe), slower
        yield from self._order(level, due)

    def _order(self, level: Level, due: Mapping[Target, _DueTimes]) -> Iterator[Remark]:
        """What comes first in an incident and is due last."""
        for earlier, later in permutations(due, 2):
            comes_first = later.metric in _COMES_BEFORE.get(earlier.metric, ()) and earlier.begins == later.begins
            if comes_first and earlier.severity == later.severity and (at := _first(due[earlier], due[later])):
                yield self._path(level, later), f"is due before the {earlier.metric} {at}"

    def between(self, lower: Level, higher: Level) -> Iterator[Remark]:
        """Where a higher level promises less than the one below it."""
        has = {(target.metric, target.severity): target for target in higher.targets}
        for target in lower.targets:
            better = has.get((target.metric, target.severity))
            if better is None:
                yield higher.key, f"has no {target.metric} for {self._name(target)}; {lower.name}, a lower level, has"
            elif at := _first(_due_times(better, better.within), _due_times(target, target.within)):
                yield self._path(higher, better), f"is due later than at {lower.name}, a lower level, {at}"

    def _name(self, target: Target) -> str:
        return self._policy.severity_numbered(target.severity).name

    def _path(self, level: Level, target: Target) -> str:
        return f"{level.key}.{target.metric}.{self._policy.severity_numbered(target.severity).key}"


def _due_times(target: Target, within: Within) -> _DueTimes:
    """When each sample report falls due; nothing where the window does not pass."""
    try:
        return [within.due_at(target.operating.hours, report) for report in _REPORTS]
    except NeverDue:
        return ()


def _first(expected_sooner: _DueTimes, other: _DueTimes, not_before: bool = False) -> str:
    """The first sample report for which what should be due sooner is not, as words; empty where there is none."""
    for report, sooner, later in zip(_REPORTS, expected_sooner, other, strict=False):
        if sooner > later or (not_before and sooner == later):
            return f"for a report of {report:%a} {report.day} {report:%b %Y %H:%M} UTC"
    return ""


def line_of(tree: MappingNode, path: str) -> int:
    """The line of a place, or of the nearest one around it that the file has. A level's path leaves out ``levels``."""
    keys = path.split(".")
    if keys[0] not in tree.items:
        keys.insert(0, "levels")
    line, around = tree.line, tree
    for key in keys:
        if key not in around.items:
            break
        line = around.key_lines[key]
        inner = around.items[key]
        if not isinstance(inner, MappingNode):
            break
        around = inner
    return line
