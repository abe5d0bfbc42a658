"""A lease that lasts as long as its worker lives: renewed beside the sending, gone soon after a death."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, connection

from watchkeeper.notify.models import Notice
from watchkeeper.notify.outbox.attempts import LEASE, renew

log = logging.getLogger(__name__)

RENEWED_EVERY = LEASE / 4


@contextmanager
def held(notice: Notice) -> Iterator[None]:
    """Renew the lease of a claimed notice from a thread of its own until the block ends."""
    done = threading.Event()
    keeper = threading.Thread(target=_renew_until, args=(done, notice), name=f"lease of {notice.pk}", daemon=True)
    keeper.start()
    try:
        yield
    finally:
        done.set()
        keeper.join()


def _renew_until(done: threading.Event, notice: Notice) -> None:
    while not done.wait(RENEWED_EVERY.total_seconds()):
        _renew(notice)


def _renew(notice: Notice) -> None:
    try:
        renew(notice)
    except DatabaseError:
        # The sending goes on; if the database stays away the lease ends, and the notice is sent once more.
        log.warning("the lease of %s could not be renewed", notice, exc_info=True)
    finally:
        connection.close()  # back to the pool until the next time
