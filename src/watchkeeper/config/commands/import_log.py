"""``watchkeeper import FILE.csv --account SLUG …``: another help desk's log, brought in as incidents of an account."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

from watchkeeper.config.cannot_run import CannotRun, CommandError
from watchkeeper.config.commands.desk_words import account_called
from watchkeeper.config.log_columns import add_column_options, export_of
from watchkeeper.core.policy import ACKNOWLEDGEMENT, RESOLUTION, UnknownLevel
from watchkeeper.core.zones import UnknownZone
from watchkeeper.reports.replay import TimeReader, UnreadableTable, UnusableFormat

if TYPE_CHECKING:
    from watchkeeper.config.log_columns import Export
    from watchkeeper.people.models import Account
    from watchkeeper.reports.importing import Import, Texts

NOTHING_READ = 1
_TEXTS = ("title", "body", "product", "component", "environment")
_SOURCE = "another desk"
_LONGEST_SOURCE = 100


def add_arguments(parser: ArgumentParser) -> None:
    """The file, whose incidents they are, how its columns are to be read, and what to assume."""
    parser.add_argument("file", metavar="FILE.csv", help="comma, semicolon or tab separated, with a row of names")
    parser.add_argument("--account", required=True, metavar="SLUG", help="whose incidents they become")
    parser.add_argument("--dry-run", action="store_true", help="say what would be made, and write nothing")
    parser.add_argument(
        "--source", metavar="NAME", default=_SOURCE, help="which desk it comes from; its ids are its own"
    )
    parser.add_argument("--assume-level", metavar="LEVEL", default="", help="promised where the account had none then")
    add_column_options(parser, with_what_becomes_of_it=True)
    texts = parser.add_argument_group("what an incident is about")
    for name in _TEXTS:
        texts.add_argument(f"--{name}", metavar="COLUMN", help=f"its {name}" + ("; else its id" * (name == "title")))


class _Asked(NamedTuple):
    """What was asked for, looked up: whose log it is, and what it says where."""

    account: Account
    export: Export
    texts: Texts


def run(arguments: Namespace) -> int:
    """Bring it in, or say what would be made. Raises ``CommandError`` for what cannot be read at all."""
    from watchkeeper.config.import_output import progress_line, said
    from watchkeeper.policies.versions import NoPolicy

    try:
        asked = _asked(arguments)
        started = monotonic()
        with progress_line("read" if arguments.dry_run else "brought in") as progress:
            importing = _import(arguments, asked)
            brought = importing.dry_run(progress) if arguments.dry_run else importing.carry_out(progress)
    except NoPolicy as error:
        raise CannotRun(str(error)) from None
    except UnusableFormat as error:
        raise CommandError(f"--time-format: {error}") from None
    except UnknownLevel as error:
        raise CommandError(f"--assume-level: {error}") from None
    except (UnknownZone, UnreadableTable) as error:
        raise CommandError(str(error)) from None
    except OSError as error:
        raise CommandError(f"{error.filename or arguments.file}: {error.strerror or error}") from None
    for line in brought.left_out:
        print(line, file=sys.stderr)
    left_behind = _columns_left_behind(arguments, asked.export)
    print("\n".join(said(brought, arguments, asked.account, left_behind, monotonic() - started)))
    return NOTHING_READ if brought.rows and not brought.incidents else 0


def _asked(arguments: Namespace) -> _Asked:
    from watchkeeper.people import clock
    from watchkeeper.people.wall import for_the_desk
    from watchkeeper.policies.versions import policy_in_force
    from watchkeeper.reports.importing import Texts

    _require_ids(arguments)
    with for_the_desk():
        account = account_called(arguments.account)
        policy = policy_in_force(clock.now())
    if arguments.assume_level:
        policy.level(arguments.assume_level)
    named = {name: getattr(arguments, name) for name in _TEXTS}
    times = TimeReader(arguments.zone, arguments.time_format)
    export = export_of(arguments, policy, times, beside=tuple(filter(None, named.values())))
    at = {name: None if column is None else export.table.position(column) for name, column in named.items()}
    return _Asked(account, export, Texts(**at))


def _require_ids(arguments: Namespace) -> None:
    if arguments.case is None and arguments.opened is not None and arguments.id is None:
        raise CommandError(
            "name the column of the log's own ids with --id: by them an incident is made once, however often it is read"
        )
    if not arguments.source.strip() or len(arguments.source) > _LONGEST_SOURCE:
        raise CommandError(f"--source names the desk it comes from, in 1 to {_LONGEST_SOURCE} characters")


def _import(arguments: Namespace, asked: _Asked) -> Import:
    from watchkeeper.incidents.importing import Log
    from watchkeeper.reports.importing import Import

    export = asked.export
    told = {ACKNOWLEDGEMENT: export.tells_of_acknowledgements, RESOLUTION: export.tells_of_resolutions}
    tells = tuple(metric for metric, is_told in told.items() if is_told)
    log = Log(arguments.source.strip(), export.table.path.name, tells)
    return Import(
        table=export.table,
        reader=export.reader,
        texts=asked.texts,
        log=log,
        account=asked.account,
        assumed_level=arguments.assume_level,
    )


def _columns_left_behind(arguments: Namespace, export: Export) -> list[str]:
    """The columns of the file that nothing is read from."""
    options = ("id", "opened", "acknowledged", "resolved", "case", "activity", "at", "severity", *_TEXTS)
    used = {getattr(arguments, option) for option in options}
    return [column for column in export.table.columns if column not in used]
