"""How late the watcher is: ``python -m bench.watch``. The aim is a 99th percentile under one second.

50,000 incidents are open in a PostgreSQL of its own, with fsync on; 1,000 of them fall due within 20 seconds, first
under one ``watchkeeper watch``, then under two, which is what ``serve`` starts on two processors. Late is from the due
instant to the breach's ``recorded_at``, and to the commit that made it so. No worker runs: what the watcher has queued
is not sent.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from statistics import quantiles
from typing import Any, NamedTuple

from watchkeeper.config import desk
from watchkeeper.config.postgres import SUPERUSER, EmbeddedPostgres
from watchkeeper.config.roles import DATABASE

OPEN = 50_000
DUE = 1_000
SPREAD = timedelta(seconds=20)
ACCOUNTS = 50
CRITICAL, LOW = 1, 4
WINDOW = timedelta(hours=2)  # of a Critical at Premium, around the clock
AHEAD = timedelta(seconds=5)  # from writing them down to the first that is due
PATIENCE = 180.0

WATCHKEEPER = str(Path(sys.executable).with_name("watchkeeper"))

LATENESS = """
    select extract(epoch from e.recorded_at - e.at)::float,
           extract(epoch from pg_xact_commit_timestamp(e.xmin) - e.at)::float
    from incidents_event e where kind = 'breached' and incident_id = any(%s)
"""
HANDLED_TWICE = """
    select count(*) from (
        select from incidents_event where kind = 'breached' and incident_id = any(%s)
        group by incident_id, data ->> 'metric', data ->> 'nth' having count(*) > 1
    ) twice
"""


class Round(NamedTuple):
    """What came of one round: seconds of lateness, how many breaches came twice, seconds of processor time."""

    recorded: list[float]
    committed: list[float]
    twice: int
    processor: list[float]


@contextmanager
def scratch_database() -> Iterator[EmbeddedPostgres]:
    """An embedded PostgreSQL with the desk's tables and nothing else, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="watchkeeper-bench-") as folder:
        os.environ |= {"WATCHKEEPER_VAR": f"{folder}/var", "WATCHKEEPER_SMTP_URL": "smtp://127.0.0.1:25"}
        os.environ.pop("DATABASE_URL", None)
        postgres = EmbeddedPostgres(Path(folder, "var"), settings={"track_commit_timestamp": "on"})
        try:
            desk.start(postgres)
            desk.load()
            from watchkeeper.config.migration import migrate
            from watchkeeper.policies.shipped import shipped_text

            migrate(first_policy=shipped_text())
            yield postgres
        finally:
            postgres.stop()


def fill(count: int) -> tuple[Any, Any]:
    """Write ``count`` open incidents that are due in days; the customers and the engineer they are of."""
    from bench.open_incidents import Received, customers, open_incidents

    from watchkeeper.people import clock
    from watchkeeper.people.wall import for_the_desk

    with for_the_desk():
        now = clock.now()
        of, assignee = customers(ACCOUNTS, at=now)
        received = (Received(now - timedelta(seconds=number / 10), LOW) for number in range(count))
        for _ in open_incidents(received, of, assignee=assignee, until=now):
            pass
    return of, assignee


def fall_due(of: Any, assignee: Any) -> list[int]:
    """Write the incidents that fall due, evenly over the spread, and answer their keys."""
    from bench.open_incidents import Received, open_incidents

    from watchkeeper.people import clock
    from watchkeeper.people.wall import for_the_desk

    with for_the_desk():
        now = clock.now()
        first_due = now + AHEAD
        received = (Received(first_due + SPREAD * number / DUE - WINDOW, CRITICAL) for number in range(DUE))
        return [incident.pk for incident in open_incidents(received, of, assignee=assignee, until=now)]


@contextmanager
def watchers(count: int, superuser: Any) -> Iterator[list[subprocess.Popen[bytes]]]:
    """So many ``watchkeeper watch``, listening already."""
    running = [subprocess.Popen([WATCHKEEPER, "watch"]) for _ in range(count)]
    try:
        listening = "select count(*) from pg_stat_activity where query = 'listen watchkeeper_incident'"
        _wait(lambda: superuser.execute(listening).fetchone()[0] == count)
        yield running
    finally:
        for watcher in running:
            watcher.terminate()
        for watcher in running:
            watcher.wait(30)


def one_round(count: int, of: Any, assignee: Any, superuser: Any) -> Round:
    """Let ``DUE`` incidents fall due under so many watchers."""
    with watchers(count, superuser) as running:
        keys = fall_due(of, assignee)
        _wait(lambda: len(superuser.execute(LATENESS, [keys]).fetchall()) >= DUE)
        processor = [_processor_seconds(watcher.pid) for watcher in running]
    late = superuser.execute(LATENESS, [keys]).fetchall()
    (twice,) = superuser.execute(HANDLED_TWICE, [keys]).fetchone()
    return Round([recorded for recorded, _ in late], [committed for _, committed in late], twice, processor)


def statements_of_one_look(of: Any, assignee: Any) -> int:
    """How many statements it takes to breach one incident and say so."""
    from bench.open_incidents import Received, open_incidents
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from watchkeeper.config.watcher import look_at_some
    from watchkeeper.people import clock
    from watchkeeper.people.wall import for_the_desk

    with for_the_desk():
        now = clock.now()
        due_at = now - timedelta(seconds=1)
        list(open_incidents([Received(due_at - WINDOW, CRITICAL)], of, assignee=assignee, until=due_at))
    with CaptureQueriesContext(connection) as sent:
        assert look_at_some()
    return len(sent)


def said(round_: Round) -> str:
    """One round as lines."""
    lines = []
    for name, seconds in (("recorded", round_.recorded), ("committed", round_.committed)):
        percentile = quantiles(seconds, n=100)
        lines.append(
            f"  {name:<10} p50 {percentile[49] * 1000:7.1f} ms   p99 {percentile[98] * 1000:7.1f} ms   "
            f"max {max(seconds) * 1000:7.1f} ms"
        )
    processor = " + ".join(f"{seconds:.1f}" for seconds in round_.processor)
    lines.append(f"  handled {len(round_.recorded)}, twice {round_.twice}, processor time {processor} s")
    return "\n".join(lines)


def main() -> None:
    """Print both rounds."""
    import psycopg

    with scratch_database() as postgres:
        began = time.monotonic()
        of, assignee = fill(OPEN - DUE)
        with psycopg.connect(postgres.conninfo(user=SUPERUSER, dbname=DATABASE), autocommit=True) as superuser:
            superuser.execute("vacuum analyze")
            print(f"{OPEN:,} open incidents, written in {time.monotonic() - began:.0f} s; {DUE:,} fall due in {SPREAD}")
            print(f"statements of one look that breaches and tells three: {statements_of_one_look(of, assignee)}")
            for count in (1, 2):
                print(f"{count} watcher{'s' if count > 1 else ''}")
                print(said(one_round(count, of, assignee, superuser)), flush=True)
        from django.db import connections

        connections.close_all()


def _processor_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _wait(holds: Any) -> None:
    until = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > until:
            raise TimeoutError(f"waited {PATIENCE:g} s in vain")
        time.sleep(0.25)


if __name__ == "__main__":
    main()
