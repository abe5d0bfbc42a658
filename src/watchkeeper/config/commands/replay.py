"""``watchkeeper replay FILE.csv --level LEVEL …``: another help desk's export, judged by a policy."""

from __future__ import annotations

import csv
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from watchkeeper.config.cannot_run import CommandError
from watchkeeper.config.policy_source import policy_named
from watchkeeper.core.at_receipt import Terms
from watchkeeper.core.policy import Policy, UnknownLevel, UnknownSeverity
from watchkeeper.core.zones import UnknownZone
from watchkeeper.reports.replay import (
    EventReader,
    RowReader,
    SeverityReader,
    Table,
    TimeReader,
    UnreadableTable,
    UnreadableTime,
    UnusableFormat,
    open_table,
    replay,
)

_ROW_OPTIONS = ("opened", "acknowledged")
_EVENT_OPTIONS = ("case", "activity", "at", "opened_by", "acknowledged_by")
_NEEDED_EVENT_OPTIONS = ("case", "activity", "at")


def add_arguments(parser: ArgumentParser) -> None:
    """The file, the level, and how its columns are to be read."""
    parser.add_argument("file", metavar="FILE.csv", help="comma, semicolon or tab separated, with a row of names")
    parser.add_argument("--level", required=True, metavar="LEVEL", help="break-fix, advanced or premium as shipped")
    parser.add_argument("--policy", metavar="FILE", help="a policy file instead of the shipped one")
    rows = parser.add_argument_group("one row an incident")
    rows.add_argument("--opened", metavar="COLUMN", help="when it was reported")
    rows.add_argument("--acknowledged", metavar="COLUMN", help="when it was acknowledged; empty: not yet")
    events = parser.add_argument_group("one row an event")
    events.add_argument("--case", metavar="COLUMN", help="which incident the event belongs to")
    events.add_argument("--activity", metavar="COLUMN", help="what happened")
    events.add_argument("--at", metavar="COLUMN", help="when it happened")
    events.add_argument("--opened-by", metavar="NAME,…", help="activities that open a case; else its first event does")
    events.add_argument("--acknowledged-by", metavar="NAME,…", help="activities that acknowledge it")
    reading = parser.add_argument_group("severities and times")
    reading.add_argument("--severity", metavar="COLUMN", help="its severity, by the policy's number or name")
    reading.add_argument("--severity-map", metavar="'P1=1,P2=2'", help="what the column's words mean in the policy")
    reading.add_argument("--fixed-severity", metavar="N", help="one severity for all, where no column says it")
    reading.add_argument("--zone", metavar="ZONE", help="the zone of times without offset, as America/Chicago")
    reading.add_argument("--time-format", metavar="FORMAT", help="as %%d/%%m/%%Y %%H:%%M; ISO 8601 needs none")
    reading.add_argument(
        "--as-of", metavar="INSTANT", help="judge as things stood then; else at the last instant in it"
    )
    parser.add_argument("--out", metavar="OUT.csv", help="write each incident with its due time, outcome and margin")
    parser.add_argument("--json", action="store_true", help="the result as one JSON object")


def run(arguments: Namespace) -> int:
    """Replay the file and print what it came to. Raises ``CommandError`` for what cannot be replayed."""
    from watchkeeper.config.replay_output import output, progress_shown, reported

    policy = policy_named(arguments.policy)
    try:
        terms = Terms(policy, policy.level(arguments.level))
        times = TimeReader(arguments.zone, arguments.time_format)
        table, reader, is_measurable = _export(arguments, policy, times)
        as_of = _as_of(arguments)
        with output(arguments.out, table) as sink, progress_shown(table.path) as progress:
            report = replay(
                table, reader, terms, is_measurable=is_measurable, as_of=as_of, sink=sink, progress=progress
            )
    except UnusableFormat as error:
        raise CommandError(f"--time-format: {error}") from None
    except (UnknownLevel, UnknownZone, UnreadableTable) as error:
        raise CommandError(str(error)) from None
    except OSError as error:
        raise CommandError(f"{error.filename or arguments.file}: {error.strerror or error}") from None
    return reported(report, terms=terms, table=table, reader=reader, as_json=arguments.json)


