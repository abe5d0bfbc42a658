"""Reports over a million incidents: ``python -m bench.insight``; ``INCIDENTS=100000`` for fewer. The aim is under 2 s.

A twentieth of them is folded by core with histories of every kind and written by COPY (``bench.histories``) into a
PostgreSQL of its own, which then copies them to other accounts and years (``bench.multiplied``). A sample of all is
folded anew from its timelines and compared, by ``watchkeeper attainment check`` and ``rebuild --check``.

Each report is then asked for as a manager of all accounts over all time, three times; the median is said. Another bench
about insight, ``bench.what_if``, is called at the end where it offers ``over(postgres)``.
"""

from __future__ import annotations

import importlib.util
import os
import resource
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from statistics import median
from typing import Any

from bench.watch import scratch_database

from watchkeeper.config.postgres import SUPERUSER
from watchkeeper.config.roles import DATABASE

INCIDENTS = int(os.environ.get("INCIDENTS", "1000000"))
AN_ACCOUNTS_YEAR = timedelta(days=364)
SAMPLE = 2_000
ROUNDS = 3


def main() -> None:
    """Generate, check, measure."""
    with scratch_database() as postgres:
        from django.db import connections

        try:
            _fill(postgres)
            _check()
            _measure(postgres)
            _others(postgres)
        finally:
            connections.close_all()


def _fill(postgres: Any) -> None:
    from bench import histories, multiplied
    from django.db import connections

    from watchkeeper.people import clock
    from watchkeeper.people.wall import for_the_desk

    began = time.monotonic()
    with for_the_desk():
        until = clock.now().replace(microsecond=0)
        of, ana = histories.customers(multiplied.FOLDED_FOR * multiplied.ACCOUNTS, at=until)
    with connections["owner"].cursor() as owner:
        owner.execute("set synchronous_commit = off")
    own = of[: multiplied.FOLDED_FOR]
    folded = histories.histories(
        INCIDENTS // multiplied.TIMES, own, assignee=ana, first=until - AN_ACCOUNTS_YEAR, until=until, seed=20260301
    )
    written = histories.write(folded, by=histories.copied)
    took = time.monotonic() - began
    print(f"{written:,} incidents folded and written by COPY in {took:,.0f} s ({written / took:,.0f}/s)", flush=True)
    with _superuser(postgres) as superuser:
        multiplied.multiply(of, superuser)
    with connections["owner"].cursor() as owner:
        owner.execute("vacuum analyze")
        owner.execute("select count(*) from clocks_commitment")
        (promised,) = owner.fetchone()
        owner.execute("select count(*) from incidents_incident")
        (count,) = owner.fetchone()
        owner.execute("select count(*) from incidents_event")
        (events,) = owner.fetchone()
    took = time.monotonic() - began
    print(f"{count:,} incidents, {events:,} events, {promised:,} commitments stand after {took:,.0f} s", flush=True)


def _check() -> None:
    from argparse import Namespace

    from django.db import connection

    from watchkeeper.config.commands import attainment, rebuild
    from watchkeeper.incidents.models import Incident
    from watchkeeper.people.wall import for_the_desk

    with _timed(f"a sample of {SAMPLE:,} compared with its timelines"):
        assert attainment.run(Namespace(account=None, sample=SAMPLE)) == attainment.EQUAL
    with for_the_desk(), connection.cursor():
        keys = list(Incident.objects.order_by("?").values_list("pk", flat=True)[:200])
    differing = [line for key in keys for line in rebuild._rebuilt(key, writes=False)]
    assert not differing, differing[:5]
    print("200 of them rebuilt in full without a difference")


def _measure(postgres: Any) -> None:
    from watchkeeper.people import clock
    from watchkeeper.people.models import Person
    from watchkeeper.people.wall import for_the_desk
    from watchkeeper.reports.attainment.asked import Asked
    from watchkeeper.reports.attainment.count import Population, counted, lines_of
    from watchkeeper.reports.attainment.measured import by_component_of, by_hour_of, by_month_of, speed_of
    from watchkeeper.reports.attainment.periods import choices

    with for_the_desk():
        now = clock.now()
        mia = Person.objects.create_person("mia@x.example", name="Mia", password=None, roles=["manager"])
    offered = choices(now, "America/Chicago")
    reports: dict[str, Callable[[Population], object]] = {
        "by promise, severity and level": lines_of,
        "by account": lambda population: counted(population, "account_id"),
        "time to acknowledge": speed_of,
        "by month": by_month_of,
        "by weekday and hour": by_hour_of,
        "by component": by_component_of,
    }
    for period in ("all", "last-12-months", "last-month"):
        print(f"Reports over {period}, all accounts, median of {ROUNDS}:")
        for name, report in reports.items():
            _say(name, report, Population(mia, Asked(), offered[period], now))
    print("Reports over all, one account:")
    one = Asked(account="customer-2")
    for name, report in reports.items():
        _say(name, report, Population(mia, one, offered["all"], now))
    print(f"memory of this process at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    print(f"memory of PostgreSQL now {_memory_of_postgres(postgres):.0f} MB in private pages")


def _say(name: str, report: Callable[[Any], object], population: Any) -> None:
    from watchkeeper.people.wall import for_the_desk

    took = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        with for_the_desk():
            report(population)
        took.append(time.perf_counter() - began)
    print(f"  {name:32}{median(took) * 1000:8.0f} ms   (most {max(took) * 1000:.0f} ms)", flush=True)


def _memory_of_postgres(postgres: Any) -> float:
    """What its processes hold for themselves, in MB: shared buffers are counted once, by the file system."""
    total = 0
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            said = status.read_text()
            maps = status.with_name("smaps_rollup").read_text()
        except OSError:
            continue
        if said.startswith("Name:\tpostgres") and _is_ours(status.parent, postgres):
            total += sum(int(line.split()[1]) for line in maps.splitlines() if line.startswith("Private_"))
    return total / 1024


def _is_ours(process: Path, postgres: Any) -> bool:
    try:
        return os.readlink(process / "cwd").startswith(str(os.environ["WATCHKEEPER_VAR"]))
    except OSError:
        return False


def _others(postgres: Any) -> None:
    if importlib.util.find_spec("bench.what_if") is None:
        return
    over = getattr(import_module("bench.what_if"), "over", None)
    if over is not None:
        over(postgres)


@contextmanager
def _superuser(postgres: Any) -> Iterator[Any]:
    import psycopg

    with psycopg.connect(postgres.conninfo(user=SUPERUSER, dbname=DATABASE), autocommit=True) as superuser:
        yield superuser.cursor()


@contextmanager
def _timed(name: str) -> Iterator[None]:
    began = time.perf_counter()
    yield
    print(f"{name} in {time.perf_counter() - began:.1f} s")


if __name__ == "__main__":
    main()
