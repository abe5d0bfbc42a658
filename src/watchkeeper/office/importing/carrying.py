"""Checking a table against the desk as it stands, and importing it: as a whole, inside one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, connection, transaction

from watchkeeper.core.said import sentence
from watchkeeper.notify.password_links.sending import invite
from watchkeeper.office.importing.kinds import Kind
from watchkeeper.office.importing.plan import Plan, Step
from watchkeeper.office.importing.problems import Problem, Unreadable
from watchkeeper.office.importing.table import SEPARATORS, read_table
from watchkeeper.office.models import ImportedTable
from watchkeeper.people import clock
from watchkeeper.people.models import Person
from watchkeeper.policies.versions import policy_of, version_in_force
from watchkeeper.ui.translated import kept

MOST_INVITED = 500
"""Mails that one import sends: a link works for an hour, so more are better invited when they are needed."""

_NO_MAIL = sentence("nobody can be invited: no mail server is set, WATCHKEEPER_SMTP_URL is empty")

MOST_STEPS_KEPT = 200
KEPT_UNDONE_FOR = timedelta(days=1)

_ONE_AT_A_TIME = 0x494D504F
"""An advisory lock: what one import decides upon no other changes before it is written."""


class Changed(Exception):
    """The desk changed while a table was being imported; nothing was written."""


@dataclass(frozen=True)
class Given:
    """A file somebody wants imported. ``encoding`` is empty or ``cp1252``; ``sla_files`` are texts by file name."""

    kind: Kind
    file_name: str
    content: bytes
    encoding: str = ""
    sla_files: Mapping[str, str] = field(default_factory=dict)
    invites: bool = False


@dataclass(frozen=True)
class Checked:
    """What was decided about a file: its plan, and how the file was understood."""

    plan: Plan
    read_as: str = ""


def check(given: Given) -> Checked:
    """What importing the file would do, or why it cannot be. Writes nothing; the caller stands for the desk."""
    try:
        table = read_table(given.content, given.kind.columns, encoding=given.encoding)
    except Unreadable as error:
        return Checked(Plan(problems=[error.problem]))
    _take_time()
    policy = policy_of(version_in_force(clock.now()))
    problems: list[Problem] = []
    plan = given.kind.plan(table.rows(problems), policy, given.sla_files, problems)
    plan.problems.sort()
    if given.invites:
        plan.problems += _why_nobody_is_invited(plan)
    return Checked(
        plan,
        sentence(
            "{encoding}, {separator} between cells", encoding=table.encoding, separator=SEPARATORS[table.separator]
        ),
    )


def carry_out(given: Given, *, by: Person | None) -> Checked:
    """Import the file if all of it is sound, as part of the caller's transaction, which stands for the desk.

    Raises ``Changed`` where somebody else was faster.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
    checked = check(given)
    if not checked.plan.is_sound:
        return checked
    try:
        with transaction.atomic():
            checked.plan.write(by)
    except IntegrityError as error:
        told = sentence(
            "somebody changed the desk meanwhile, and nothing was imported; try again ({error})", error=error
        )
        raise Changed(told) from error
    if given.invites:
        for person in checked.plan.to_invite():
            invite(person, by=by.name if by else "the administrator")
    return checked


def keep(given: Given, *, by: Person | None) -> ImportedTable:
    """Keep a file that waits to be imported; what the same person left undone, or anybody a day ago, goes."""
    now = clock.now()
    undone = ImportedTable.objects.filter(done_at=None)
    undone.filter(checked_at__lt=now - KEPT_UNDONE_FOR).delete()
    undone.filter(by=by).delete()
    return ImportedTable.objects.create(
        kind=given.kind.key,
        file_name=given.file_name[:200],
        digest=hashlib.sha256(given.content).hexdigest(),
        encoding=given.encoding,
        content=given.content,
        sla_files=dict(given.sla_files),
        invites=given.invites,
        by=by,
        checked_at=now,
    )


def finish(table: ImportedTable, checked: Checked) -> None:
    """Write down what an import did; of the file only its digest is kept."""
    table.done_at, table.content, table.sla_files = clock.now(), b"", {}
    table.outcome = outcome(checked)
    table.save(update_fields=["done_at", "content", "sla_files", "outcome"])


def outcome(checked: Checked) -> dict[str, Any]:
    """What a plan comes to, in plain values: the counts, and the first of its steps."""
    plan = checked.plan
    return {
        "added": plan.added,
        "changed": plan.changed,
        "unchanged": plan.unchanged,
        "beside": [kept(said) for said in plan.beside],
        "read_as": kept(checked.read_as),
        "steps": [_kept(step) for step in plan.steps[:MOST_STEPS_KEPT]],
        "more": max(0, len(plan.steps) - MOST_STEPS_KEPT),
    }


def _kept(step: Step) -> dict[str, Any]:
    return {**step._asdict(), "about": kept(step.about), "says": [kept(said) for said in step.says]}


def _take_time() -> None:
    """Let the database wait while many rows are looked at: by itself it gives up a transaction that asks nothing."""
    with connection.cursor() as cursor:
        cursor.execute("set local idle_in_transaction_session_timeout = '5min'")


def _why_nobody_is_invited(plan: Plan) -> list[Problem]:
    if settings.WATCHKEEPER_SMTP is None:
        return [Problem(0, "", _NO_MAIL)]
    invited = len(list(plan.to_invite()))
    if invited > MOST_INVITED:
        says = sentence(
            "{count} people would be mailed at once, and at most {most} are: import without invitations",
            count=invited,
            most=MOST_INVITED,
        )
        return [Problem(0, "", says)]
    return []
