"""Who wrote a mail and what it names: from its words, which are a stranger's, to what the desk itself knows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

from django.conf import settings

from watchkeeper.core import mail as core
from watchkeeper.escalation.recipients import ESCALATION_CONTACT
from watchkeeper.incidents.models import Incident
from watchkeeper.incidents.reply_addresses import bound_to
from watchkeeper.intake.mail.letter import Letter
from watchkeeper.intake.models import ReceivedMail
from watchkeeper.notify.channels.mail.identity import host
from watchkeeper.notify.models import Notice
from watchkeeper.people import access
from watchkeeper.people.models import Account, Person
from watchkeeper.policies import terms, versions

WITHIN = timedelta(hours=1)
MOST = 60
MOST_WITHOUT_PROOF = 5
"""So many mails of one address do something within the hour; what comes beyond them waits for a person."""

_REFERENCE = re.compile(r"\bWK-([2-9A-HJ-NP-Z]{6})\b", re.IGNORECASE)
_TEXT_SEARCHED = 20_000


class Found(NamedTuple):
    """What is known of a mail: the evidence for the table, its author where they are somebody's, the incident that it
    would go on, and all that it names in any way and its author sees."""

    evidence: core.Evidence
    person: Person | None
    incident: Incident | None
    may_belong_to: list[Incident]


def found(mail: ReceivedMail, letter: Letter) -> Found:
    """Look up what a letter says. Whoever it names as its author is not yet proved to be it: the table sees to that."""
    person = _author(letter)
    keys = [bound for address in _addresses(mail, letter) if (bound := bound_to(address)) is not None]
    answered = _incidents(_answered(letter), person)
    named = _incidents(_named_in_words(letter), person)
    of_key = _incidents((key.reference for key in keys if person and key.person == person.pk), person)
    incident = next(iter([*of_key, *answered]), None)
    to_escalation = person is not None and person.is_customer and _is_to_escalation(mail, letter, person.account)
    if to_escalation and incident is None:
        incident = next(iter(named), None)
    evidence = core.Evidence(
        kind=letter.kind,
        verdict=letter.verdict,
        who=_who(person),
        is_own=bool(letter.loops),
        is_copy=is_copy(mail, is_proved=letter.verdict == core.PASS),
        has_one_author=letter.has_one_author,
        key=bool(of_key),
        follows=incident is not None and incident.participants.filter(person=person).exists(),
        names=incident is not None,
        may_speak=incident is not None and person is not None and _may_speak(person),
        to_escalation=to_escalation,
        is_too_much=person is not None and _is_too_much(mail, letter),
    )
    may_belong_to = [*_incidents((key.reference for key in keys), person), *answered, *named]
    return Found(evidence, person, incident, list(dict.fromkeys(may_belong_to)))


def _author(letter: Letter) -> Person | None:
    if letter.author is None:
        return None
    return Person.objects.filter(email__iexact=letter.author.address, is_active=True).select_related("account").first()


def _who(person: Person | None) -> str:
    if person is None:
        return core.STRANGER
    return core.CUSTOMER if person.is_customer else core.TEAM


def _may_speak(person: Person) -> bool:
    return access.may(person, "answer" if person.is_customer else "reply")


def _addresses(mail: ReceivedMail, letter: Letter) -> list[str]:
    return [*mail.envelope_to, *(mailbox.address for mailbox in letter.to)]


def _incidents(references: Iterable[str], person: Person | None) -> list[Incident]:
    """Those of the incidents that the author sees now, in the order named. Nobody sees nothing."""
    wanted = list(dict.fromkeys(references))[:20]
    if person is None or not wanted:
        return []
    seen = {each.reference: each for each in Incident.objects.seen_by(person).filter(reference__in=wanted)}
    return [seen[reference] for reference in wanted if reference in seen]


def _answered(letter: Letter) -> list[str]:
    """The references of the incidents whose mails a letter answers: mails of ours, or of others that came in."""
    ours = f"@{host()}>"
    roots = [name[1 : -len(ours)].upper() for name in letter.answers if name.startswith("<wk-") and name.endswith(ours)]
    notices = [key for name in letter.answers if name.endswith(ours) and (key := _uuid(name[1 : -len(ours)]))]
    said = Incident.objects.filter(pk__in=Notice.objects.filter(pk__in=notices).values("incident_id"))
    taken = ReceivedMail.objects.filter(message_id__in=letter.answers, incident__isnull=False)
    return [
        *said.values_list("reference", flat=True),
        *(reference for reference in roots if _REFERENCE.fullmatch(reference)),
        *taken.order_by("-id").values_list("incident__reference", flat=True)[:20],
    ]


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _named_in_words(letter: Letter) -> list[str]:
    words = f"{letter.subject}\n{letter.text[:_TEXT_SEARCHED]}"
    return [f"WK-{letters.upper()}" for letters in _REFERENCE.findall(words)]


def _is_to_escalation(mail: ReceivedMail, letter: Letter, account: Account) -> bool:
    others = {address.lower() for address in _addresses(mail, letter)} - {settings.WATCHKEEPER_MAIL_ADDRESS.lower()}
    if not others:
        return False
    about = terms.About(channel=Incident.Channel.MAIL, received_at=mail.counts_from)
    promise = terms.would_give(account, at=mail.counts_from, about=about)
    policy = versions.policy_of(versions.version_in_force(mail.counts_from))
    contact = (promise or policy).contacts.get(ESCALATION_CONTACT)
    distribution = {address.lower() for address in contact.emails} if contact else set()
    return not distribution.isdisjoint(others)


def is_copy(mail: ReceivedMail, *, is_proved: bool = False) -> bool:
    """Whether the same mail, by another way or another time, was settled before, or waits for a person already.

    With proof it does more than a copy that waits because it came without.
    """
    copies = ReceivedMail.objects.filter(fingerprint=mail.fingerprint).exclude(pk=mail.pk)
    settled = copies.exclude(status=ReceivedMail.Status.WAITING)
    return (settled.exclude(status=ReceivedMail.Status.QUARANTINED) if is_proved else settled).exists()


def _is_too_much(mail: ReceivedMail, letter: Letter) -> bool:
    assert letter.author is not None
    recent = ReceivedMail.objects.filter(author=letter.author.address, kept_at__gt=mail.kept_at - WITHIN)
    taken = recent.filter(status=ReceivedMail.Status.TAKEN)
    if letter.verdict == core.PASS and letter.has_one_author:
        return taken.count() >= MOST
    return taken.filter(effect=core.REPORT_UNVERIFIED).count() >= MOST_WITHOUT_PROOF
