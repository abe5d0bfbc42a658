"""The database's clock, in the test's hand: the one function that the desk asks for the time is replaced."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

CLOCK_TO_SET = """
create table if not exists test_clock (
    the_only_row boolean primary key default true check (the_only_row),
    stands_at timestamptz,
    ahead_by interval not null default '0'
);
insert into test_clock default values on conflict do nothing;
create or replace function watchkeeper_now() returns timestamptz language sql stable parallel safe
    as $$ select coalesce(stands_at, statement_timestamp()) + ahead_by from test_clock $$;
"""
"""Run by the owner in every test database. Until a test sets it, the clock shows the true time."""


@dataclass(frozen=True)
class Clock:
    """One database's clock; `execute` runs SQL with parameters on any connection to it."""

    execute: Callable[[str, list[Any]], Any]

    def set(self, instant: datetime) -> None:
        """Stop the clock at an instant; it carries its offset."""
        if instant.tzinfo is None:
            raise ValueError(f"{instant} says no offset: a clock is set to an instant")
        self.execute("update test_clock set stands_at = %s, ahead_by = '0'", [instant])

    def advance(self, by: timedelta) -> None:
        """Move the clock, standing or running."""
        self.execute("update test_clock set ahead_by = ahead_by + %s", [by])

    def run_from(self, instant: datetime) -> None:
        """Set the clock to an instant and let it run on at its natural speed."""
        self.execute("update test_clock set stands_at = null, ahead_by = %s - statement_timestamp()", [instant])
