"""What the desk holds and what the mail server got, laid beside what the clients were answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from email.parser import BytesHeaderParser
from typing import NamedTuple

from tests.faults.clients import Accepted
from tests.harness.desk_process import Desk
from tests.harness.smtp_receiver import SmtpReceiver

CUSTOMER, DISTRIBUTION, ON_CALL, MANAGER = (
    "clara@contracted.example",
    "escalation@vendor.example",
    "oncall@vendor.example",
    "mia@vendor.example",
)

TOLD = {
    "reported": (CUSTOMER, ON_CALL),
    "warned": (ON_CALL,),
    "breached": (DISTRIBUTION, ON_CALL, MANAGER),
}
"""Who hears of an event of each kind while nobody is assigned: the level's on-call contact stands in."""


class Incident(NamedTuple):
    reference: str
    title: str
    severity: int


class Said(NamedTuple):
    """One thing that is, or must be, said about an incident to one address."""

    reference: str
    step: str
    recipient: str


class Arrival(NamedTuple):
    message_id: str
    recipient: str


@dataclass(frozen=True)
class Ledger:
    """``events`` are those that somebody must hear of; ``notices`` maps a Message-ID to what it says."""

    incidents: list[Incident]
    breaches: list[str]
    must_be_said: list[Said]
    notices: dict[str, Said]
    arrivals: list[Arrival]

    def lost(self, accepted: Iterable[Accepted]) -> list[Accepted]:
        """Reports that were answered with 201 and are not there, or not as they were sent."""
        there = set(self.incidents)
        return [one for one in accepted if Incident(one.references[0], one.title, one.severity) not in there]

    def doubled(self, accepted: Iterable[Accepted]) -> list[str]:
        """Titles that are there twice, keys that were answered with two references, breaches that came twice."""
        titles = _more_than_once(incident.title for incident in self.incidents)
        return titles + [one.key for one in accepted if len(set(one.references)) > 1] + _more_than_once(self.breaches)

    def never_asked_for(self, accepted: Iterable[Accepted]) -> list[Incident]:
        """Incidents that no client ever heard of."""
        heard_of = {reference for one in accepted for reference in one.references}
        return [incident for incident in self.incidents if incident.reference not in heard_of]

    def wrongly_breached(self) -> list[str]:
        """Incidents that are breached and were not due, or were due and are not breached."""
        due = {incident.reference for incident in self.incidents if incident.severity == 1}
        return sorted(due ^ set(self.breaches))

    def unsaid(self) -> list[Said]:
        """What happened and is in no notice."""
        return sorted(set(self.must_be_said) - set(self.notices.values()))

    def said_without_reason(self) -> list[Said]:
        """Notices of nothing that happened."""
        return sorted(set(self.notices.values()) - set(self.must_be_said))

    def never_arrived(self) -> list[Said]:
        """Notices that no server has accepted for the one they are for."""
        arrived = set(self.arrivals)
        return [said for id_, said in self.notices.items() if Arrival(id_, said.recipient) not in arrived]

    def arrived_without_notice(self) -> list[Arrival]:
        """Mails whose id is no notice's: a repeat under another name would be one."""
        return [
            arrival
            for arrival in self.arrivals
            if (said := self.notices.get(arrival.message_id)) is None or said.recipient != arrival.recipient
        ]

    def repeated(self) -> int:
        """How many mails came a second time."""
        return len(self.arrivals) - len(set(self.arrivals))


def ledger_of(desk: Desk, receiver: SmtpReceiver) -> Ledger:
    """Read all of it, behind the pages."""
    with desk.database() as owner:
        incidents = owner.execute("select reference, title, severity from incidents_incident").fetchall()
        events = owner.execute(
            "select i.reference, e.kind, e.number, e.data from incidents_event e"
            " join incidents_incident i on i.id = e.incident_id"
        ).fetchall()
        notices = owner.execute(
            "select n.headers ->> 'Message-ID', i.reference, n.step, n.recipient from notify_notice n"
            " join incidents_incident i on i.id = n.incident_id where n.channel = 'mail'"
        ).fetchall()
    return Ledger(
        incidents=[Incident(*row) for row in incidents],
        breaches=[reference for reference, kind, _number, _data in events if kind == "breached"],
        must_be_said=[
            Said(reference, _step(kind, number, data), recipient)
            for reference, kind, number, data in events
            for recipient in TOLD[kind]
        ],
        notices={message_id: Said(*said) for message_id, *said in notices},
        arrivals=[
            Arrival(_message_id(arrival.raw), recipient)
            for arrival in list(receiver.arrivals)
            for recipient in arrival.recipients
        ],
    )


def _step(kind: str, number: int, data: dict[str, object]) -> str:
    return f"breached:{data['metric']}:{data['nth']}" if kind == "breached" else f"{kind}:{_metric(kind, data)}{number}"


def _metric(kind: str, data: dict[str, object]) -> str:
    return f"{data['metric']}:" if kind == "warned" else ""


def _message_id(raw: bytes) -> str:
    return str(BytesHeaderParser().parsebytes(raw)["Message-ID"])


def _more_than_once(names: Iterable[str]) -> list[str]:
    return [name for name, times in Counter(names).items() if times > 1]
