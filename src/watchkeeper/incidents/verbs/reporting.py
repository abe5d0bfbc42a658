"""The ways a report comes in: whoever reports, through whichever channel, it becomes an incident with its promise."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext

from watchkeeper.core import timeline as t
from watchkeeper.core.policy import Policy
from watchkeeper.incidents import files, flow, moment
from watchkeeper.incidents.actor import Actor
from watchkeeper.incidents.models import Incident, Participant
from watchkeeper.incidents.verbs.refusals import NotPossible
from watchkeeper.people import access
from watchkeeper.people.models import Account, MachineToken, Person
from watchkeeper.policies import terms, versions


class Report(NamedTuple):
    """What somebody reports. ``severity`` is a number, or a key or name of the policy; ``None``: they did not say.
    A test is carried like any other report, and counts nowhere."""

    title: str
    body: str
    severity: int | str | None = None
    product: str = ""
    component: str = ""
    environment: str = ""
    is_test: bool = False


def report(
    said: Report,
    *,
    account: Account,
    by: Person | MachineToken,
    channel: str,
    on_behalf_of: Person | None = None,
    given_files: Sequence[files.GivenFile] = (),
    is_unverified: bool = False,
    **data: Any,
) -> Incident:
    """Accept a report: it becomes an incident with its promise. Nothing is refused for lack of entitlement.

    Raises ``UnknownSeverity``, with the severities there are, before anything is written.
    ``on_behalf_of`` is the account's person whom a machine or a person of the team reports for. ``is_unverified``
    says that nothing proves that it is from ``by``: nothing goes back there before somebody confirms it. ``data`` is
    what else its event holds.
    """
    actor = _reporting_actor(by, account)
    reporter = _reporter(actor, on_behalf_of, account)
    with transaction.atomic():
        received = moment.now()
        by_way_of = Incident.Channel(channel).in_a_policy
        about = terms.About(said.product, said.environment, said.component, by_way_of, received.at)
        given = terms.give(account, at=received.at, about=about)
        version = given.version if given else versions.version_in_force(received.at)
        severity, chosen_by = _severity_of(said, account, versions.policy_of(version))
        named = {name: getattr(said, name) for name in ("title", "product", "component", "environment")}
        incident = Incident.objects.create(
            account=account,
            reporter=reporter,
            channel=channel,
            policy_version=version,
            **named,
            severity=severity,
            is_test=said.is_test,
            is_unverified=is_unverified,
            received_at=received.at,
            stands_at=received.at,
        )
        turn = flow.Turn(incident, received, actor)
        event = turn.append(
            t.REPORTED,
            says=said.body or said.title,
            severity=severity,
            severity_from=chosen_by,
            reporter=reporter.pk if reporter else None,
            promise=given.pk if given else None,
            **named,
            **({"is_test": True} if said.is_test else {}),
            **({"is_unverified": True} if is_unverified else {}),
            **data,
        )
        files.keep(event, given_files)
        if reporter is not None and reporter.is_customer:
            Participant.objects.create(incident=incident, account=account, person=reporter)
        flow.carry([turn])
    return incident


def _reporting_actor(by: Person | MachineToken, account: Account) -> Actor:
    if isinstance(by, MachineToken):
        if MachineToken.Scope.REPORT not in by.scopes or by.account_id not in (None, account.pk):
            words = gettext("the token {token} may not report for {account}")
            raise access.Refused(words.format(token=by.name, account=account))
        return Actor.machine(by)
    access.require(by, "report")
    if by.is_customer and by.account_id != account.pk:
        raise access.Refused(gettext("{person} is not of {account}").format(person=by.name, account=account))
    if not by.is_customer and not access.serves(by, account):
        raise access.Refused(gettext("{person} does not serve {account}").format(person=by.name, account=account))
    return Actor.of(by)


def _reporter(actor: Actor, on_behalf_of: Person | None, account: Account) -> Person | None:
    if on_behalf_of is None:
        return actor.person
    if actor.person is not None and actor.person.is_customer:
        words = gettext("{person} may report for nobody else; that is for: engineer, manager, machine")
        raise access.Refused(words.format(person=actor.name))
    if on_behalf_of.account_id != account.pk or not on_behalf_of.is_active:
        words = gettext("{person} is not of {account}; a report is made on behalf of its people")
        raise NotPossible(words.format(person=on_behalf_of.name, account=account))
    return on_behalf_of


def _severity_of(said: Report, account: Account, policy: Policy) -> tuple[int, str]:
    if isinstance(said.severity, str):
        return policy.severity(said.severity).number, "reporter"
    if said.severity is not None:
        return policy.severity_numbered(said.severity).number, "reporter"
    if account.default_severity is not None:
        return policy.severity_numbered(account.default_severity).number, "account"
    return policy.default_severity, "policy"