def _export(arguments: Namespace, policy: Policy, times: TimeReader) -> tuple[Table, RowReader | EventReader, bool]:
    """The table, a reader for its form, and whether it tells of acknowledgements."""
    is_event_log = _is_event_log(arguments)
    if (arguments.severity is None) == (arguments.fixed_severity is None):
        raise CommandError("give the severity's column with --severity, or one for all with --fixed-severity")
    if arguments.severity_map is not None and arguments.severity is None:
        raise CommandError("--severity-map says what the words of a column mean; name the column with --severity")
    options = _NEEDED_EVENT_OPTIONS if is_event_log else _ROW_OPTIONS
    named = [getattr(arguments, option) for option in (*options, "severity")]
    table = open_table(_regular(arguments.file), [column for column in named if column is not None])
    severity = SeverityReader(
        policy,
        column=None if arguments.severity is None else table.position(arguments.severity),
        fixed=None
        if arguments.fixed_severity is None
        else _severity(policy, arguments.fixed_severity, "fixed-severity"),
        words=_words(policy, arguments.severity_map),
    )
    if is_event_log:
        acknowledged_by = _names(arguments.acknowledged_by)
        events = EventReader(
            case=table.position(arguments.case),
            activity=table.position(arguments.activity),
            at=table.position(arguments.at),
            opened_by=_names(arguments.opened_by),
            acknowledged_by=acknowledged_by,
            severity=severity,
            times=times,
        )
        return table, events, bool(acknowledged_by)
    acknowledged = None if arguments.acknowledged is None else table.position(arguments.acknowledged)
    return table, RowReader(table.position(arguments.opened), acknowledged, severity, times), acknowledged is not None


def _is_event_log(arguments: Namespace) -> bool:
    rows = [option for option in _ROW_OPTIONS if getattr(arguments, option) is not None]
    events = [option for option in _EVENT_OPTIONS if getattr(arguments, option) is not None]
    if rows and events:
        raise CommandError(
            f"--{_dashed(rows[0])} is for one row an incident, --{_dashed(events[0])} for one row an event"
        )
    missing = [option for option in _NEEDED_EVENT_OPTIONS if events and option not in events]
    if missing:
        raise CommandError(f"one row an event needs --{_dashed(missing[0])} COLUMN too")
    if not events and arguments.opened is None:
        raise CommandError(
            "name the column of the opening with --opened, or, for one row an event, --case, --activity, --at"
        )
    return bool(events)


def _dashed(option: str) -> str:
    return option.replace("_", "-")


def _regular(named: str) -> Path:
    path = Path(named)
    if path.exists() and not path.is_file():
        raise CommandError(f"{named} is no regular file; a replay reads its file more than once")
    return path


def _words(policy: Policy, written: str | None) -> Mapping[str, int] | None:
    """``P1=1,P2=High`` as severity numbers by word."""
    if written is None:
        return None
    words: dict[str, int] = {}
    for pair in filter(None, (part.strip() for part in written.split(","))):
        word, equals, severity = pair.rpartition("=")
        if not equals or not word.strip():
            raise CommandError(f'--severity-map: "{pair}" is no pair; write WORD=SEVERITY, as P1=1,P2=2')
        words[word.strip()] = _severity(policy, severity, "severity-map")
    if not words:
        raise CommandError("--severity-map is empty; write WORD=SEVERITY, as P1=1,P2=2")
    return words


def _severity(policy: Policy, written: str, option: str) -> int:
    try:
        return policy.severity(written).number
    except UnknownSeverity as error:
        raise CommandError(f"--{option}: {error}") from None


def _names(written: str | None) -> tuple[str, ...]:
    """``Assign,"Wait, then call"``: names between commas, in quotes where a name holds one."""
    return tuple(filter(None, (name.strip() for name in next(csv.reader([written or ""], skipinitialspace=True), []))))


def _as_of(arguments: Namespace) -> datetime | None:
    if arguments.as_of is None:
        return None
    try:
        return TimeReader(arguments.zone).read(arguments.as_of)
    except UnreadableTime as error:
        raise CommandError(f"--as-of: {error}") from None
