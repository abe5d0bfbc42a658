"""``watchkeeper user add EMAIL --name NAME --role ROLE``: let a person sign in."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from watchkeeper.config.cannot_run import CannotRun, CommandError
from watchkeeper.config.commands.desk_words import account_called, words_of

if TYPE_CHECKING:
    from watchkeeper.people.models import Person

# Bytes of randomness in a password that nobody chose: 96 bits.
_RANDOM_BYTES = 12


def add_arguments(parser: ArgumentParser) -> None:
    """``add`` and what belongs to a person."""
    from watchkeeper.people.models import Person

    acts = parser.add_subparsers(dest="act", required=True, metavar="add", parser_class=type(parser))
    add = acts.add_parser("add", help="add a person; prints a random password once, unless one is given")
    add.add_argument("email", metavar="EMAIL")
    add.add_argument("--name", required=True)
    add.add_argument(
        "--role",
        action="append",
        required=True,
        dest="roles",
        metavar="ROLE",
        choices=Person.Role.values,
        help=f"one of {', '.join(Person.Role.values)}; may be given several times",
    )
    add.add_argument("--account", metavar="SLUG", help="the account of a customer; the vendor's own people have none")
    password = add.add_mutually_exclusive_group()
    password.add_argument("--password-stdin", action="store_true", help="read the password from stdin")
    password.add_argument("--invite", action="store_true", help="send them a link to set one, instead of printing one")


def run(arguments: Namespace) -> int:
    """Add the person. Raises ``CommandError`` for what cannot be."""
    from django.core.exceptions import ValidationError

    from watchkeeper.notify.password_links.sending import invite
    from watchkeeper.people.wall import for_the_desk

    _require_an_open_desk()
    if arguments.invite:
        _require_a_mail_server()
    password = _password(arguments)
    try:
        with for_the_desk():
            person = _add(arguments, password)
            if arguments.invite:
                invite(person, by="the administrator")
    except ValidationError as error:
        raise CommandError(words_of(error)) from None
    print(_said(arguments, person, password))
    return 0


def _require_an_open_desk() -> None:
    from watchkeeper.office.setup.walk import is_open

    if not is_open():
        raise CannotRun(
            "this desk is not set up: do it in a browser by the link of `watchkeeper setup-link`, or publish its first "
            "policy with `watchkeeper migrate --policy FILE`"
        )


def _require_a_mail_server() -> None:
    from django.conf import settings

    if settings.WATCHKEEPER_SMTP is None:
        raise CannotRun("--invite sends a mail, and no mail server is set: WATCHKEEPER_SMTP_URL is empty")


def _password(arguments: Namespace) -> str | None:
    import secrets

    if arguments.invite:
        return None
    return sys.stdin.readline().rstrip("\r\n") if arguments.password_stdin else secrets.token_urlsafe(_RANDOM_BYTES)


def _add(arguments: Namespace, password: str | None) -> Person:
    from django.contrib.auth.password_validation import validate_password

    from watchkeeper.people.models import Person

    account = account_called(arguments.account) if arguments.account else None
    _refuse_what_does_not_fit(arguments.roles, account is not None)
    if password is not None:
        validate_password(password, Person(email=arguments.email, name=arguments.name))
    return Person.objects.create_person(
        arguments.email, name=arguments.name, password=password, roles=arguments.roles, account=account
    )


def _said(arguments: Namespace, person: Person, password: str | None) -> str:
    if arguments.invite:
        return f"{person.email} is sent a link to set a password; it works for an hour"
    return f"{person.email} may sign in" + ("" if arguments.password_stdin else f" with the password {password}")


def _refuse_what_does_not_fit(roles: list[str], has_account: bool) -> None:
    from watchkeeper.people.models import Person

    of_customers = set(roles) & Person.CUSTOMER_ROLES
    if of_customers and not has_account:
        raise CommandError(f"{' and '.join(sorted(of_customers))} belongs to an account: add --account SLUG")
    if has_account and set(roles) - Person.CUSTOMER_ROLES:
        raise CommandError(
            f"a person of an account is {' or '.join(sorted(Person.CUSTOMER_ROLES))}; "
            f"{' and '.join(sorted(set(roles) - Person.CUSTOMER_ROLES))} is for the vendor's own people"
        )
