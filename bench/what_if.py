"""How many incidents a what-if compares in a minute on one core, and in how much memory: ``python -m bench.what_if``.

Incidents with whole timelines (reported, dispatched, acknowledged, asked, answered, replied, resolved, closed; some are
raised, some breached and warned of) are read from PostgreSQL and folded twice: as they are, and as Premium, Break-Fix
or another calendar would have had it. The aim is 100,000 incidents a minute.
"""

from __future__ import annotations

import random
import resource
from datetime import datetime, timedelta
from time import perf_counter, process_time
from typing import Any, NamedTuple

INCIDENTS = 20_000
AT_A_TIME = 1_000


class Rate(NamedTuple):
    """What one question took: incidents, seconds on the wall and of the processor; the breaches that come and go."""

    terms: str
    incidents: int
    seconds: float
    processor: float
    come: int
    go: int

    @property
    def a_minute(self) -> float:
        """Incidents compared in a minute of this process's processor time."""
        return self.incidents / self.processor * 60

    def __str__(self) -> str:
        return (
            f"{self.terms:28}{self.incidents:>9,} incidents{self.seconds:7.1f} s ({self.processor:.1f} s of processor)"
            f"{self.a_minute:>12,.0f} a minute   {self.come:,} breaches come, {self.go:,} go"
        )


def rates() -> list[Rate]:
    """Ask three questions of every incident that there is; in transactions that stand for the desk. Needs Django."""
    from watchkeeper.people import clock
    from watchkeeper.policies.versions import policy_in_force
    from watchkeeper.reports.what_if.terms import OfCalendar, OfLevel

    now = clock.now()
    standard = next(iter(policy_in_force(now).operating.values()))
    questions = {
        "Premium for all": OfLevel("premium"),
        "Break-Fix for all": OfLevel("break-fix"),
        f"counted in {standard.name}": OfCalendar(standard),
    }
    return [_asked(name, terms, now) for name, terms in questions.items()]


def _asked(name: str, terms: object, now: datetime) -> Rate:
    from watchkeeper.incidents.models import Incident
    from watchkeeper.people.wall import for_the_desk
    from watchkeeper.reports.what_if.comparing import Comparison
    from watchkeeper.reports.what_if.question import chunk
    from watchkeeper.reports.what_if.tally import Tally

    tally, comparison = Tally(), Comparison(terms, as_of=now)  # type: ignore[arg-type]
    started, processor, before = perf_counter(), process_time(), None
    while True:
        with for_the_desk():
            found = chunk(Incident.objects.all(), before=before, at_most=AT_A_TIME)
            comparison.count(found.incidents, tally)
        before = found.before
        if before is None:
            break
    took = (perf_counter() - started, process_time() - processor)
    return Rate(name, tally.incidents, *took, tally.come, tally.go)


def memory() -> float:
    """The most memory this process had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def fill(number: int) -> None:
    """So many incidents of one Premium account over the time that lies behind, with whole timelines."""
    from bench.worked_incidents import write_histories

    from watchkeeper.people import clock
    from watchkeeper.people.wall import for_the_desk

    rng = random.Random(20260306)
    with for_the_desk():
        at = clock.now() - timedelta(days=730)
        customer, assignee = _customer(at)
    step = timedelta(days=700) / number
    for begin in range(0, number, AT_A_TIME):
        some = [at + step * each for each in range(begin, min(begin + AT_A_TIME, number))]
        with for_the_desk():
            write_histories(some, of=customer, assignee=assignee, rng=rng)


def _customer(at: datetime) -> tuple[Any, Any]:
    from bench.open_incidents import customers

    (customer,), assignee = customers(1, at=at)
    return customer, assignee


def main() -> None:
    from bench.watch import scratch_database

    with scratch_database():
        fill(INCIDENTS)
        before = memory()
        print(f"{INCIDENTS:,} incidents, {_events():,} events; aim: 100,000 incidents a minute")
        for rate in rates():
            print(rate)
        print(f"memory: {memory():.0f} MB, of them {memory() - before:.0f} MB since the incidents were written")


def _events() -> int:
    from watchkeeper.incidents.models import Event
    from watchkeeper.people.wall import for_the_desk

    with for_the_desk():
        return Event.objects.count()


if __name__ == "__main__":
    main()
