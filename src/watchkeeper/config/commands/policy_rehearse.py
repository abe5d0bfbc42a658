"""``watchkeeper policy rehearse [FILE]``: which days ahead are odd, and what they do to each level's windows."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from watchkeeper.config.cannot_run import CommandError
from watchkeeper.config.policy_source import sound
from watchkeeper.core.zones import zone

if TYPE_CHECKING:
    from watchkeeper.core.rehearsal import Period


def add_arguments(parser: ArgumentParser) -> None:
    """The file, and the months."""
    parser.add_argument("file", metavar="FILE", nargs="?", help="the shipped policy where none is named")
    begins = parser.add_mutually_exclusive_group()
    begins.add_argument("--year", metavar="Y", help="from the first of January, for twelve months")
    begins.add_argument("--from", dest="first", metavar="DATE", help="from this date, 2026-12-24; else from today")
    parser.add_argument("--months", type=int, metavar="N", help="for so many months; else for twelve")
    parser.add_argument("--json", action="store_true", help="as one JSON object")


def run(arguments: Namespace) -> int:
    """Print the rehearsal. Raises ``CommandError`` for what cannot be rehearsed."""
    from watchkeeper.core.rehearsal import names_written, rehearse

    file, text = sound(arguments.file)
    period = _period(arguments, file.policy.zone)
    rehearsal = rehearse(file.policy, period, holidays=file.holidays, names=names_written(text))
    if arguments.json:
        import json

        from watchkeeper.config.rehearsal_output import as_json

        print(json.dumps(as_json(rehearsal), ensure_ascii=False, indent=2))
    else:
        from watchkeeper.config.rehearsal_output import lines

        print("\n".join(lines(rehearsal)))
    return 0


def _period(arguments: Namespace, policy_zone: str) -> Period:
    from watchkeeper.core.rehearsal import UnsoundPeriod, months_from

    if arguments.year:
        first = _date(f"{arguments.year}-01-01", f'"{arguments.year}" is not a year; write it as 2026')
    elif arguments.first:
        first = _date(arguments.first, f'"{arguments.first}" is not a date; write it as 2026-12-24')
    else:
        first = datetime.now(UTC).astimezone(zone(policy_zone)).date()
    try:
        return months_from(first, 12 if arguments.months is None else arguments.months)
    except UnsoundPeriod as error:
        raise CommandError(str(error)) from None


def _date(written: str, complaint: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise CommandError(complaint) from None
