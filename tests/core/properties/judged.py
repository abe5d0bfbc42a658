"""What holds for every text: it is refused with problems that help, or it can be counted with and published."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, date, datetime
from fractions import Fraction
from itertools import islice

import yaml
from jsonschema import Draft202012Validator

from tests.corpus.as_an_editor_reads import as_an_editor_reads
from watchkeeper.core.circumstances import ANY, Circumstances
from watchkeeper.core.clock import NeverDue, OutsideTheCalendar
from watchkeeper.core.differences import differences
from watchkeeper.core.policy import Level, Policy, Target, Variant
from watchkeeper.core.policy_file import PolicyFile, PolicyFileErrors, open_policy, open_sla
from watchkeeper.core.policy_file.schema import policy_schema, sla_schema
from watchkeeper.core.policy_file.unwise import unwise
from watchkeeper.core.promise import Promise, effective
from watchkeeper.core.published import page, plain, table

_SCHEMA, _SLA_SCHEMA = Draft202012Validator(policy_schema()), Draft202012Validator(sla_schema())
_REPORTS = [datetime(2026, 3, 8, 7, 30, tzinfo=UTC), datetime(2028, 2, 29, 23, 59, 59, 999_999, tzinfo=UTC)]
_FAR = [datetime(1900, 1, 1, tzinfo=UTC), datetime(2299, 12, 31, 23, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC)]
_HOLIDAYS = (date(2026, 3, 9), date(2026, 12, 24))
_OF_PYTHON = re.compile(r"Traceback|Error\b|NoneType|object at 0x|sys\.|invalid literal|out of range|<class")


def judge_policy(text: str, other: Policy, far: bool = False) -> bool:
    """Whether a text is a sound policy; asserts all that must hold in either case."""
    try:
        file = open_policy(text)
    except PolicyFileErrors as errors:
        require_help(errors, text)
        return False
    require_valid(_SCHEMA, text)
    for remark in unwise(file):
        assert remark.message
        assert 1 <= remark.line <= line_count(text)
    require_the_same_when_read_again(file, text)
    policy = file.policy
    assert plain(page(policy))["levels"]
    assert not differences(policy, policy)
    differences(policy, other)
    differences(other, policy)
    for level in policy.levels:
        for circumstances in all_that_matter(level.variants):
            require_due_times(effective(policy, level, None, circumstances, _HOLIDAYS), far)
    return True


def judge_sla(text: str, policy: Policy, level: Level) -> bool:
    """Whether a text is a sound SLA over a level; asserts all that must hold in either case."""
    try:
        sla = open_sla(text, policy, level).sla
    except PolicyFileErrors as errors:
        require_help(errors, text)
        return False
    require_valid(_SLA_SCHEMA, text)
    for circumstances in all_that_matter(sla.variants):
        require_due_times(effective(policy, level, sla, circumstances, _HOLIDAYS))
    return True


def require_help(errors: PolicyFileErrors, text: str) -> None:
    assert errors.problems, "refused without a reason"
    for problem in errors.problems:
        assert 1 <= problem.line <= line_count(text), f"there is no such line: {problem}"
        assert 0 < len(problem.message) < 1_500, f"a message nobody reads: {problem}"
        assert not _OF_PYTHON.search(problem.message), f"a message for programmers: {problem}"
        assert all(character.isprintable() for character in problem.message), f"what cannot be shown: {problem!r}"


def line_count(text: str) -> int:
    return len(re.findall(r"\r\n|\r|\n", text)) + 1


def require_valid(schema: Draft202012Validator, text: str) -> None:
    """The schema refuses nothing that is sound."""
    with suppress(yaml.YAMLError):  # an editor's parser stumbles over some of what libyaml reads, and says so itself
        refused = [error.message for error in schema.iter_errors(as_an_editor_reads(text))]
        assert not refused, f"sound, and refused by the schema: {refused}"


def require_the_same_when_read_again(file: PolicyFile, text: str) -> None:
    assert open_policy(text, holidays=file.holidays).policy == file.policy


def all_that_matter(variants: Iterable[Variant]) -> list[Circumstances]:
    """Some circumstances, and for the first few variants those in which it holds."""
    found = [ANY, Circumstances(zone="Pacific/Apia", place="US", agreed_on=date(2026, 1, 1))]
    for variant in islice(variants, 3):
        words = {name: said[0] for name, said in variant.when.words}
        found.append(Circumstances(**words, agreed_on=variant.when.agreed_since or date.min))
    return found


def require_due_times(promise: Promise, far: bool = False) -> None:
    assert table(promise).headings
    for target in promise.targets.values():
        for report in [*_REPORTS, *(_FAR if far else [])]:
            with suppress(NeverDue, OutsideTheCalendar):
                require_due(target, report, promise.escalation.warnings)


def require_due(target: Target, report: datetime, warnings: Iterable[Fraction]) -> None:
    """A due time that is no earlier than the report and is explained without gaps."""
    within, hours = target.within, target.operating.hours
    due = within.due_at(hours, report)
    assert report <= within.starts_at(hours, report)
    stretches = within.explain(hours, report, due)
    edges = [report, *(stretch.end for stretch in stretches)]
    assert [stretch.start for stretch in stretches] == edges[:-1]
    assert edges[-1] == max(report, due)
    for fraction in warnings:
        assert within.fraction_at(hours, report, fraction) <= max(due, within.starts_at(hours, report))
