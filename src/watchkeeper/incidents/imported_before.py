"""What of a log is here already: brought in before, perhaps worked on since, and perhaps told otherwise now."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from watchkeeper.incidents.importing import SOURCE, Logged
from watchkeeper.incidents.models import Event, ImportedIncident
from watchkeeper.people.models import Account


class Known(NamedTuple):
    """An incident that came from a log before. ``is_untouched`` while nobody did anything to it here."""

    incident: int
    reference: str
    severity: int
    received_at: datetime
    acknowledged_at: datetime | None
    resolved_at: datetime | None
    is_untouched: bool


def known_before(account: Account, source: str, keys: Collection[str]) -> dict[str, Known]:
    """The incidents of an account that came from this source, by what they are called there; of ``keys`` only."""
    there = ImportedIncident.objects.filter(account=account, source=source, key__in=keys)
    found = there.values_list(
        "key",
        "incident_id",
        "incident__reference",
        "incident__severity",
        "incident__received_at",
        "incident__acknowledged_at",
        "incident__resolved_at",
    )
    rows = {key: row for key, *row in found}
    own = Event.objects.filter(incident_id__in=[row[0] for row in rows.values()]).exclude(source=SOURCE)
    touched = set(own.values_list("incident_id", flat=True))
    return {key: Known(*row, is_untouched=row[0] not in touched) for key, row in rows.items()}


class Against(NamedTuple):
    """What is to be done with an incident of a log that is known: whether there is more to write down, or why what the
    log says is left out; neither where it says what is here already."""

    is_more: bool = False
    differs: str = ""


def against(logged: Logged, known: Known) -> Against:
    """What a log tells of a known incident, beside what is here."""
    if logged.received_at != known.received_at:
        return _differs(known, f"was opened {_said(known.received_at)} here, {_said(logged.received_at)} in this file")
    acknowledged_at = logged.acknowledged_at or logged.resolved_at
    is_more = _is_more(known.acknowledged_at, acknowledged_at) or _is_more(known.resolved_at, logged.resolved_at)
    if not known.is_untouched:
        return _differs(known, "was worked on here since; what this file adds is left out") if is_more else Against()
    if logged.severity != known.severity:
        return _differs(known, f"has severity {known.severity} here, {logged.severity} in this file")
    for what, here, there in (
        ("acknowledged", known.acknowledged_at, acknowledged_at),
        ("resolved", known.resolved_at, logged.resolved_at),
    ):
        if here is not None and here != there:
            return _differs(known, f"was {what} {_said(here)} here, {_said(there) if there else 'never'} in this file")
    return Against(is_more)


def _is_more(here: datetime | None, there: datetime | None) -> bool:
    return here is None and there is not None


def _differs(known: Known, why: str) -> Against:
    return Against(differs=f"{known.reference} {why}")


def _said(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S}"
