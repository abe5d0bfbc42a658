"""What a person of the team does with a mail that waits: once, and its clock counts from when it came in."""

from __future__ import annotations

from django.db import transaction

from watchkeeper.core import mail as core
from watchkeeper.incidents import moment, verbs
from watchkeeper.incidents.files import LARGEST, GivenFile
from watchkeeper.incidents.models import Incident
from watchkeeper.intake.mail.keeping import call_out
from watchkeeper.intake.mail.letter import Letter
from watchkeeper.intake.mail.readers import open_reader
from watchkeeper.intake.mail.reading.limits import Unreadable
from watchkeeper.intake.mail.taking.acting import data_of, files_of, keep_page
from watchkeeper.intake.mail.taking.written import NO_SUBJECT, body_of, severity_of, title_of
from watchkeeper.intake.models import ReceivedMail, ReceivedMailQuerySet
from watchkeeper.people import access, clock
from watchkeeper.people.models import Person

SOURCE = "quarantine"


def try_again(mail: ReceivedMail) -> bool:
    """Let it be read again as a slow one; false where it does not wait any more."""
    asked = _waiting(mail).update(
        status=ReceivedMail.Status.WAITING, is_slow=True, tries=0, lease_until=None, settled_at=None
    )
    call_out()
    return bool(asked)


def drop(mail: ReceivedMail, *, by: Person) -> bool:
    """Leave it without effect; false where it does not wait any more."""
    access.require(by, "settle mail that came in")
    return bool(
        _waiting(mail).update(
            status=ReceivedMail.Status.DROPPED, effect=core.DROP, settled_at=clock.now(), settled_by=by
        )
    )


def report_for(mail: ReceivedMail, *, person: Person, by: Person) -> Incident | None:
    """Report it for a customer, received when the mail came in; ``None`` where it does not wait any more.

    Of what cannot be read the report holds the file alone. Raises what ``verbs.report`` refuses.
    """
    access.require(by, "settle mail that came in")
    raw = bytes(mail.raw.data)
    letter = _read(raw)
    with transaction.atomic():
        row = _waiting(mail).select_for_update(of=("self",)).first()
        if row is None:
            return None
        files = files_of(letter) if letter else _as_it_came(raw)
        said = _said(letter, mail)
        with moment.past(row.counts_from, source=SOURCE):
            incident = verbs.report(
                said,
                account=person.account,
                by=by,
                on_behalf_of=person,
                channel=Incident.Channel.MAIL,
                given_files=files,
                **(data_of(letter, row, by=None) if letter else {}),
            )
        event = incident.events.order_by("number").first()
        if letter is not None:
            keep_page(letter, row, event)
        ReceivedMail.objects.filter(pk=row.pk).update(
            status=ReceivedMail.Status.TAKEN,
            effect=core.REPORT,
            settled_at=clock.now(),
            settled_by=by,
            person=person,
            account=person.account,
            incident=incident,
            event=event,
            text="",
        )
    return incident


def _read(raw: bytes) -> Letter | None:
    with open_reader(is_slow=True) as reader:
        try:
            return reader.read(raw)
        except Unreadable:
            return None


def _said(letter: Letter | None, mail: ReceivedMail) -> verbs.Report:
    if letter is None:
        body = "The mail could not be read; it is attached as it came."
        return verbs.Report(title=mail.subject or NO_SUBJECT, body=body)
    return verbs.Report(title=title_of(letter), body=body_of(letter), severity=severity_of(letter))


def _as_it_came(raw: bytes) -> list[GivenFile]:
    return [GivenFile("mail.eml", "message/rfc822", raw)] if len(raw) <= LARGEST else []


def _waiting(mail: ReceivedMail) -> ReceivedMailQuerySet:
    return ReceivedMail.objects.filter(pk=mail.pk, status=ReceivedMail.Status.QUARANTINED)
