"""``watchkeeper report --as PERSON --title TITLE``: report an incident, as the portal would."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from typing import TYPE_CHECKING

from watchkeeper.config.cannot_run import CommandError
from watchkeeper.config.commands.desk_words import account_called, dated, person_called

if TYPE_CHECKING:
    from watchkeeper.api.shapes import Said
    from watchkeeper.incidents.models import Incident
    from watchkeeper.people.models import Account, Person

STDIN = "-"


def add_arguments(parser: ArgumentParser) -> None:
    """Who reports, and what."""
    parser.add_argument("--as", required=True, dest="reporter", metavar="EMAIL", help="who reports")
    parser.add_argument("--title", required=True, help="what is wrong, in one line")
    parser.add_argument("--body", default="", metavar="-|TEXT", help="the whole story; - reads it from stdin")
    parser.add_argument("--severity", help="key or name, as 1 or Critical; the account's default without it")
    parser.add_argument("--product", default="")
    parser.add_argument("--component", default="")
    parser.add_argument("--environment", default="", help="such as production")
    parser.add_argument("--test", action="store_true", help="only try the way in: it counts nowhere")
    parser.add_argument("--account", metavar="SLUG", help="for whom one of the vendor's people reports")
    parser.add_argument("--json", action="store_true", help="what the API answers to a report")


def run(arguments: Namespace) -> int:
    """Report, and print the reference and the dated promise. Raises ``CommandError``."""
    from watchkeeper.incidents import verbs
    from watchkeeper.people import access
    from watchkeeper.people.wall import for_the_desk

    said = _said(arguments)
    with for_the_desk():
        person = person_called(arguments.reporter)
        try:
            incident = _report(said, person, _account(person, arguments.account))
        except (access.Refused, verbs.NotPossible) as refusal:
            raise CommandError(str(refusal)) from None
        print(_as_json(incident) if arguments.json else "\n".join(_as_text(incident)))
    return 0


def _said(arguments: Namespace) -> Said:
    """What was typed, held to the rules of the API."""
    from pydantic import ValidationError

    from watchkeeper.api.shapes import Said

    try:
        return Said(
            title=arguments.title,
            description=sys.stdin.read() if arguments.body == STDIN else arguments.body,
            severity=arguments.severity,
            product=arguments.product,
            component=arguments.component,
            environment=arguments.environment,
            is_test=arguments.test,
        )
    except ValidationError as error:
        wrong = "; ".join(f"--{'.'.join(map(str, found['loc'][:1]))}: {found['msg']}" for found in error.errors())
        raise CommandError(wrong.replace("--description", "--body")) from None
    except UnicodeDecodeError:
        raise CommandError("--body: stdin holds bytes that are not UTF-8") from None


def _account(person: Person, slug: str | None) -> Account:
    if person.account is not None and slug in (None, person.account.slug):
        return person.account
    if slug is None:
        raise CommandError(f"{person.name} is of the vendor: say for whom with --account SLUG")
    return account_called(slug)


def _report(said: Said, person: Person, account: Account) -> Incident:
    from watchkeeper.core.policy import UnknownSeverity
    from watchkeeper.incidents import verbs
    from watchkeeper.incidents.models import Incident

    severity = None if said.severity is None else str(said.severity)
    try:
        return verbs.report(
            verbs.Report(
                said.title, said.description, severity, said.product, said.component, said.environment, said.is_test
            ),
            account=account,
            by=person,
            channel=Incident.Channel.COMMAND,
        )
    except UnknownSeverity as error:
        raise CommandError(f"--severity: {error}") from None


def _as_json(incident: Incident) -> str:
    from watchkeeper.api import answers

    return answers.receipt(incident).model_dump_json(indent=2)


def _as_text(incident: Incident) -> Iterator[str]:
    from watchkeeper.api import answers
    from watchkeeper.policies.versions import policy_of

    receipt = answers.receipt(incident)
    policy = policy_of(incident.policy_version)
    yield f"{receipt.reference}  {receipt.severity.name}, {receipt.promise.level_name or 'no entitlement on record'}"
    if not receipt.promise.covered:
        yield f"  {receipt.promise.reason}"
    for target in receipt.promise.targets:
        if target.due_at is not None:
            yield f"  {target.metric} by {dated(target.due_at, policy)} ({target.within}, {target.counted_in})"
