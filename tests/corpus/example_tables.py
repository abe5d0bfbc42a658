"""What each example policy promises, as text that a person can read and compare.

``python -m tests.corpus.example_tables`` writes the tables anew; whoever does that reads what changed in them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from watchkeeper.core.circumstances import ANY, Circumstances, When
from watchkeeper.core.policy import PROMISED_METRICS, Level, Policy, Target
from watchkeeper.core.policy_file import read_policy
from watchkeeper.core.policy_file.countries import holidays_of
from watchkeeper.core.promise import Promise, effective
from watchkeeper.core.published import wording

PROJECT = Path(__file__).resolve().parents[2]
EXAMPLES = PROJECT / "policies" / "examples"
TABLES = Path(__file__).with_name("example_tables")

REPORTS = (
    datetime(2026, 3, 6, 22, 30, tzinfo=UTC),  # a Friday; on the Sunday the clocks of North America change
    datetime(2026, 10, 24, 10, 0, tzinfo=UTC),  # a Saturday; on the Sunday those of Europe do
)
ELSEWHERE = Circumstances(zone="Australia/Sydney", place="AU-NSW")


def vendors() -> list[str]:
    """The examples there are, by the names of their files."""
    return sorted(path.stem for path in EXAMPLES.glob("*.yaml"))


def example(vendor: str) -> Policy:
    """The example of a vendor, read anew."""
    return read_policy((EXAMPLES / f"{vendor}.yaml").read_text(encoding="utf-8"))


def promised(policy: Policy, level: str, circumstances: Circumstances = ANY) -> Promise:
    """What a level promises in these circumstances, to a customer who keeps the holidays of its place."""
    holidays = holidays_of(circumstances.place).days if circumstances.place else ()
    return effective(policy, policy.level(level), None, circumstances, holidays)


def table(policy: Policy) -> str:
    """Every promise of a policy, in all circumstances it tells apart: the words, and when two reports are due."""
    reports = ", ".join(f"{report:%a %Y-%m-%d %H:%M} UTC" for report in REPORTS)
    lines = [f"{policy.name}: two reports, {reports}, and when each is due"]
    for level in policy.levels:
        for said, circumstances in _circumstances(policy, level):
            lines += ["", f"{level.key}{said}", *_rows(promised(policy, level.key, circumstances))]
    return "\n".join(lines) + "\n"


def _circumstances(policy: Policy, level: Level) -> Iterator[tuple[str, Circumstances]]:
    yield "", ANY
    for variant in level.variants:
        yield f" · {variant.when}", _in_which_holds(variant.when)
    if policy.looks_at & {"zone", "place"}:
        yield " · a customer in Sydney", ELSEWHERE


def _in_which_holds(when: When) -> Circumstances:
    named = {name: words[0] for name, words in when.words}
    agreed_on = when.agreed_since or (
        when.agreed_before and when.agreed_before.replace(year=when.agreed_before.year - 1)
    )
    return Circumstances(**named, agreed_on=agreed_on, open_hours=when.received_in if when.hours_named else None)


def _rows(promise: Promise) -> Iterator[str]:
    for metric in PROMISED_METRICS:
        for severity in promise.policy.severities:
            target = promise.target(metric, severity.number)
            said = promise.said_instead.get((metric, severity.number))
            if target is not None:
                yield f"  {metric} {severity.key}: {wording(target)} → {', '.join(_due(target))}"
            elif said is not None:
                yield f"  {metric} {severity.key}: {said}"


def _due(target: Target) -> Iterator[str]:
    for report in REPORTS:
        due = target.within.due_at(target.operating.hours, report)
        yield f"{due.astimezone(ZoneInfo(target.operating.zone)):%a %Y-%m-%d %H:%M %z}"


if __name__ == "__main__":
    for vendor in vendors():
        (TABLES / f"{vendor}.txt").write_text(table(example(vendor)), encoding="utf-8")
