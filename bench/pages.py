"""How long the server needs for a page: ``python -m bench.pages``. The aims with 100,000 incidents are a median of
20 ms for the queue and 10 ms for an incident.

One PostgreSQL with fsync on is filled with 1,000, then 10,000, then 100,000 incidents, of which one in ten is open.
Each page is asked for in this process, through every middleware, as the person who would read it.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta
from statistics import quantiles
from typing import Any, NamedTuple

from bench.watch import scratch_database

SIZES = (1_000, 10_000, 100_000)
OPEN_EVERY = 10
ACCOUNTS = 47  # a prime, so that each account has incidents of all kinds
TIMES = 60
SEVERITIES = (1, 2, 3, 4, 5)
NEW_EVERY = timedelta(minutes=4)


class Page(NamedTuple):
    """A page, and who reads it."""

    name: str
    address: str
    reader: Any


def pages(engineer: Any, manager: Any, customer: Any) -> Iterator[Page]:
    """What is measured; the incidents are one that is open and one that is closed."""
    from watchkeeper.incidents.models import Incident

    seen = Incident.objects.filter(account=customer.account)
    running = seen.open().latest("received_at").reference
    settled = seen.filter(state="closed").latest("received_at").reference
    yield Page("queue", "/desk/", engineer)
    yield Page("queue, its last page", f"/desk/?before={_end()}", engineer)
    yield Page("queue, mine", "/desk/?owner=me", engineer)
    yield Page("queue, every state", "/desk/?state=any", engineer)
    yield Page("queue, a word of few", "/desk/?state=any&q=WK-2222", engineer)
    yield Page("queue, words of all", "/desk/?q=upstream+reset", engineer)
    yield Page("incident at the desk", f"/desk/incidents/{running}", engineer)
    yield Page("incident, closed", f"/desk/incidents/{settled}", engineer)
    yield Page("escalations", "/desk/escalations", engineer)
    yield Page("accounts", "/desk/accounts", manager)
    yield Page("my incidents", "/incidents", customer)
    yield Page("my incidents, all", "/incidents?show=all", customer)
    yield Page("my incident", f"/incidents/{running}", customer)
    yield Page("report", "/report", customer)
    yield Page("support levels", "/support-levels", None)


def _end() -> str:
    from watchkeeper.incidents.desk.queue.order import Place
    from watchkeeper.people import clock

    return Place(9, clock.now(), 2**40).written()


def grow(have: int, want: int, of: Any, assignee: Any) -> None:
    """Write incidents until there are so many: one in ten is open."""
    from bench.open_incidents import Received, open_incidents

    from watchkeeper.people import clock
    from watchkeeper.people.wall import for_the_desk

    with for_the_desk():
        now = clock.now()
        received = (
            Received(
                now - NEW_EVERY * number - timedelta(days=0 if number % OPEN_EVERY == 0 else 30),
                SEVERITIES[number % len(SEVERITIES)],
                is_settled=number % OPEN_EVERY != 0,
            )
            for number in range(have, want)
        )
        for _ in open_incidents(received, of, assignee=assignee, until=now):
            pass


def measured(page: Page) -> str:
    """One page as a line: the milliseconds of the server, and its statements."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(SERVER_NAME="127.0.0.1")
    if page.reader is not None:
        client.force_login(page.reader)
    answer = client.get(page.address)
    assert answer.status_code == 200, f"{page.address}: {answer.status_code}"
    with CaptureQueriesContext(connection) as sent:
        client.get(page.address)
    statements = len(sent)
    took = []
    for _ in range(TIMES):
        began = time.perf_counter()
        client.get(page.address)
        took.append((time.perf_counter() - began) * 1000)
    percentile = quantiles(took, n=100)
    return (
        f"  {page.name:<22} p50 {percentile[49]:7.1f} ms   p95 {percentile[94]:7.1f} ms   "
        f"{statements:3} statements   {len(answer.content) / 1024:5.0f} kB"
    )


def main() -> None:
    """Print every page at every size."""
    import psycopg

    from watchkeeper.config.postgres import SUPERUSER
    from watchkeeper.config.roles import DATABASE

    with scratch_database() as postgres:
        from bench.open_incidents import customers

        from watchkeeper.config.web import collect_static
        from watchkeeper.people import clock
        from watchkeeper.people.models import Person
        from watchkeeper.people.wall import for_the_desk

        collect_static()
        with for_the_desk():
            of, assignee = customers(ACCOUNTS, at=clock.now() - timedelta(days=1000))
        with psycopg.connect(postgres.conninfo(user=SUPERUSER, dbname=DATABASE), autocommit=True) as superuser:
            have = 0
            for size in SIZES:
                grow(have, size, of, assignee)
                have = size
                superuser.execute("vacuum analyze")
                print(f"{size:,} incidents, {size // OPEN_EVERY:,} of them open, {ACCOUNTS} accounts", flush=True)
                with for_the_desk():
                    manager = Person.objects.managers().get()
                    found = list(pages(assignee, manager, of[0].person))
                for page in found:
                    print(measured(page), flush=True)
        from django.db import connections

        connections.close_all()


if __name__ == "__main__":
    main()
