"""The trail: events appended to an account's chain, and the check that finds the first bad row.

Every event carries SHA-256(digest before it | account | number in the account | kind | canonical body). What
was said lies apart; the event holds its salted digest, so that content can be erased and the chain still holds.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.db import connection

from watchkeeper.core.timeline import REPORT_PUBLISHED
from watchkeeper.incidents.actor import Actor
from watchkeeper.incidents.models import Event, Incident, Message
from watchkeeper.people.models import Account


class Flaw(NamedTuple):
    """The first event of an account whose row is not what was written, and why we know."""

    account_number: int
    why: str


class Entry(NamedTuple):
    """What is to be appended to a timeline: what happened, when and through whom, and what was said with it."""

    kind: str
    at: datetime
    recorded_at: datetime
    source: str
    by: Actor
    data: dict[str, Any]
    says: str = ""
    is_public: bool = True


class Ends(NamedTuple):
    """Where a timeline and its account's chain end: the number of the last event on each, and the last digest."""

    number: int = 0
    account_number: int = 0
    digest: str = ""


def append(incident: Incident, entry: Entry) -> Event:
    """Append one event, and the message that goes with it, to the incident and to its account's chain.

    The incident's row must be locked: numbers on a timeline have no gaps.
    """
    pen = Pen([incident])
    event = pen.append(incident, entry)
    pen.write()
    return event


def hold_chains(incidents: Sequence[Incident]) -> None:
    """Hold the chains of the accounts of locked incidents, in the order in which every pen that needs several does."""
    _ends_held(sorted(incidents, key=lambda incident: incident.account_id))


class Pen:
    """Appends entries to locked incidents, several on several, and writes all of them at once.

    From the first entry on it holds the chains of their accounts, one after the other in the incidents' order: what
    is given is sorted by account. Nobody else may append to those accounts in this transaction before it has written.
    """

    def __init__(self, incidents: Sequence[Incident]) -> None:
        self._incidents = incidents
        self._events: list[Event] = []
        self._messages: list[Message] = []
        self._numbers: dict[int, int] = {}
        self._chains: dict[int, tuple[int, str]] = {}

    def append(self, incident: Incident, entry: Entry) -> Event:
        """Place an entry at the end of its timeline and chain; the event has no key before it is written."""
        event, message = placed(entry, incident, after=self._end(incident))
        self._numbers[incident.pk] = event.number
        self._chains[incident.account_id] = event.account_number, event.digest
        self._events.append(event)
        if message is not None:
            self._messages.append(message)
        return event

    def write(self) -> None:
        """Write what was appended, if anything was: with that the pen is done."""
        Event.objects.bulk_create(self._events)
        Message.objects.bulk_create(self._messages)

    def _end(self, incident: Incident) -> Ends:
        if not self._events:
            self._numbers, self._chains = _ends_held(self._incidents)
        return Ends(self._numbers.get(incident.pk, 0), *self._chains.get(incident.account_id, (0, "")))


def placed(entry: Entry, incident: Incident, *, after: Ends) -> tuple[Event, Message | None]:
    """The rows of an entry that comes next on the incident and in its account's chain, unsaved."""
    salt = secrets.token_hex(16) if entry.says else ""
    event = Event(
        incident=incident,
        account_id=incident.account_id,
        number=after.number + 1,
        account_number=after.account_number + 1,
        kind=entry.kind,
        at=entry.at,
        recorded_at=entry.recorded_at,
        source=entry.source,
        side=entry.by.side,
        person=entry.by.person,
        token=entry.by.token,
        data=_plain(entry.data),
        content_digest=content_digest(salt, entry.says) if entry.says else "",
    )
    event.digest = digest_of(event, after.digest)
    return event, _message_of(event, entry, salt) if entry.says else None


def _message_of(event: Event, entry: Entry, salt: str) -> Message:
    return Message(
        event=event,
        incident=event.incident,
        account_id=event.account_id,
        is_public=entry.is_public,
        body=entry.says,
        salt=salt,
        leaves_at=entry.data.get("leaves_at"),
    )


def content_digest(salt: str, body: str) -> str:
    """The salted SHA-256 of what was said; without the salt nobody can guess the text from it."""
    return hashlib.sha256(f"{salt}|{body}".encode()).hexdigest()


def digest_of(event: Event, digest_before: str) -> str:
    """The digest that chains an event to the one before it in its account."""
    head = f"{digest_before}|{event.account_id}|{event.account_number}|{event.kind}|{_canonical_body(event)}"
    return hashlib.sha256(head.encode()).hexdigest()


def first_flaw(account: Account) -> Flaw | None:
    """The first event of the account that was changed, removed, reordered or forged; ``None`` if the chain holds."""
    digest_before = ""
    for expected, event in enumerate(_events_in_order(account), start=1):
        if event.account_number != expected:
            return Flaw(expected, f"missing: the next number is {event.account_number}")
        if event.digest != digest_of(event, digest_before):
            return Flaw(expected, "changed: its digest does not follow from its row and the digest before it")
        why = _why_message_is_wrong(event) or _why_report_is_wrong(event)
        if why:
            return Flaw(expected, why)
        digest_before = event.digest
    return None


def _events_in_order(account: Account) -> Iterator[Event]:
    chain = Event.objects.filter(account=account).order_by("account_number")
    return chain.select_related("message", "report", "incident").iterator(chunk_size=2000)


def _why_message_is_wrong(event: Event) -> str:
    message = getattr(event, "message", None)
    if not event.content_digest:
        return "forged: a message was added to an event that said nothing" if message else ""
    if message is None:
        return "missing: the message it speaks of"
    if message.erased_at is None and content_digest(message.salt, message.body) != event.content_digest:
        return "changed: the message is not the one that was written"
    return ""


def report_digest(salt: str, written: Mapping[str, str]) -> str:
    """The salted digest of a published report, by its parts."""
    return content_digest(salt, json.dumps(written, sort_keys=True, separators=(",", ":"), ensure_ascii=False))


def _why_report_is_wrong(event: Event) -> str:
    if event.kind != REPORT_PUBLISHED:
        return ""
    report = getattr(event, "report", None)
    if report is None:
        return "missing: the report it speaks of"
    if report_digest(report.salt, report.written) != event.data["report"]:
        return "changed: the report is not the one that was published"
    return ""


def _canonical_body(event: Event) -> str:
    body = {
        "incident": event.incident.reference,
        "number": event.number,
        "at": _written(event.at),
        "recorded_at": _written(event.recorded_at),
        "source": event.source,
        "side": event.side,
        "person": event.person_id,
        "token": event.token_id,
        "data": event.data,
        "content": event.content_digest,
    }
    return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _plain(data: dict[str, Any]) -> dict[str, Any]:
    return {key: _written(value) if isinstance(value, datetime) else value for key, value in data.items()}


def _written(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat(timespec="microseconds")


def _ends_held(incidents: Sequence[Incident]) -> tuple[dict[int, int], dict[int, tuple[int, str]]]:
    """The last numbers by incident, and the last numbers and digests by account: nobody else can append after them
    until this transaction is over."""
    asked = [incident.pk for incident in incidents], [incident.account_id for incident in incidents]
    with connection.cursor() as cursor:
        cursor.execute(_ENDS_HELD, asked)
        found = cursor.fetchall()
    return {row[0]: row[2] for row in found}, {row[1]: (row[3], row[4]) for row in found}


_ENDS_HELD = """
    select incident, account, held.*
    from unnest(%s::bigint[], %s::bigint[]) as asked (incident, account)
    cross join lateral watchkeeper_ends_held(incident, account) as held
"""
