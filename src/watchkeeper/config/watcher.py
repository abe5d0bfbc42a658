"""The watcher: looks at each incident the moment something can be due, and sleeps until the next.

Any number may run. One claims an incident by locking its row and skips what another holds; cost follows what is
due, not what is open. It wakes on the database's notification, at the next moment, and every five seconds anyway.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from typing import Any

import psycopg
from django.db import OperationalError, connection, transaction

from watchkeeper.incidents import flow
from watchkeeper.incidents.announcement import CHANNEL, to_listen_with
from watchkeeper.incidents.models import Incident
from watchkeeper.notify import outbox
from watchkeeper.notify.instants import DatabaseNow
from watchkeeper.office.agreements import endings
from watchkeeper.people import clock
from watchkeeper.people.wall import for_the_desk
from watchkeeper.premium.guidance.notices import tell_of_due
from watchkeeper.premium.guidance.proposing import look_for_proposals, today_at_the_desk
from watchkeeper.premium.reviews.schedule import look_after_reviews
from watchkeeper.reports.attainment import monthly

log = logging.getLogger(__name__)

AT_ONCE = 8
SHORTEST_SLEEP, LONGEST_SLEEP = 0.02, 5.0
SWEEP_EVERY = 3.0
ASK_FOR_THE_DAY_EVERY = 60.0
LOOK_AROUND_EVERY = timedelta(hours=1)
LOOK_AGAIN_AFTER_A_WAIT = timedelta(seconds=1)
LOOK_AGAIN_AFTER_A_FAULT = timedelta(minutes=1)


def watch(stop: threading.Event) -> None:
    """Look until ``stop`` is set; beside it the outbox is swept and proposals are looked for, and no look waits for
    either."""
    with ThreadPoolExecutor(2, "beside") as beside, Ear() as ear:
        others = [beside.submit(sweep_until, stop), beside.submit(propose_until, stop)]
        try:
            while not stop.is_set():
                while not stop.is_set() and look_at_some():
                    pass
                for other in others:
                    if other.done():
                        other.result()
                if not stop.is_set():
                    ear.wait(seconds_until_next_look())
        finally:
            stop.set()


def sweep_until(stop: threading.Event) -> None:
    """Sweep at once, and every few seconds until ``stop`` is set; by the database's clock, look around every hour."""
    looked_at: datetime | None = None
    while not stop.is_set():
        outbox.sweep()
        looked_at = look_around_hourly(looked_at)
        stop.wait(SWEEP_EVERY)


def look_around_hourly(last: datetime | None) -> datetime:
    """Tell of licences and agreements that end, of recommendations that are due and of a month that is over, and draft
    service reviews and remind of them, unless that was done within the hour; when it was done last."""
    now = clock.now()
    if last is not None and last <= now < last + LOOK_AROUND_EVERY:
        return last
    endings.tell_of_ends()
    tell_of_due()
    look_after_reviews()
    monthly.tell_of_months()
    return now


def propose_until(stop: threading.Event) -> None:
    """Look for proposals at once, and every night until ``stop`` is set."""
    looked_on: date | None = None
    while not stop.is_set():
        looked_on = propose_nightly(looked_on, stop)
        connection.close()  # nobody needs it for a minute, and the pool is for all
        stop.wait(ASK_FOR_THE_DAY_EVERY)


def propose_nightly(last: date | None, stop: threading.Event) -> date | None:
    """Look for proposals, unless that was done on this day at the desk; the day it was done last."""
    today = today_at_the_desk()
    if today is not None and today != last:
        look_for_proposals(goes_on=lambda: not stop.is_set())
    return today


def look_at_some() -> int:
    """Look at the most urgent incidents that are due and that nobody else holds, in one transaction; how many.

    One account after the other: of two watchers that need the chains of the same accounts, one waits.
    """
    with for_the_desk():
        due = (
            Incident.objects.to_look_at(DatabaseNow())
            .select_for_update(skip_locked=True, **flow.THE_ROW)
            .select_related(*flow.READ_ALONG)[:AT_ONCE]
        )
        held = sorted(due, key=lambda incident: incident.account_id)
        if held:
            _look_at(held)
    return len(held)


def seconds_until_next_look() -> float:
    """How long nothing can be due by itself, at most five seconds; not nothing: what is due may be another's."""
    with for_the_desk(), connection.cursor() as cursor:
        cursor.execute("select extract(epoch from min(look_again_at) - watchkeeper_now()) from incidents_incident")
        (seconds,) = cursor.fetchone()
    return LONGEST_SLEEP if seconds is None else min(max(float(seconds), SHORTEST_SLEEP), LONGEST_SLEEP)


def _look_at(held: Sequence[Incident]) -> None:
    """Look at locked incidents at once; where one of them cannot be looked at, at each by itself."""
    try:
        with transaction.atomic():
            flow.carry(flow.looks_at(held))
    except Exception as error:
        log.warning("could not look at %d incidents at once, looking at each: %s", len(held), error, exc_info=True)
        for incident in held:
            _look_at_alone(incident)


def _look_at_alone(held: Incident) -> None:
    """A fault in one holds up no other: it is said, and looked at again in a minute.

    Where somebody held what it needs for too long, it is looked at again in a second.
    """
    incident = Incident.objects.select_related(*flow.READ_ALONG).get(pk=held.pk)
    looked_at_before = incident.look_again_at
    try:
        with transaction.atomic():
            flow.look_at(incident)
    except OperationalError as error:
        log.warning("could not look at %s yet: %s", incident.reference, error)
        _look_again(incident, looked_at_before, LOOK_AGAIN_AFTER_A_WAIT)
    except Exception:
        log.exception("could not look at %s; looking again in a minute", incident.reference)
        _look_again(incident, looked_at_before, LOOK_AGAIN_AFTER_A_FAULT)


def _look_again(incident: Incident, looked_at_before: datetime | None, after: timedelta) -> None:
    later = clock.now() + after
    Incident.objects.filter(pk=incident.pk, look_again_at=looked_at_before).update(look_again_at=later)


class Ear:
    """A connection of its own that listens for changes of incidents."""

    def __enter__(self) -> Ear:
        self._connection = psycopg.connect(**to_listen_with(), autocommit=True)
        self._connection.execute(f"listen {CHANNEL}")
        return self

    def __exit__(self, *_exc: Any) -> None:
        self._connection.close()

    def wait(self, seconds: float) -> None:
        """Wait until something changed, or for so many seconds."""
        for _heard in self._connection.notifies(timeout=seconds, stop_after=1):
            pass
