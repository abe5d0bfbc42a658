"""``watchkeeper import KIND FILE``: add accounts, people, licences or agreements from a table, or change them by it."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from watchkeeper.config.cannot_run import CannotRun, CommandError

if TYPE_CHECKING:
    from watchkeeper.office.importing.carrying import Checked, Given

NOT_IMPORTED = 1
MOST_SHOWN = 100


def add_arguments(parser: ArgumentParser) -> None:
    """The kind of table, the file, and how it is meant."""
    from watchkeeper.office.importing.kinds import KINDS
    from watchkeeper.office.importing.text import CP1252

    parser.epilog = "another help desk's log is brought in with: watchkeeper import FILE.csv --account SLUG …"
    parser.add_argument("kind", metavar="KIND", choices=KINDS, help=f"what a row is about: {', '.join(KINDS)}")
    parser.add_argument("file", metavar="FILE", type=Path, help="comma-separated values, as spreadsheets save them")
    parser.add_argument("--dry-run", action="store_true", help="say what would be done, and write nothing")
    parser.add_argument("--encoding", choices=[CP1252], default="", help="where the file is neither UTF-8 nor UTF-16")
    parser.add_argument("--invite", action="store_true", help="mail new people a link to set a password")


def run(arguments: Namespace) -> int:
    """Import it, or say why not: 1 where anything in it cannot be done, and then nothing was."""
    from watchkeeper.office.importing import carrying
    from watchkeeper.people.wall import for_the_desk
    from watchkeeper.policies.versions import NoPolicy

    given = _given(arguments)
    try:
        with for_the_desk():
            if arguments.dry_run:
                checked = carrying.check(given)
            else:
                checked = carrying.carry_out(given, by=None)
                if checked.plan.is_sound:
                    carrying.finish(carrying.keep(given, by=None), checked)
    except (carrying.Changed, NoPolicy) as error:
        raise CannotRun(str(error)) from None
    return _say(arguments, checked)


def _given(arguments: Namespace) -> Given:
    from watchkeeper.office.importing.carrying import Given
    from watchkeeper.office.importing.kinds import KINDS

    if arguments.invite and arguments.kind != "people":
        raise CommandError("--invite is for a table of people")
    return Given(
        kind=KINDS[arguments.kind],
        file_name=arguments.file.name,
        content=_content(arguments.file),
        encoding=arguments.encoding,
        sla_files=_sla_files(arguments.file.parent) if arguments.kind == "agreements" else {},
        invites=arguments.invite,
    )


def _content(path: Path) -> bytes:
    from watchkeeper.office.importing.text import LARGEST

    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        raise CommandError(f"{path} cannot be read: {getattr(error, 'strerror', None) or error}") from None


def _sla_files(folder: Path) -> dict[str, str]:
    """The SLA files that lie beside the table. One that is no text is left out, and so is not there if named."""
    found = {}
    for path in sorted([*folder.glob("*.yaml"), *folder.glob("*.yml")]):
        try:
            found[path.name] = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            continue
    return found


def _say(arguments: Namespace, checked: Checked) -> int:
    plan = checked.plan
    name = arguments.file.name
    if not plan.is_sound:
        for problem in plan.problems[:MOST_SHOWN]:
            print(problem, file=sys.stderr)
        rest = len(plan.problems) - MOST_SHOWN
        more = f"; {rest} more are not shown" if rest > 0 else ""
        print(f"{name}: {_counted(len(plan.problems), 'problem')}, and nothing is imported{more}", file=sys.stderr)
        return NOT_IMPORTED
    for step in plan.steps[:MOST_SHOWN]:
        says = f": {'; '.join(step.says)}" if step.says else ""
        print(f"line {step.line}: {step.about} is {step.act}{says}")
    if len(plan.steps) > MOST_SHOWN:
        print(f"and {len(plan.steps) - MOST_SHOWN} more")
    for said in plan.beside:
        print(said)
    done = f"{plan.added} added, {plan.changed} changed, {plan.unchanged} as they were"
    print(f"{name} ({checked.read_as}): {done}" + ("; a dry run: nothing is written" if arguments.dry_run else ""))
    return 0


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" + ("" if number == 1 else "s")
