"""``watchkeeper token add NAME --scope report`` and ``watchkeeper token revoke NAME``: what machines come in with."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from watchkeeper.config.cannot_run import CommandError
from watchkeeper.config.commands.desk_words import NotFound, account_called


def add_arguments(parser: ArgumentParser) -> None:
    """``add`` and ``revoke``."""
    from watchkeeper.people.models import MachineToken

    acts = parser.add_subparsers(dest="act", required=True, metavar="add|revoke", parser_class=type(parser))
    add = acts.add_parser("add", help="make a token; its secret is printed once and kept by nobody")
    add.add_argument("name", metavar="NAME", help="what uses it, such as monitoring")
    add.add_argument("--account", metavar="SLUG", help="the one account it is for; without it, all of them")
    add.add_argument(
        "--scope",
        action="append",
        required=True,
        dest="scopes",
        choices=MachineToken.Scope.values,
        help="may be given several times",
    )
    add.set_defaults(do=_add)
    revoke = acts.add_parser("revoke", help="end every token of this name, at once")
    revoke.add_argument("name", metavar="NAME")
    revoke.set_defaults(do=_revoke)


def run(arguments: Namespace) -> int:
    """Add or revoke."""
    from watchkeeper.people.wall import for_the_desk

    with for_the_desk():
        code: int = arguments.do(arguments)
    return code


def _add(arguments: Namespace) -> int:
    from watchkeeper.people import clock
    from watchkeeper.people.models import MachineToken

    name = arguments.name.strip()
    if not 0 < len(name) <= 200:
        raise CommandError("a token has a name of 1 to 200 characters")
    if MachineToken.objects.filter(name=name, revoked_at=None).exists():
        raise CommandError(f'a token "{name}" is in force; revoke it first, or choose another name')
    account = account_called(arguments.account) if arguments.account else None
    secret, digest = MachineToken.written()
    MachineToken.objects.create(
        name=name, account=account, digest=digest, scopes=sorted(set(arguments.scopes)), created_at=clock.now()
    )
    print(secret)
    return 0


def _revoke(arguments: Namespace) -> int:
    from watchkeeper.people import clock
    from watchkeeper.people.models import MachineToken

    revoked = MachineToken.objects.filter(name=arguments.name.strip(), revoked_at=None).update(revoked_at=clock.now())
    if not revoked:
        raise NotFound(f'no token "{arguments.name}" is in force')
    print(f"{arguments.name}: revoked")
    return 0
