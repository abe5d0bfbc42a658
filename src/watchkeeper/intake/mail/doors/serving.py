"""All doors that somebody has to stand at, in one process: what is listened at, and what is looked into."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from functools import partial

from django.conf import settings

from watchkeeper.intake.mail.doors.configured import Doors

log = logging.getLogger(__name__)

Door = Callable[[threading.Event], None]


def has_doors() -> bool:
    """Whether this installation has a door that needs this process."""
    doors: Doors = settings.WATCHKEEPER_MAIL_DOORS
    return doors.need_a_process


def serve_doors(stop: threading.Event) -> None:
    """Stand at every configured door until ``stop`` is set.

    A door that cannot be opened, such as where another process listens, ends all and raises what it raised: whoever
    started the process starts it again.
    """
    faults: list[BaseException] = []

    def stand_at(door: Door) -> None:
        try:
            door(stop)
        except BaseException as fault:  # noqa: BLE001 - it is raised again below
            faults.append(fault)
        finally:
            stop.set()

    threads = [threading.Thread(target=stand_at, args=[door], name=name) for name, door in _doors().items()]
    for thread in threads:
        thread.start()
    stop.wait()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]


def _doors() -> dict[str, Door]:
    """Each with its name. They are imported here: a process without mail need not pay for them.

    Where we listen is taken at once: a process that cannot have it signs in to no mailbox before it ends.
    """
    doors: Doors = settings.WATCHKEEPER_MAIL_DOORS
    found: dict[str, Door] = {}
    if at := doors.listening_at:
        from watchkeeper.intake.mail.doors.health import Health
        from watchkeeper.intake.mail.doors.listener import bound, listen

        health = Health(f"listener {at}")
        try:
            socket = bound(at)
        except OSError as fault:
            health.is_at_fault(fault)
            raise
        health.is_well()
        found["listener"] = partial(listen, socket, at.protocol, doors.addresses)
    for mailbox in doors.mailboxes:
        from watchkeeper.intake.mail.doors.imap import look_into

        found[mailbox.name] = partial(look_into, mailbox, doors.taken, doors.tokens)
    return found
