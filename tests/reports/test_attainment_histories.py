"""Attainment over generated incidents with histories of every kind is what DuckDB makes of an export, to the incident.

DuckDB reads the events, and of each commitment what was promised: its metric, its number, its severity, its level and
when it came to be owed and due. What came of it, when by the local clock, how long it took and what is contested, it
finds out by itself.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from bench import histories
from django.db import connection

from tests.config.desk_commands import call
from tests.stage import cast
from watchkeeper.people.wall import stand_for_the_desk
from watchkeeper.reports.attainment.asked import Asked
from watchkeeper.reports.attainment.count import Population, counted
from watchkeeper.reports.attainment.measured import speed_of
from watchkeeper.reports.attainment.periods import ALL, choices

__all__ = ["cast"]

FIRST, UNTIL = datetime(2025, 1, 6, tzinfo=UTC), datetime(2026, 3, 1, 12, tzinfo=UTC)
ZONE = "America/Chicago"

EXPORTS = {
    "events": "select incident_id, number, kind, at as happened_at, data::text as data from incidents_event",
    "promised": """select incident_id, account_id, metric, nth, severity, level, opened_at, due_at,
                   case when metric <> 'acknowledgement' or nth > 1 then done_at end as done_at, reason
                   from clocks_commitment""",
    "outside": "select incident_id, account_id, severity, level from clocks_outsidethelevel",
}

RECOMPUTED = """
create view told as select *, data::json as said from events;
create view is_test as select incident_id from told where kind = 'reported' and said->>'is_test' = 'true';
create view component as
    select incident_id, arg_max(said->>'component', number) as component from told
    where said->>'component' is not null and kind in ('reported', 'classified') group by 1;
create view spoken as
    select incident_id, arg_min(happened_at, number) as moment from told
    where kind in ('acknowledged', 'replied', 'asked', 'resolved', 'merged') group by 1;
create view cancelled_first as
    select incident_id, arg_min(happened_at, number) as moment from told
    where kind in ('withdrawn', 'recovered') group by 1;
create view excluded as
    select incident_id, said->>'metric' as metric, (said->>'nth')::int as nth, arg_max(said->>'reason', number) as why
    from told where kind = 'excluded' group by 1, 2, 3;
create view disputes as
    select d.incident_id, d.said->>'about' as about, d.said->>'metric' as metric, (d.said->>'nth')::int as nth,
           d.number, (select arg_min(a.said->>'upheld', a.number) from told a
                      where a.incident_id = d.incident_id and a.kind = 'dispute_answered'
                      and a.number > d.number and a.said->>'about' = d.said->>'about'
                      and a.said->>'metric' = d.said->>'metric' and a.said->>'nth' = d.said->>'nth') as upheld
    from told d where d.kind = 'disputed';
create view acted as
    select p.* exclude (done_at), case when p.metric <> 'acknowledgement' or p.nth > 1 then p.done_at
                                       when f.moment is null or s.moment < f.moment then s.moment end as done_at
    from promised p left join spoken s using (incident_id) left join cancelled_first f using (incident_id);
create table figures as
    select p.account_id, p.level, p.severity, p.metric, p.incident_id, p.nth, p.opened_at,
           coalesce(c.component, '') as component, p.done_at,
           case when e.why is not null then 'excluded'
                when p.reason = 'outside the level' then 'outside_level'
                when p.done_at is not null and (p.due_at is null or p.done_at <= p.due_at) then 'met'
                when p.done_at is not null then 'breached'
                when p.reason is not null then 'cancelled'
                when p.due_at < $as_of then 'breached'
                else 'open' end as figure,
           (select case when bool_or(d.upheld is null) then 'open'
                        when arg_max(d.upheld, d.number) = 'true' then 'upheld' when count(*) > 0 then 'declined' end
            from disputes d where d.incident_id = p.incident_id
            and (d.about = 'severity' or (d.metric = p.metric and d.nth = p.nth))) as disputed,
           timezone('America/Chicago', p.opened_at) as local
    from acted p
    left join component c using (incident_id)
    left join excluded e on (e.incident_id, e.metric, e.nth) = (p.incident_id, p.metric, p.nth)
    where p.incident_id not in (from is_test);
