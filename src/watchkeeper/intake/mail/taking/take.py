"""Taking one mail: claimed under a lease, read apart in the limited child, decided and done in one transaction.

Whoever dies in between leaves a mail that waits, and another takes it when the lease is over. What cannot be read, and
what cannot be taken three times over, waits for a person; the mails behind it go on.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Protocol

from django.db import connection
from django.db.models import F

from watchkeeper.core import mail as core
from watchkeeper.core.said import sentence
from watchkeeper.intake.mail.letter import Letter
from watchkeeper.intake.mail.reading.limits import TookTooLong, Unreadable
from watchkeeper.intake.mail.taking import acting
from watchkeeper.intake.mail.taking.evidence import found, is_copy
from watchkeeper.intake.mail.taking.operators import tell_the_operators
from watchkeeper.intake.models import ReceivedMail
from watchkeeper.notify.instants import DatabaseNow
from watchkeeper.people import clock
from watchkeeper.people.wall import for_the_desk
from watchkeeper.ui.translated import kept

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=30)
"""Longer than a mail may be read, and than its transaction may take."""

PAUSE = timedelta(seconds=5)
"""Before it is tried again: what stood in the way may be gone by then."""

MOST_TRIES = 3
MOST_DEATHS = 10
"""So often a mail may be found half taken, its taker gone: it may be what they died of."""

LONGEST_TEXT = 100_000


class Reader(Protocol):
    """What reads a mail apart: raises ``Unreadable``, and ``TookTooLong`` where more time could help."""

    def read(self, raw: bytes) -> Letter: ...


def take_one(reader: Reader, *, is_slow: bool = False) -> bool:
    """Take the mail that has waited longest, if one waits; whether one did.

    What takes long to read is left to whoever takes slow mails (``is_slow``), so that no other waits behind it.
    """
    mail = _claim(is_slow=is_slow)
    if mail is None:
        return False
    if mail.tries > MOST_DEATHS:
        _quarantine(mail, sentence("Whoever took it up was gone before it was taken."))
        return True
    try:
        letter = reader.read(bytes(mail.raw.data))
    except TookTooLong as error:
        if is_slow:
            _quarantine(mail, str(error))
        else:
            _leave_to_the_slow(mail)
    except Unreadable as error:
        _quarantine(mail, str(error))
    else:
        _take(mail, letter)
    return True


def _claim(*, is_slow: bool) -> ReceivedMail | None:
    with for_the_desk():
        waiting = ReceivedMail.objects.to_take(is_slow=is_slow).select_for_update(skip_locked=True, of=("self",))
        mail = waiting.select_related("raw").first()
        if mail is not None:
            mail.tries += 1
            ReceivedMail.objects.filter(pk=mail.pk).update(tries=F("tries") + 1, lease_until=DatabaseNow() + LEASE)
        return mail


def _take(mail: ReceivedMail, letter: Letter) -> None:
    """Do what the table says and write down what became of it, both or neither."""
    try:
        with for_the_desk():
            if not _is_still_ours(mail):
                return
            _one_copy_at_a_time(mail)
            seen = found(mail, letter)
            done = acting.act(mail, letter, seen, core.decide(seen.evidence))
            _settle(mail, letter, done)
            acting.keep_page(letter, mail, done.event)
    except Exception as error:
        log.exception("%s: could not be taken, try %d", mail, mail.tries)
        if mail.tries >= MOST_TRIES:
            _quarantine(mail, sentence("It could not be taken: {error}.", error=type(error).__name__))
        else:
            _try_again_later(mail)


def _is_still_ours(mail: ReceivedMail) -> bool:
    """Whether nobody else took it after our lease; its row is held from here on."""
    row = ReceivedMail.objects.select_for_update(of=("self",)).get(pk=mail.pk)
    return row.status == ReceivedMail.Status.WAITING and row.tries == mail.tries


def _one_copy_at_a_time(mail: ReceivedMail) -> None:
    """Of two copies of a mail that are taken at once, the second waits, and then sees that there is a first."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [mail.fingerprint])


def _settle(mail: ReceivedMail, letter: Letter, done: acting.Done) -> None:
    ReceivedMail.objects.filter(pk=mail.pk).update(
        status=done.status,
        effect=done.effect,
        why=kept(done.why),
        settled_at=clock.now(),
        lease_until=None,
        author=letter.author.address[:320] if letter.author else "",
        subject=letter.subject[:1000],
        text="" if done.incident else letter.text[:LONGEST_TEXT],
        message_id=letter.message_id[:998],
        person=done.person,
        account_id=done.person.account_id if done.person else None,
        incident=done.incident,
        event=done.event,
    )


def _quarantine(mail: ReceivedMail, why: str) -> None:
    """Let it wait for a person, and tell the operators, once for all its copies."""
    with for_the_desk():
        if not _is_still_ours(mail):
            return
        _one_copy_at_a_time(mail)
        settled = {"why": kept(why), "settled_at": clock.now(), "lease_until": None}
        if is_copy(mail):
            ReceivedMail.objects.filter(pk=mail.pk).update(
                status=ReceivedMail.Status.DROPPED, effect=core.DROP, **settled
            )
            return
        ReceivedMail.objects.filter(pk=mail.pk).update(
            status=ReceivedMail.Status.QUARANTINED, effect=core.QUARANTINE, **settled
        )
        tell_the_operators(mail, why)


def _leave_to_the_slow(mail: ReceivedMail) -> None:
    with for_the_desk():
        if _is_still_ours(mail):
            ReceivedMail.objects.filter(pk=mail.pk).update(is_slow=True, lease_until=None)


def _try_again_later(mail: ReceivedMail) -> None:
    """The mails behind it go first."""
    with for_the_desk():
        if _is_still_ours(mail):
            ReceivedMail.objects.filter(pk=mail.pk).update(lease_until=DatabaseNow() + PAUSE)
