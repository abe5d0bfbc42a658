"""Taking mails until told to stop: each the moment it is kept, the slow ones beside the others."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from typing import Protocol

import psycopg

from watchkeeper.incidents.announcement import to_listen_with
from watchkeeper.intake.mail.erasing import erase_what_was_erased
from watchkeeper.intake.mail.keeping import CHANNEL
from watchkeeper.intake.mail.taking.take import Reader, take_one

LONGEST_SLEEP = 1.0
"""A notification wakes at once; this is for one that was missed, and for a lease that ran out."""


class OpenReader(Protocol):
    """``open_reader(is_slow=…)``: a child that reads; for slow mails one that has more time."""

    def __call__(self, *, is_slow: bool) -> AbstractContextManager[Reader]: ...


def take_until(stop: threading.Event, open_reader: OpenReader) -> None:
    """Take what is kept until ``stop`` is set. Raises when the database goes away: whoever started it starts it again.

    Any number of processes may: each mail is claimed by one.
    """
    with ThreadPoolExecutor(1, "slow mails") as beside:
        slow = beside.submit(_take, stop, open_reader, is_slow=True)
        try:
            _take(stop, open_reader, is_slow=False)
        finally:
            stop.set()
        slow.result()


def _take(stop: threading.Event, open_reader: OpenReader, *, is_slow: bool) -> None:
    try:
        with open_reader(is_slow=is_slow) as reader, psycopg.connect(**to_listen_with(), autocommit=True) as ear:
            ear.execute(f"listen {CHANNEL}")
            while not stop.is_set():
                while not stop.is_set() and take_one(reader, is_slow=is_slow):
                    pass
                if is_slow:
                    erase_what_was_erased()
                for _heard in ear.notifies(timeout=LONGEST_SLEEP, stop_after=1):
                    pass
    finally:
        stop.set()
