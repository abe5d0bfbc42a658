"""``watchkeeper policy export``: a version of the desk's policy as a file, or the list of its versions."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from datetime import UTC, date
from typing import TYPE_CHECKING, Any

from watchkeeper.config.cannot_run import CannotRun, CommandError
from watchkeeper.config.commands.desk_words import NotFound, dated

if TYPE_CHECKING:
    from watchkeeper.office.publishing.versions import Life
    from watchkeeper.policies.models import PolicyVersion

EXPORTED = 0


def add_arguments(parser: ArgumentParser) -> None:
    """Which version, in which form, and where to."""
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--version", metavar="N", type=_number, help="the version of this number")
    which.add_argument("--at", metavar="DATE", type=_day, help="the version in force on this day; else the one of now")
    which.add_argument("--list", action="store_true", help="the versions there are, instead of one of them")
    parser.add_argument(
        "--with-holidays", action="store_true", help="countries' holidays as the dates that were stored"
    )
    parser.add_argument("--json", action="store_true", help="as JSON, with the number, days, author and note")
    parser.add_argument("--out", metavar="FILE", help="into this file instead of on the screen")


def run(arguments: Namespace) -> int:
    """Print it to the letter, or write it into a file. Raises ``NotFound`` where there is no such version."""
    from watchkeeper.people.wall import for_the_desk

    if arguments.list and arguments.with_holidays:
        raise CommandError("--with-holidays is for the text of a version; leave out --list")
    with for_the_desk():
        text = _list(arguments) if arguments.list else _one(arguments)
    content = text.encode()
    if arguments.out is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
    else:
        _write(arguments.out, content)
    return EXPORTED


def _list(arguments: Namespace) -> str:
    from watchkeeper.office.publishing.versions import lives
    from watchkeeper.people import clock

    found = sorted(lives(clock.now()), key=lambda life: life.version.number)
    if arguments.json:
        return _json([_facts(life.version) | {"state": life.state} for life in found])
    return "".join(f"{line}\n" for line in _table([_row(life) for life in found]))


def _row(life: Life) -> list[str]:
    from watchkeeper.office.publishing.words import first_day
    from watchkeeper.policies.versions import policy_of

    version = life.version
    published = f"published {dated(version.published_at, policy_of(version))}"
    by = f" by {version.published_by.name}" if version.published_by else ""
    return [str(version.number), life.state, f"from {first_day(version.valid_from)}", f"{published}{by}", version.note]


def _table(rows: list[list[str]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def _one(arguments: Namespace) -> str:
    version = _version(arguments)
    text = _with_dates(version) if arguments.with_holidays else version.text
    if not arguments.json:
        return text
    holidays = {} if arguments.with_holidays else version.holidays
    return _json(_facts(version) | {"text": text, "holidays": holidays})


def _version(arguments: Namespace) -> PolicyVersion:
    from watchkeeper.people import clock
    from watchkeeper.policies.models import PolicyVersion
    from watchkeeper.policies.versions import NoPolicy, version_in_force

    versions = PolicyVersion.objects.select_related("published_by")
    if arguments.version is not None:
        found, what = versions.filter(number=arguments.version).first(), f"there is no version {arguments.version}"
    elif arguments.at is not None:
        found, what = versions.in_force_on(arguments.at), f"no policy was in force on {arguments.at}"
    else:
        try:
            return version_in_force(clock.now())
        except NoPolicy as error:
            raise CannotRun(str(error)) from None
    if found is None:
        raise NotFound(f"{what}; the versions there are: watchkeeper policy export --list")
    return found


def _with_dates(version: PolicyVersion) -> str:
    from watchkeeper.core.policy_file.editing import CannotEdit
    from watchkeeper.core.policy_file.written_out import with_dates

    holidays = {code: [date.fromisoformat(day) for day in days] for code, days in version.holidays.items()}
    try:
        return with_dates(version.text, holidays)
    except CannotEdit as error:
        raise CannotRun(f"the holidays of version {version.number} cannot be written out: {error}") from None


def _facts(version: PolicyVersion) -> dict[str, Any]:
    return {
        "version": version.number,
        "valid_from": version.valid_from.isoformat(),
        "published_at": version.published_at.astimezone(UTC).isoformat(),
        "published_by": version.published_by.name if version.published_by else None,
        "note": version.note,
    }


def _json(value: object) -> str:
    import json

    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _write(path: str, content: bytes) -> None:
    try:
        with open(path, "wb") as file:
            file.write(content)
    except (OSError, ValueError) as error:
        raise CommandError(f"{path} cannot be written: {getattr(error, 'strerror', None) or error}") from None


def _number(written: str) -> int:
    if not (written.isascii() and written.isdigit() and len(written) < 10):
        raise ArgumentTypeError(f'"{written}" is no number of a version; write 2')
    return int(written)


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise ArgumentTypeError(f'"{written}" is no day; write 2027-01-01') from None
