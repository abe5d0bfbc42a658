"""Sending a link to set a password: to whoever asked, where the desk knows them, and to whoever is invited."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from procrastinate.contrib.django import app

from watchkeeper.notify import outbox, wording
from watchkeeper.notify.models import Notice
from watchkeeper.notify.outbox.record import QUEUE
from watchkeeper.notify.password_links.link import Link, link_for
from watchkeeper.notify.urgency import SIGN_IN, URGENCIES
from watchkeeper.people import clock
from watchkeeper.people.language import speaking_to
from watchkeeper.people.models import Person
from watchkeeper.people.sign_in import attempts
from watchkeeper.people.wall import for_the_desk
from watchkeeper.policies import versions
from watchkeeper.ui.moments import DeskZone

Speak = Callable[..., wording.Words]


def ask(address: str) -> None:
    """Somebody asks for a link to this address: the work, and so the time, is the same whoever has it or nobody.

    Beyond ``attempts.PASSWORD_LINKS`` nothing is sent.
    """
    if attempts.count(attempts.PASSWORD_LINKS, address):
        send_if_known.defer(address=address, step=f"password-link:{secrets.token_hex(8)}")


@app.task(name="watchkeeper.notify.send_password_link_if_known", queue=QUEUE, priority=URGENCIES[SIGN_IN].priority)
def send_if_known(address: str, step: str) -> None:
    """Queue a link for whoever has the address and may sign in. Running it twice queues one."""
    with for_the_desk():
        person = Person.objects.filter(email=address.strip().lower(), is_active=True).first()
        if person is not None:
            _send(person, step, wording.password_link)


def invite(person: Person, *, by: str) -> Notice:
    """Queue a link to set a first password, as part of the caller's transaction, which stands for the desk."""

    def speak(**link: object) -> wording.Words:
        return wording.invitation(by=by, **link)  # type: ignore[arg-type]

    return _send(person, f"invitation:{secrets.token_hex(8)}", speak)


def _send(person: Person, step: str, speak: Speak) -> Notice:
    link = link_for(person)
    return outbox.queue(
        outbox.Saying(
            step=step,
            # To the address on record: one that was typed may only look like it.
            to=outbox.Recipient(person.email, person.name, person.pk),
            words=_in_their_language(person, speak, link),
            account_id=None,  # so that nobody of the account ever reads it
        )
    )


def _in_their_language(person: Person, speak: Speak, link: Link) -> wording.Words:
    with speaking_to(person):
        return speak(name=person.name, url=link.url, until=link.until, zone=_zone())


def _zone() -> DeskZone:
    policy = versions.policy_of(versions.version_in_force(clock.now()))
    return DeskZone(policy.zone, policy.zone_label or policy.zone)
