"""``watchkeeper replay FILE.csv --level LEVEL …``: another help desk's export, judged by a policy."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import datetime

from watchkeeper.config.cannot_run import CommandError
from watchkeeper.config.log_columns import add_column_options, export_of
from watchkeeper.config.policy_source import policy_named
from watchkeeper.core.at_receipt import Terms
from watchkeeper.core.policy import UnknownLevel
from watchkeeper.core.zones import UnknownZone
from watchkeeper.reports.replay import TimeReader, UnreadableTable, UnreadableTime, UnusableFormat, replay


def add_arguments(parser: ArgumentParser) -> None:
    """The file, the level, and how its columns are to be read."""
    parser.add_argument("file", metavar="FILE.csv", help="comma, semicolon or tab separated, with a row of names")
    parser.add_argument("--level", required=True, metavar="LEVEL", help="break-fix, advanced or premium as shipped")
    parser.add_argument("--policy", metavar="FILE", help="a policy file instead of the shipped one")
    add_column_options(parser)
    parser.add_argument("--as-of", metavar="INSTANT", help="judge as things stood then; else at the last instant in it")
    parser.add_argument("--out", metavar="OUT.csv", help="write each incident with its due time, outcome and margin")
    parser.add_argument("--html", metavar="REPORT.html", help="write the result as a page that needs nothing beside it")
    parser.add_argument("--json", action="store_true", help="the result as one JSON object")


def run(arguments: Namespace) -> int:
    """Replay the file and print what it came to. Raises ``CommandError`` for what cannot be replayed."""
    from watchkeeper.config.replay_output import both, html_output, output, progress_shown, reported, warnings_of

    policy = policy_named(arguments.policy)
    try:
        terms = Terms(policy, policy.level(arguments.level))
        table, reader, is_measurable, _ = export_of(
            arguments, policy, TimeReader(arguments.zone, arguments.time_format)
        )
        as_of = _as_of(arguments)
        with (
            output(arguments.out, table) as sink,
            html_output(arguments.html, table, terms) as page,
            progress_shown(table.path) as progress,
        ):
            takes = both(sink, page.collected if page else None)
            report = replay(
                table, reader, terms, is_measurable=is_measurable, as_of=as_of, sink=takes, progress=progress
            )
            if page is not None:
                page.write(report, warnings_of(report, table, reader))
    except UnusableFormat as error:
        raise CommandError(f"--time-format: {error}") from None
    except (UnknownLevel, UnknownZone, UnreadableTable) as error:
        raise CommandError(str(error)) from None
    except OSError as error:
        raise CommandError(f"{error.filename or arguments.file}: {error.strerror or error}") from None
    return reported(report, terms=terms, table=table, reader=reader, as_json=arguments.json)


def _as_of(arguments: Namespace) -> datetime | None:
    if arguments.as_of is None:
        return None
    try:
        return TimeReader(arguments.zone).read(arguments.as_of)
    except UnreadableTime as error:
        raise CommandError(f"--as-of: {error}") from None
