"""Acts that truly meet: each in a thread and a connection of its own, all standing at one gate before it opens.

Nothing depends on how fast a thread is: the gate is a lock that is held in the database, and PostgreSQL says who waits.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from django.db import connection

from tests.harness.shared_postgres import SharedPostgres
from watchkeeper.people.wall import for_the_desk

Act = Callable[[], Any]

CHAIN_LOCK = 0x57_4B
"""The class of the advisory lock under which an account's chain grows (``incidents.evidence``)."""

A_LONG_WHILE = 60.0


@dataclass(frozen=True)
class Gate:
    """A lock that ``keeper`` holds in a transaction; ``watcher`` sees who waits. Both are a superuser's connections."""

    keeper: psycopg.Connection[Any]
    watcher: psycopg.Connection[Any]

    def pids_waiting(self) -> list[int]:
        """The backends that wait for a lock in this database."""
        waiting = "select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
        return [pid for (pid,) in self.watcher.execute(waiting)]

    def wait_until_met(self, acts: Sequence[Future[Any]]) -> None:
        """Return when every act waits for a lock, or is over."""
        until = time.monotonic() + A_LONG_WHILE
        while len(self.pids_waiting()) + sum(act.done() for act in acts) < len(acts):
            assert time.monotonic() < until, "not every act came to the gate"

    def open(self) -> None:
        self.keeper.execute("rollback")


@contextmanager
def gate_at(
    postgres: SharedPostgres, database: str, *, incident: int | None = None, accounts: Iterable[int] = ()
) -> Iterator[Gate]:
    """Hold an incident's row, or the chains of accounts, until the gate is opened."""
    with postgres.superuser(database) as keeper, postgres.superuser(database) as watcher:
        keeper.execute("begin")
        if incident is not None:
            keeper.execute("select from incidents_incident where id = %s for update", [incident])
        for account in accounts:
            keeper.execute("select pg_advisory_xact_lock(%s, %s)", [CHAIN_LOCK, account])
        yield Gate(keeper, watcher)


def at_once(gate: Gate, *acts: Act, meanwhile: Act = lambda: None) -> list[Any]:
    """Let the acts come to the gate one after another, do what happens ``meanwhile``, and open.

    What comes back is each act's answer, or what it raised.
    """
    with ThreadPoolExecutor(len(acts)) as threads:
        under_way: list[Future[Any]] = []
        try:
            for act in acts:
                under_way.append(threads.submit(_done_apart, act))
                gate.wait_until_met(under_way)
            meanwhile()
        finally:
            gate.open()
    return [act.exception() or act.result() for act in under_way]


def _done_apart(act: Act) -> Any:
    try:
        with connection.cursor() as cursor:
            cursor.execute("set lock_timeout = 0; set statement_timeout = 0")  # the gate opens when all have come
        return act()
    finally:
        connection.close()


def at_the_desk(act: Callable[..., Any], *given: Any, **named: Any) -> Act:
    """``act`` as a view does it: one transaction, standing for the desk."""

    def done() -> Any:
        with for_the_desk():
            return act(*given, **named)

    return done
