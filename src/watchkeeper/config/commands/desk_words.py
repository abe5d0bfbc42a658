"""What people type to name an account, a person or an incident, and what they read about instants and refusals."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from watchkeeper.config.cannot_run import CannotRun, CommandError
from watchkeeper.core.zones import zone

if TYPE_CHECKING:
    from django.core.exceptions import ValidationError

    from watchkeeper.core.policy import Policy
    from watchkeeper.incidents.models import Incident
    from watchkeeper.people.models import Account, Person


class NotFound(CannotRun):
    """There is nothing of that name on this desk. Exit status 1."""


def account_called(slug: str) -> Account:
    """The account with this slug. Raises ``CommandError``, which lists the first few there are."""
    from watchkeeper.people.models import Account

    account = Account.objects.filter(slug=_plain(slug)).first()
    if account is None:
        known = ", ".join(Account.objects.order_by("slug").values_list("slug", flat=True)[:10])
        raise CommandError(
            f'"{slug}" is not the slug of an account; ' + (f"there are {known}" if known else "none yet")
        )
    return account


def person_called(email: str) -> Person:
    """The person with this mail address who may sign in. Raises ``CommandError``."""
    from watchkeeper.people.models import Person

    person = Person.objects.filter(email=_plain(email).strip().lower(), is_active=True).first()
    if person is None:
        raise CommandError(f'nobody who may sign in has the address "{email}"; add them with: watchkeeper user add')
    return person


def incident_called(reference: str) -> Incident:
    """The incident with this reference. Raises ``NotFound``."""
    from watchkeeper.incidents.models import Incident

    asked_for = _plain(reference).strip().upper()
    incidents = Incident.objects.select_related("account", "policy_version", "reporter", "assignee")
    incident = incidents.filter(reference=asked_for).first()
    if incident is None:
        raise NotFound(f'there is no incident "{reference}"')
    return incident


def dated(at: datetime, policy: Policy) -> str:
    """``Mon 9 Mar 2026 15:30 CT``, on the wall clock of the policy's zone; seconds where there are any."""
    local = at.astimezone(zone(policy.zone)).replace(microsecond=0)
    clock = local.time().isoformat("auto" if local.second else "minutes")
    return f"{local:%a} {local.day} {local:%b %Y} {clock} {policy.zone_label or local.tzname()}"


def words_of(error: ValidationError) -> str:
    """Django's complaints as one line: each with its field."""
    if not hasattr(error, "error_dict"):
        return " ".join(error.messages)
    return "; ".join(f"{field}: {' '.join(messages)}" for field, messages in error.message_dict.items())


def _plain(typed: str) -> str:
    """What was typed, without what PostgreSQL cannot be asked for."""
    return typed.encode("utf-8", "replace").decode().replace("\x00", "")
