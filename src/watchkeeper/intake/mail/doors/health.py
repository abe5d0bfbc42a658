"""Whether a door is well: a fault is logged when it begins and when it is over, not each time that it is met.

It stands on the page of mail that came in as long as it lasts, and after a minute the operators are told, once.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from django.db import InterfaceError, OperationalError, connection

from watchkeeper.intake.models import DoorFault
from watchkeeper.notify import outbox, wording
from watchkeeper.people import clock
from watchkeeper.people.language import speaking_to
from watchkeeper.people.wall import for_the_desk

log = logging.getLogger(__name__)

TOLD_AFTER = timedelta(minutes=1)
"""A server that is started anew, or a line that is lost for a moment, wakes nobody."""


@dataclass
class Health:
    """``fault`` says what is wrong with ``door`` now; empty: nothing."""

    door: str
    fault: str = ""

    def is_well(self) -> None:
        if self.fault:
            log.warning("%s: works again", self.door)
        self.fault = ""
        with _for_a_moment(), for_the_desk():
            DoorFault.objects.filter(door=self.door).delete()

    def is_at_fault(self, fault: BaseException) -> None:
        said = " ".join(str(fault).split()) or type(fault).__name__
        if said != self.fault:
            log.warning("%s: %s; mail stays there, trying again", self.door, said)
        log.debug("%s: where that happened", self.door, exc_info=fault)
        self.fault = said
        try:
            _write_down(self.door, said)
        except (OperationalError, InterfaceError) as away:  # the database may be what is at fault
            log.warning("%s: this could not be written down: %s", self.door, away)


def _write_down(door: str, said: str) -> None:
    with _for_a_moment(), for_the_desk():
        now = clock.now()
        row, _is_new = DoorFault.objects.select_for_update().get_or_create(
            door=door, defaults={"fault": said, "since": now}
        )
        row.fault = said
        if row.told_at is None and now - row.since >= TOLD_AFTER:
            row.told_at = now
            with speaking_to(None):
                words = wording.door_at_fault(door=door, since=row.since, because=said)
            outbox.tell_the_operators(step=f"door:{door}:{row.since:%Y-%m-%dT%H:%M:%S}"[:200], words=words, now=now)
        row.save()


@contextmanager
def _for_a_moment() -> Iterator[None]:
    """Hold a connection no longer than the block: a door waits for hours, and one that broke is not used again."""
    try:
        yield
    finally:
        if not connection.in_atomic_block:
            connection.close()
