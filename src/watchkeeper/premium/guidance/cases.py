"""An account's incidents as the rules for proposals see them."""

from __future__ import annotations

from datetime import datetime
from itertools import chain

from watchkeeper.clocks.models import Commitment
from watchkeeper.core import timeline as t
from watchkeeper.core.commitments import BREACHED
from watchkeeper.core.policy import ACKNOWLEDGEMENT
from watchkeeper.core.proposals import Case, was_slow
from watchkeeper.incidents.models import Event, Incident
from watchkeeper.people.models import Account

NO_CASES = (t.MERGED, t.WITHDRAWN)
"""What is another incident's now, or was taken back by who reported it."""


def cases_of(account: Account, *, since: datetime, until: datetime) -> list[Case]:
    """What was received after ``since`` and at or before ``until``: no tests, nothing whose sender nobody confirmed,
    nothing merged, taken back or left out by a manager. Four queries."""
    received = Incident.objects.in_earnest().filter(
        account=account, is_unverified=False, received_at__gt=since, received_at__lte=until
    )
    kept = list(received.exclude(pk__in=_ended_as_none(account, since)).order_by("pk"))
    clocks = _acknowledgements(kept)
    left_out = {key for key, row in clocks.items() if row.excluded}
    return [_case(incident, clocks.get(incident.pk)) for incident in kept if incident.pk not in left_out]


def began_at(account: Account) -> datetime | None:
    """When the account's first incident was received."""
    first = Incident.objects.in_earnest().filter(account=account).order_by("received_at")
    return first.values_list("received_at", flat=True).first()


def _ended_as_none(account: Account, since: datetime) -> list[int]:
    ended = Event.objects.filter(account=account, kind__in=NO_CASES, recorded_at__gt=since)
    return list(ended.values_list("incident", flat=True))


def _acknowledgements(incidents: list[Incident]) -> dict[int, Commitment]:
    """The acknowledgement of each that has one; what was left out by a manager says so, whatever its metric."""
    rows = Commitment.objects.filter(incident_id__in=[incident.pk for incident in incidents], metric=ACKNOWLEDGEMENT)
    return {row.incident_id: row for row in chain(rows.filter(excluded=""), rows.exclude(excluded=""))}


def _case(incident: Incident, acknowledgement: Commitment | None) -> Case:
    row = acknowledgement
    return Case(
        key=incident.pk,
        received_at=incident.received_at,
        severity=incident.severity,
        title=incident.title,
        product=incident.product,
        component=incident.component,
        is_alert=incident.channel == Incident.Channel.MONITORING,
        is_slow=row
        and was_slow(
            starts_at=row.starts_at, due_at=row.due_at, done_at=row.done_at, is_breached=row.outcome == BREACHED
        ),
    )
