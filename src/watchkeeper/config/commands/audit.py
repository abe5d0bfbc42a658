"""``watchkeeper audit verify``: recompute the chain of every account's events, and show its head."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

from watchkeeper.config.commands.desk_words import account_called

HOLDS, BROKEN = 0, 1


def add_arguments(parser: ArgumentParser) -> None:
    """``verify``, for one account or all."""
    acts = parser.add_subparsers(dest="act", required=True, metavar="verify", parser_class=type(parser))
    verify = acts.add_parser("verify", help="find the first event that is not what was written")
    verify.add_argument("--account", metavar="SLUG", help="one account; without it, all of them")


def run(arguments: Namespace) -> int:
    """Print the head of each chain that holds; 1, and the first bad event on stderr, where one does not."""
    from watchkeeper.incidents import evidence
    from watchkeeper.incidents.models import Event
    from watchkeeper.people.models import Account
    from watchkeeper.people.wall import for_the_desk

    code = HOLDS
    with for_the_desk():
        accounts = [account_called(arguments.account)] if arguments.account else Account.objects.order_by("slug")
        for account in accounts:
            last = Event.objects.filter(account=account).order_by("-account_number").first()
            flaw = evidence.first_flaw(account)
            if flaw is None:
                head = f"{last.account_number} events, head {last.digest}" if last else "no events"
                print(f"{account.slug}: {head}")
            else:
                code = BROKEN
                print(f"{account.slug}: event {flaw.account_number} is {flaw.why}", file=sys.stderr)
    return code
