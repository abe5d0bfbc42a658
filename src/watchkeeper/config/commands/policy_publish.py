"""``watchkeeper policy publish FILE --from DATE``: check, compare, replay, and then publish on the desk's database."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from watchkeeper.config.cannot_run import CommandError
from watchkeeper.config.policy_source import text_at, verdict
from watchkeeper.core.policy_file import PolicyFileErrors, open_policy

if TYPE_CHECKING:
    from watchkeeper.office.publishing.plan import Plan
    from watchkeeper.people.models import Person

PUBLISHED, NOT_PUBLISHED = 0, 1
TODAY = "today"


def add_arguments(parser: ArgumentParser) -> None:
    """The file, from when it is to be in force, why, and by whom."""
    when = "the first day on which it holds, as 2027-01-01; today: at once"
    parser.add_argument("file", metavar="FILE")
    parser.add_argument("--from", dest="valid_from", metavar="DATE", required=True, type=_day, help=when)
    parser.add_argument("--note", default="", help="why it changes; it stays with the version")
    parser.add_argument("--by", metavar="EMAIL", help="the manager in whose name it is published")
    parser.add_argument("--dry-run", action="store_true", help="say what it would do, and publish nothing")


def run(arguments: Namespace) -> int:
    """Publish the file, or say why not: 1 where it is unsound or anything stands in the way."""
    from watchkeeper.office.publishing.plan import NotPublished
    from watchkeeper.people.wall import for_the_desk

    try:
        text = text_at(arguments.file)
        open_policy(text)
    except PolicyFileErrors as errors:
        print("\n".join(map(str, errors.problems)))
        return NOT_PUBLISHED
    try:
        with for_the_desk():
            return _publish(text, arguments)
    except NotPublished as refused:
        return _refuse(refused.reasons)


def _publish(text: str, arguments: Namespace) -> int:
    from watchkeeper.office.publishing.effect import replayed
    from watchkeeper.office.publishing.plan import plan
    from watchkeeper.office.publishing.publication import publish_text
    from watchkeeper.office.publishing.words import said
    from watchkeeper.people import clock
    from watchkeeper.policies.publishing import candidate

    by, now = _manager(arguments.by), clock.now()
    planned = plan(text, valid_from=arguments.valid_from, at=now)
    for line in (*_of_the_plan(planned), *_of_the_effect(replayed(candidate(text), as_of=now))):
        print(line)
    if planned.obstacles:
        return _refuse(planned.obstacles)
    if arguments.dry_run:
        print(f"a dry run: nothing is published; it would be in force from {said(planned.day)}")
        return PUBLISHED
    note = arguments.note or f"published from {arguments.file}"
    version = publish_text(text, valid_from=arguments.valid_from, note=note, by=by)
    print(f"published as version {version.number}, in force from {said(version.valid_from)}")
    return PUBLISHED


def _manager(email: str | None) -> Person | None:
    from watchkeeper.config.commands.desk_words import person_called
    from watchkeeper.people import access

    if email is None:
        return None
    person = person_called(email)
    if not access.may(person, "publish policy"):
        raise CommandError(f"{person.name} is not a manager; only managers publish a policy")
    return person


def _of_the_plan(planned: Plan) -> Iterator[str]:
    assert planned.checked.file is not None, "a plan is made for a sound text"
    yield verdict(planned.checked.file)
    yield from (f"warning: {warning}" for warning in planned.checked.warnings)
    yield f"against version {planned.replaces.number}:"
    yield from (f"  {difference}" for difference in planned.checked.differences or ("nothing is promised otherwise",))
    yield from (f"would break: {broken}" for broken in planned.broken)
    yield from (f"mind: {remark}" for remark in planned.remarks)


def _of_the_effect(effect: dict[str, Any]) -> Iterator[str]:
    from watchkeeper.office.publishing.words import counted, metric_name, outcome_name, that_differ

    of = f"of {counted(effect['incidents'], 'incident')} of the last {effect['days']} days"
    yield f"{of} {effect['changed']} would have come out otherwise, and {effect['uncomputable']} cannot be computed"
    for row in that_differ(effect["rows"]):
        counts = (f"{outcome} {row['was'][outcome]} → {row['would'][outcome]}" for outcome in row["was"])
        yield f"  {row['level']}, {row['severity']}: {metric_name(row['metric']).lower()}: {', '.join(counts)}"
    for change in effect["changes"]:
        yield from (
            f"  {change['reference']} ({change['account']}): {metric_name(each['metric']).lower()} "
            f"{outcome_name(each['was'])} → {outcome_name(each['would'])}"
            for each in change["changes"]
        )
    yield from (f"  not computed, {reason['count']}: {reason['reason']}" for reason in effect["reasons"])


def _refuse(reasons: tuple[str, ...]) -> int:
    for reason in reasons:
        print(reason, file=sys.stderr)
    return NOT_PUBLISHED


def _day(written: str) -> date | None:
    if written == TODAY:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise ArgumentTypeError(f'"{written}" is no day; write 2027-01-01, or today') from None