insert into figures
    select o.account_id, o.level, o.severity, 'acknowledgement', o.incident_id, 0, r.happened_at,
           coalesce(c.component, ''), null, 'outside_level', null, timezone('America/Chicago', r.happened_at)
    from outside o join told r on r.incident_id = o.incident_id and r.number = 1
    left join component c on c.incident_id = o.incident_id
    where o.incident_id not in (from is_test);
"""


@pytest.fixture
def export(cast, tmp_path, clock):
    """``export(count)``: a DuckDB that has read an export of so many generated incidents."""
    import duckdb

    clock.set(UNTIL)
    opened = duckdb.connect()

    def exported(count: int) -> Any:
        stand_for_the_desk()
        of, ana = histories.customers(8, at=FIRST)
        told = histories.histories(count, of, assignee=ana, first=FIRST, until=UNTIL, seed=20260301)
        assert histories.write(told, by=histories.inserted) == count
        opened.execute("set timezone = 'UTC'")
        for name, query in EXPORTS.items():
            path = tmp_path / f"{name}.csv"
            copying = f"copy ({query}) to stdout (format csv, header)"
            with path.open("wb") as file, connection.cursor() as cursor, cursor.copy(copying) as copy:
                for part in copy:
                    file.write(part)
            opened.execute(f"create table {name} as from read_csv('{path}', quote='\"', escape='\"')")
        for statement in RECOMPUTED.replace("$as_of", f"timestamptz '{UNTIL.isoformat()}'").split(";\n"):
            if statement.strip():
                opened.execute(statement)
        return opened

    yield exported
    opened.close()
    with connection.cursor() as cursor:
        cursor.execute("set local statement_timeout = 0")  # all that was written is checked once more before it goes


def population(cast) -> Population:
    return Population(cast.mia, Asked(), choices(UNTIL, ZONE)[ALL], UNTIL)


def agrees(cast, found: Any) -> None:
    """Each figure of the reports is the one that DuckDB counts."""
    by = ("account_id", "level", "severity", "metric", "component", "opened_on", "opened_hour")
    ours: Counter[Any] = Counter()
    disputed: Counter[Any] = Counter()
    for key, figures in counted(population(cast), *by).items():
        for figure, count in figures.counts.items():
            ours[*key, figure] += count
        for standing, count in figures.disputed.items():
            disputed[*key, standing] += count
    place = """account_id, level, severity, metric, component, local::date as day,
               ((isodow(local) - 1) * 24 + hour(local))::int as hour"""
    query = f"select {place}, figure, count(*) from figures group by all"
    theirs = Counter({row[:-1]: row[-1] for row in _rows(found, query)})
    assert len(theirs) > 100
    assert ours == theirs
    query = f"select {place}, disputed, count(*) from figures where disputed is not null group by all"
    assert disputed == Counter({row[:-1]: row[-1] for row in _rows(found, query)})
    times = "date_diff('microseconds', opened_at, done_at)"
    query = f"""select severity, count(*), quantile_disc({times}, [0.5, 0.9, 0.95]) from figures
                where metric = 'acknowledgement' and done_at is not null and figure <> 'excluded' and nth > 0
                group by 1 order by 1"""
    speeds = speed_of(population(cast))
    assert [(each.severity, each.count, [_microseconds(it) for it in each.elapsed]) for each in speeds] == _rows(
        found, query
    )


def _microseconds(length: timedelta) -> int:
    return length // timedelta(microseconds=1)


def _rows(found: Any, query: str) -> list[tuple[Any, ...]]:
    return found.execute(query).fetchall()


@pytest.mark.parametrize("count", [800, pytest.param(50_000, marks=pytest.mark.long)])
def test_the_reports_are_what_duckdb_recomputes_from_an_export(cast, export, count):
    agrees(cast, export(count))
    assert call("attainment", "check") == 0
