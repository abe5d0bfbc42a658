"""So many folded histories twenty times over: each at five accounts of its level, this year and one to three before.

A year here has 364 days: weekdays stay, and the clocks of America/Chicago change on days that lie so far apart (2023 to
2026), so that what core counted of a history is what it would count of its copy. PostgreSQL copies the rows itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bench.histories import LEVELS, Customer

from watchkeeper.clocks.models import Commitment, OutsideTheLevel
from watchkeeper.incidents.models import REFERENCE_LETTERS, Event, Incident

ACCOUNTS, YEARS = 5, 4
TIMES = ACCOUNTS * YEARS
A_YEAR = 364
FOLDED_FOR = 3 * len(LEVELS)
"""So many accounts have histories of their own; the others have copies of these."""


def multiply(of: list[Customer], superuser: Any) -> None:
    """Write the copies of all that was written for the first ``FOLDED_FOR`` customers.

    ``superuser`` is a cursor that may leave out the checks of foreign keys: they were made of what is copied.
    """
    superuser.execute("set session_replication_role = replica")
    superuser.execute("select max(id) from incidents_incident")
    (highest,) = superuser.fetchone()
    superuser.execute(
        "create temporary table copied (place int, old_account bigint, account bigint, promise bigint, days int)"
    )
    for place in range(1, TIMES):
        account, year = divmod(place, YEARS)
        pairs = zip(of[:FOLDED_FOR], of[account * FOLDED_FOR : (account + 1) * FOLDED_FOR], strict=True)
        superuser.executemany(
            "insert into copied values (%s, %s, %s, %s, %s)",
            [(place, old.account.pk, new.account.pk, new.given.pk, year * A_YEAR) for old, new in pairs],
        )
    for model, changes in _changes(highest).items():
        superuser.execute(_copying(model, changes))
    superuser.execute("select setval(pg_get_serial_sequence('incidents_incident', 'id'), %s)", [highest * TIMES])


def _changes(highest: int) -> dict[Any, dict[str, str]]:
    incident = f"r.incident_id + copied.place * {highest}"
    letters = REFERENCE_LETTERS
    return {
        Incident: {
            "id": f"r.id + copied.place * {highest}",
            "reference": f"'WK-' || substr('{letters}', copied.place + 1, 1) || substr(r.reference, 5)",
        },
        Event: {
            "incident_id": incident,
            "account_number": "r.account_number + copied.place * 10000000",
            "data": "case when r.data ? 'promise' and r.data ->> 'promise' is not null "
            "then jsonb_set(r.data, '{promise}', to_jsonb(copied.promise)) else r.data end",
        },
        Commitment: {"incident_id": incident, "promise_id": "copied.promise"},
        OutsideTheLevel: {"incident_id": incident},
    }


def _copying(model: Any, changes: Mapping[str, str]) -> str:
    fields = [field for field in model._meta.concrete_fields if field.column != "id" or "id" in changes]
    chosen = []
    for field in fields:
        kind, old = field.get_internal_type(), f'r."{field.column}"'
        if field.column in changes:
            chosen.append(changes[field.column])
        elif field.column == "account_id":
            chosen.append("copied.account")
        elif kind == "DateTimeField":
            chosen.append(f"{old} - copied.days * interval '24 hours'")
        elif kind == "DateField":
            chosen.append(f"{old} - copied.days")
        else:
            chosen.append(old)
    columns = ", ".join(f'"{field.column}"' for field in fields)
    table = model._meta.db_table
    return (
        f"insert into {table} ({columns}) select {', '.join(chosen)} from {table} r "
        "join copied on copied.old_account = r.account_id"
    )
