"""``watchkeeper mail``: how mail comes in without a person."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from pathlib import Path

from watchkeeper.config.cannot_run import CannotRun, CommandError

KEEP_IT_AND_TRY_AGAIN = os.EX_TEMPFAIL
IT_WILL_NEVER_DO = os.EX_DATAERR


def add_arguments(parser: ArgumentParser) -> None:
    """``take``, ``doors``, ``handle`` and ``test``."""
    acts = parser.add_subparsers(dest="act", required=True, metavar="take|doors|handle|test", parser_class=type(parser))
    take = acts.add_parser(
        "take",
        help="keep one mail, such as a mail server pipes it; exit status 0: it is kept, 75: try again, 65: never",
    )
    take.add_argument("file", metavar="FILE", nargs="?", default="-", help="the mail as it came; -, or none: stdin")
    take.add_argument(
        "--for", dest="recipients", action="append", default=[], metavar="ADDRESS", help="whom it was handed over for"
    )
    take.set_defaults(do=_take)
    doors = acts.add_parser("doors", help="the process that listens for mail and looks into mailboxes, alone")
    doors.set_defaults(do=_doors)
    handle = acts.add_parser("handle", help="the process that reads what was kept, and does what it says, alone")
    handle.set_defaults(do=_handle)
    test = acts.add_parser("test", help="try how mail is set up, out and in again; exit status 1 where it is not well")
    test.add_argument(
        "--within", type=_seconds, default=60.0, metavar="SECONDS", help="how long the mail may take to come in (60)"
    )
    test.set_defaults(do=_test)


def _seconds(text: str) -> float:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 3600:
        raise ArgumentTypeError(f'"{text}" is no time to wait; write seconds from 1 to 3600')
    return float(text)


def run(arguments: Namespace) -> int:
    """Do the one or the other."""
    code: int = arguments.do(arguments)
    return code


def _take(arguments: Namespace) -> int:
    """Whatever goes wrong, a mail server is told to try again: any other exit status would send the mail back."""
    raw = _read(arguments.file)
    try:
        return _keep(raw, arguments.recipients)
    except Exception as error:  # noqa: BLE001 - it is said, and the mail stays where it is
        print(f"watchkeeper mail take: the mail is not kept, try again: {error}", file=sys.stderr)
        return KEEP_IT_AND_TRY_AGAIN


def _read(file: str) -> bytes:
    if file == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(file).read_bytes()
    except OSError as error:
        raise CommandError(f'"{file}" cannot be read: {error.strerror}') from None


def _keep(raw: bytes, recipients: list[str]) -> int:
    from watchkeeper.config import desk

    if not raw.strip():
        return _refused("nothing came: a mail has at least a header")
    desk.join()
    from watchkeeper.intake.mail.keeping import TooLargeToKeep, keep
    from watchkeeper.intake.models import ReceivedMail

    try:
        kept = keep(
            raw, door=ReceivedMail.Door.COMMAND, envelope_to=[name for name in recipients if name.isprintable()]
        )
    except TooLargeToKeep as error:
        return _refused(str(error))
    print(f"kept as mail {kept.key}")
    return 0


def _refused(why: str) -> int:
    print(f"watchkeeper mail take: {why}", file=sys.stderr)
    return IT_WILL_NEVER_DO


def _handle(_arguments: Namespace) -> int:
    from watchkeeper.config import desk, mail_taking

    desk.join()
    return mail_taking.take_until_told()


def _doors(_arguments: Namespace) -> int:
    from watchkeeper.config import desk, mail_doors

    desk.join()
    from watchkeeper.intake.mail.doors.serving import has_doors

    if not has_doors():
        raise CannotRun("no door for mail is configured: set WATCHKEEPER_LMTP_LISTEN or WATCHKEEPER_IMAP_URL")
    return mail_doors.serve_until_told()


def _test(arguments: Namespace) -> int:
    """Each line as soon as it is known."""
    from watchkeeper.config import desk

    try:
        desk.join()
    except CannotRun as error:
        print(f"✗ {error}")
        return 1
    print("✓ the settings can be read, and the database answers")
    from watchkeeper.config.mail_trial import findings

    is_well = True
    for finding in findings(within=arguments.within):
        print(finding, flush=True)
        is_well = is_well and finding.is_well
    return 0 if is_well else 1
