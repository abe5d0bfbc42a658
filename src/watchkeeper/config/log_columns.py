"""How the columns of another desk's export are named on the command line: for a replay, and to bring it in."""

from __future__ import annotations

import csv
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from watchkeeper.config.cannot_run import CommandError
from watchkeeper.core.policy import Policy, UnknownSeverity
from watchkeeper.reports.replay import EventReader, RowReader, SeverityReader, Table, TimeReader, open_table

_ROW_OPTIONS = ("opened", "acknowledged", "id", "resolved")
_EVENT_OPTIONS = ("case", "activity", "at", "opened_by", "acknowledged_by", "resolved_by")
_NEEDED_EVENT_OPTIONS = ("case", "activity", "at")


class Export(NamedTuple):
    """A table, a reader for its form, and of what it tells: acknowledgements, resolutions."""

    table: Table
    reader: RowReader | EventReader
    tells_of_acknowledgements: bool
    tells_of_resolutions: bool


def add_column_options(parser: ArgumentParser, *, with_what_becomes_of_it: bool = False) -> None:
    """Which columns say what, and how they are to be read. With what becomes of it there are those that a replay does
    not need: what an incident is called, and its resolution."""
    rows = parser.add_argument_group("one row an incident")
    if with_what_becomes_of_it:
        rows.add_argument("--id", metavar="COLUMN", help="what an incident is called there")
    rows.add_argument("--opened", metavar="COLUMN", help="when it was reported")
    rows.add_argument("--acknowledged", metavar="COLUMN", help="when it was acknowledged; empty: not yet")
    if with_what_becomes_of_it:
        rows.add_argument("--resolved", metavar="COLUMN", help="when it was resolved; empty: not yet")
    events = parser.add_argument_group("one row an event")
    events.add_argument("--case", metavar="COLUMN", help="which incident the event belongs to")
    events.add_argument("--activity", metavar="COLUMN", help="what happened")
    events.add_argument("--at", metavar="COLUMN", help="when it happened")
    events.add_argument("--opened-by", metavar="NAME,…", help="activities that open a case; else its first event does")
    events.add_argument("--acknowledged-by", metavar="NAME,…", help="activities that acknowledge it")
    if with_what_becomes_of_it:
        events.add_argument("--resolved-by", metavar="NAME,…", help="activities that resolve it; the last one counts")
    reading = parser.add_argument_group("severities and times")
    reading.add_argument("--severity", metavar="COLUMN", help="its severity, by the policy's number or name")
    reading.add_argument("--severity-map", metavar="'P1=1,P2=2'", help="what the column's words mean in the policy")
    reading.add_argument("--fixed-severity", metavar="N", help="one severity for all, where no column says it")
    reading.add_argument("--zone", metavar="ZONE", help="the zone of times without offset, as America/Chicago")
    reading.add_argument("--time-format", metavar="FORMAT", help="as %%d/%%m/%%Y %%H:%%M; ISO 8601 needs none")


def export_of(arguments: Namespace, policy: Policy, times: TimeReader, *, beside: tuple[str, ...] = ()) -> Export:
    """The export that the arguments name, with the columns ``beside`` those that are read here.

    Raises ``CommandError``, ``UnreadableTable`` and ``OSError``.
    """
    is_event_log = _is_event_log(arguments)
    _require_a_severity(arguments)
    columns = [
        _given(arguments, option) for option in (*(_NEEDED_EVENT_OPTIONS if is_event_log else _ROW_OPTIONS), "severity")
    ]
    table = open_table(_regular(arguments.file), [column for column in (*columns, *beside) if column is not None])
    severity = SeverityReader(
        policy,
        column=None if arguments.severity is None else table.position(arguments.severity),
        fixed=None
        if arguments.fixed_severity is None
        else _severity(policy, arguments.fixed_severity, "fixed-severity"),
        words=_words(policy, arguments.severity_map),
    )
    if is_event_log:
        acknowledged_by, resolved_by = (_names(_given(arguments, f"{act}_by")) for act in ("acknowledged", "resolved"))
        events = EventReader(
            case=table.position(arguments.case),
            activity=table.position(arguments.activity),
            at=table.position(arguments.at),
            opened_by=_names(arguments.opened_by),
            acknowledged_by=acknowledged_by,
            resolved_by=resolved_by,
            severity=severity,
            times=times,
        )
        return Export(table, events, bool(acknowledged_by), bool(resolved_by))
    acknowledged, key, resolved = (_position(arguments, table, option) for option in ("acknowledged", "id", "resolved"))
    rows = RowReader(table.position(arguments.opened), acknowledged, severity, times, key, resolved)
    return Export(table, rows, acknowledged is not None, resolved is not None)


def _given(arguments: Namespace, option: str) -> str | None:
    """What was given for an option that not every command has."""
    given: str | None = getattr(arguments, option, None)
    return given


def _position(arguments: Namespace, table: Table, option: str) -> int | None:
    column = _given(arguments, option)
    return None if column is None else table.position(column)


def _require_a_severity(arguments: Namespace) -> None:
    if (arguments.severity is None) == (arguments.fixed_severity is None):
        raise CommandError("give the severity's column with --severity, or one for all with --fixed-severity")
    if arguments.severity_map is not None and arguments.severity is None:
        raise CommandError("--severity-map says what the words of a column mean; name the column with --severity")


def _is_event_log(arguments: Namespace) -> bool:
    rows = [option for option in _ROW_OPTIONS if _given(arguments, option) is not None]
    events = [option for option in _EVENT_OPTIONS if _given(arguments, option) is not None]
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
        raise CommandError(f"{named} is no regular file; the file is read more than once")
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
