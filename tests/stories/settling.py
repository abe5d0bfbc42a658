"""Waiting for a running desk to have done all that is due: for a state of its database, never for a length of time."""

from __future__ import annotations

from datetime import datetime

from tests.harness.desk_process import Desk, wait_until

SETTLED = "due: 0, to be said: 0"

_DUE = "select count(*) from incidents_incident where look_again_at <= watchkeeper_now()"
_TO_BE_SAID = "select count(*) from notify_notice where status in ('queued', 'sending')"


def settle(desk: Desk) -> None:
    """Return when nobody has anything left to look at or to say."""
    wait_until(lambda: open_work(desk) == SETTLED, seconds=120, why=lambda: f"{open_work(desk)}\n{desk.log}")


def move_clock(desk: Desk, to: datetime) -> None:
    """Set the desk's clock, wake its watcher, and return when all that is due by then is done and said."""
    desk.clock.set(to)
    with desk.database() as owner:
        owner.execute("notify watchkeeper_incident")
    settle(desk)


def open_work(desk: Desk) -> str:
    """How much there is to look at, and to say."""
    with desk.database() as owner:
        ((due,), (unsaid,)) = (owner.execute(question).fetchone() or (0,) for question in (_DUE, _TO_BE_SAID))
    return f"due: {due}, to be said: {unsaid}"
