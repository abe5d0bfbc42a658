"""What a mail that comes in may do: one table from what is known of it to its one effect.

A mail can do no more than its sender, once it is known who that is, could do on the pages at that moment. From a
known address without proof it can do one thing: report, for creating needs no proof, but reading and acting do.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from watchkeeper.core.said import Said, sentence

PERSON = "person"
AUTOMATIC = "automatic"
BOUNCE = "bounce"
LIST = "list"
KINDS = (PERSON, AUTOMATIC, BOUNCE, LIST)
"""Written by somebody; sent by a machine for somebody (RFC 3834: out of office, receipts, alarms); a report about a
delivery (RFC 3464, or what servers wrote before it); sent to a list or in bulk."""

PASS = "pass"
FAIL = "fail"
NONE = "none"
VERDICTS = (PASS, FAIL, NONE)
"""What our own mail server found about the domain in From (DMARC). ``none`` is also a verdict it could not give."""

STRANGER = "stranger"
CUSTOMER = "customer"
TEAM = "team"
WHO = (STRANGER, CUSTOMER, TEAM)
"""Whose the author's address is: nobody's, or nobody's who still has a place here; a customer's; the vendor's."""

RESOLVE = "resolve"
"""What the first line of a reply of the team may ask for beside the reply."""

DROP = "drop"
ATTACH = "attach"
SAY = "say"
REPORT = "report"
REPORT_UNVERIFIED = "report_unverified"
ESCALATE = "escalate"
QUARANTINE = "quarantine"
EFFECTS = (DROP, ATTACH, SAY, REPORT, REPORT_UNVERIFIED, ESCALATE, QUARANTINE)
"""No effect; joined to the delivery it is about; an entry on the incident as its author; a new incident of the
author's account; the same marked as without proof; an escalation of the incident; waits for a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What is known of a mail. ``key`` is true where the reply address it was sent to was given to its author for the
    incident, ``names`` where it names, by its key, its Message-IDs or its words, an incident that the author sees,
    and ``follows`` where it answers a mail of one that the author takes part in. ``may_speak`` is whether the author
    still has the right to speak there. ``to_escalation`` is whether it was sent to the escalation distribution, and
    ``is_too_much`` whether more came of this address lately than anybody writes."""

    kind: str
    verdict: str = NONE
    who: str = STRANGER
    is_own: bool = False
    is_copy: bool = False
    has_one_author: bool = True
    key: bool = False
    follows: bool = False
    names: bool = False
    may_speak: bool = False
    to_escalation: bool = False
    is_too_much: bool = False


class Decision(NamedTuple):
    """The effect of a mail, one of ``EFFECTS``, and why."""

    effect: str
    why: Said


def decide(mail: Evidence) -> Decision:
    """What a mail does. The first row that fits holds."""
    if mail.is_own:
        return Decision(DROP, sentence("It is a mail of our own that came back."))
    if mail.is_copy:
        return Decision(DROP, sentence("It is a copy of a mail that was taken already."))
    if mail.kind != PERSON:
        return _of_no_person(mail)
    if mail.who == STRANGER:
        return Decision(QUARANTINE, sentence("Nobody here has its sender's address."))
    if mail.is_too_much:
        return Decision(QUARANTINE, sentence("More mails came from this address lately than anybody writes."))
    if mail.who == TEAM:
        return _of_the_team(mail)
    return _of_a_customer(mail)


def _of_no_person(mail: Evidence) -> Decision:
    if mail.kind == BOUNCE:
        return Decision(ATTACH, sentence("It tells of a mail that did not arrive."))
    if mail.kind == LIST:
        return Decision(DROP, sentence("It was sent to a list or in bulk."))
    return Decision(DROP, sentence("A machine sent it by itself; nobody wrote it."))


def _of_the_team(mail: Evidence) -> Decision:
    """Whoever acts for the team needs both: proof of their address, and the reply address that was given to them."""
    if not _is_proved(mail):
        return Decision(QUARANTINE, sentence("It says that it is from the team and has no proof of it."))
    if not mail.key:
        return Decision(QUARANTINE, sentence("The team acts by mail only with the reply address that each was given."))
    if not mail.may_speak:
        return Decision(QUARANTINE, sentence("Its sender may no longer speak on this incident."))
    return Decision(SAY, sentence("It answers a mail that its sender was sent."))


def _of_a_customer(mail: Evidence) -> Decision:
    if not _is_proved(mail):
        return Decision(
            REPORT_UNVERIFIED, sentence("It is from a known address, without proof that its owner sent it.")
        )
    if mail.to_escalation and mail.names:
        return Decision(ESCALATE, sentence("It was sent to the escalation distribution and names an incident."))
    if mail.to_escalation:
        return Decision(REPORT, sentence("It was sent to the escalation distribution and names no incident."))
    if (mail.key or mail.follows) and mail.may_speak:
        return Decision(SAY, sentence("It answers a mail about an incident that its sender takes part in."))
    return Decision(REPORT, sentence("It is from a known sender and answers nothing that they take part in."))


def _is_proved(mail: Evidence) -> bool:
    return mail.verdict == PASS and mail.has_one_author
