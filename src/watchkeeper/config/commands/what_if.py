"""``watchkeeper what-if LEVEL``: the desk's incidents of a period, had they been promised what a level promises."""

from __future__ import annotations

import csv
import os
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from watchkeeper.config.cannot_run import CannotRun, CommandError
from watchkeeper.config.commands.desk_words import account_called
from watchkeeper.core.scorecard import BREACHED, MET, OUTSIDE_LEVEL

if TYPE_CHECKING:
    from watchkeeper.reports.importing import Progress
    from watchkeeper.reports.what_if.question import Question
    from watchkeeper.reports.what_if.tally import Tally
    from watchkeeper.reports.what_if.terms import Terms

AT_A_TIME = 1_000
_OUTCOMES = {MET: "met", BREACHED: "breached", OUTSIDE_LEVEL: "nothing promised"}


def add_arguments(parser: ArgumentParser) -> None:
    """The level, whose incidents, and when they were received."""
    parser.add_argument("level", metavar="LEVEL", help="a level of the policy, as if it had been bought for everything")
    parser.add_argument("--account", metavar="SLUG", help="of one account; without it, of all")
    parser.add_argument("--from", dest="first_day", metavar="DAY", type=_day, required=True, help="as 2026-01-01")
    parser.add_argument("--to", dest="last_day", metavar="DAY", type=_day, required=True, help="this day included")
    parser.add_argument("--sla", metavar="FILE", help="an SLA file laid over the level")
    parser.add_argument("--csv", metavar="OUT.csv", help="write every commitment as it is and as it would be")


def run(arguments: Namespace) -> int:
    """Print what would have come to what. Nothing on the desk is written."""
    from watchkeeper.config.import_output import progress_line
    from watchkeeper.people import clock
    from watchkeeper.people.wall import for_the_desk
    from watchkeeper.policies.versions import NoPolicy, policy_in_force
    from watchkeeper.reports.what_if.offered import NotOffered, terms_of

    try:
        with for_the_desk():
            question, now = _question(arguments), clock.now()
            policy = policy_in_force(now)
            named = terms_of(question, policy)
    except NotOffered as refused:
        raise CommandError(str(refused)) from None
    except NoPolicy as error:
        raise CannotRun(str(error)) from None
    with progress_line("compared") as progress, _file(arguments.csv) as file:
        tally = _count(question, named.terms, now, policy.zone, progress, file)
    print("\n".join(_said(tally, named.title, question)))
    return 0


def _question(arguments: Namespace) -> Question:
    from watchkeeper.reports.what_if.question import LEVEL, Question

    if arguments.last_day < arguments.first_day:
        raise CommandError(f"--to {arguments.last_day} lies before --from {arguments.first_day}")
    account = account_called(arguments.account).pk if arguments.account else None
    sla = "" if arguments.sla is None else _text(arguments.sla)
    return Question(LEVEL, arguments.level, arguments.first_day, arguments.last_day, account, sla)


def _count(
    question: Question, terms: Terms, now: datetime, zone: str, progress: Progress, file: TextIO | None
) -> Tally:
    """Compare all of it, so many incidents in one transaction."""
    from watchkeeper.incidents.models import Incident
    from watchkeeper.people.wall import for_the_desk
    from watchkeeper.reports.what_if.comparing import Comparison
    from watchkeeper.reports.what_if.csv_file import COLUMNS, lines_of
    from watchkeeper.reports.what_if.question import chunk
    from watchkeeper.reports.what_if.tally import Seen, Tally

    tally, comparison, before = Tally(), Comparison(terms, as_of=now), None
    writer = csv.writer(file, lineterminator="\n") if file is not None else None
    if writer is not None:
        writer.writerow(COLUMNS)
    while True:
        with for_the_desk():
            asked = question.incidents(Incident.objects.all(), zone=zone)
            found = chunk(asked, before=before, at_most=AT_A_TIME)
            for each in comparison.each(found.incidents):
                if isinstance(each, Seen):
                    tally.add(each)
                else:
                    tally.set_aside(each[1])
                if writer is not None:
                    writer.writerows(lines_of(each))
        progress(tally.incidents)
        before = found.before
        if before is None:
            return tally


def _said(tally: Tally, title: str, question: Question) -> Iterator[str]:
    from watchkeeper.config.replay_output import as_table

    yield f"what if: {title}, received from {question.first_day} through {question.last_day}"
    yield f"{tally.incidents:,} incidents, {tally.changed:,} would have come out otherwise"
    met, late = tally.newly(MET), tally.newly(BREACHED)
    yield f"{tally.newly_promised:,} promises where there was none: {met:,} met, {late:,} breached"
    yield f"{tally.go:,} breaches go, {tally.come:,} come"
    rows = [("level, severity, promise", *_OUTCOMES.values())]
    for row in tally.rows():
        name = ", ".join((row.place.level or "no entitlement", row.place.severity, row.place.metric.replace("_", " ")))
        rows.append((name, *(f"{row.was.get(o, 0):,} → {row.would.get(o, 0):,}" for o in _OUTCOMES)))
    if len(rows) > 1:
        yield ""
        yield from as_table(rows)
    for reason, number in tally.reasons.most_common():
        yield f"{number:,} cannot be computed: {reason}"


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise CommandError(f'"{written}" is no day; write it as 2026-12-31') from None


def _text(named: str) -> str:
    try:
        return Path(named).read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise CommandError(f"{named} cannot be read: {getattr(error, 'strerror', None) or error}") from None


@contextmanager
def _file(named: str | None) -> Iterator[TextIO | None]:
    """The file to write, which appears under its name when it is whole."""
    if named is None:
        yield None
        return
    path = Path(named)
    partial = path.with_name(f".{path.name}.part")
    try:
        with partial.open("w", encoding="utf-8", newline="") as file:
            yield file
        os.replace(partial, path)
    except OSError as error:
        raise CommandError(f"{named} cannot be written: {error.strerror or error}") from None
    finally:
        partial.unlink(missing_ok=True)
