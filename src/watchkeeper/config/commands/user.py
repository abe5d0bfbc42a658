"""``watchkeeper user add EMAIL --name NAME --role ROLE``: let a person sign in."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

from watchkeeper.config.command import CommandError
from watchkeeper.config.commands.desk_words import account_called, words_of

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
    add.add_argument("--password-stdin", action="store_true", help="read the password from stdin")


def run(arguments: Namespace) -> int:
    """Add the person. Raises ``CommandError`` for what cannot be."""
    import secrets

    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    from watchkeeper.people.models import Person
    from watchkeeper.people.wall import for_the_desk

    given = sys.stdin.readline().rstrip("\r\n") if arguments.password_stdin else None
    password = secrets.token_urlsafe(_RANDOM_BYTES) if given is None else given
    try:
        with for_the_desk():
            account = account_called(arguments.account) if arguments.account else None
            _refuse_what_does_not_fit(arguments.roles, account is not None)
            asked_for = Person(email=arguments.email, name=arguments.name)
            validate_password(password, asked_for)
            person = Person.objects.create_person(
                arguments.email, name=arguments.name, password=password, roles=arguments.roles, account=account
            )
    except ValidationError as error:
        raise CommandError(words_of(error)) from None
    print(f"{person.email} may sign in" + ("" if given is not None else f" with the password {password}"))
    return 0


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
