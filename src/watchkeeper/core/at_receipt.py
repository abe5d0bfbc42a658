"""What a promise depends on that only the receipt settles: which of the policy's calendars were open then."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from watchkeeper.core.circumstances import ANY, Circumstances
from watchkeeper.core.clock import counted
from watchkeeper.core.policy import Level, Policy
from watchkeeper.core.promise import Promise, Sla, effective

_MICROSECOND = timedelta(microseconds=1)


def open_hours(
    policy: Policy,
    level: Level,
    sla: Sla | None,
    received_at: datetime,
    circumstances: Circumstances = ANY,
    holidays: Iterable[date] = (),
) -> tuple[str, ...]:
    """The names of the calendars that were open, of those that a condition of the level or the SLA names, in order.

    ``holidays`` are the customer's, for hours that keep them. Raises OutsideTheCalendar.
    """
    known = {**policy.operating, **(sla.operating if sla else {})}
    calendars = (known[name].of_customer(circumstances, holidays) for name in sorted(_named(level, sla)))
    return tuple(own.name for own in calendars if counted(own.hours, received_at, received_at + _MICROSECOND))


def _named(level: Level, sla: Sla | None) -> frozenset[str]:
    variants = (*level.variants, *(sla.variants if sla else ()))
    return frozenset[str]().union(*(variant.when.hours_named for variant in variants))


class Terms:
    """A level with its SLA in some circumstances: the promise that a report received at an instant is given."""

    def __init__(
        self,
        policy: Policy,
        level: Level,
        sla: Sla | None = None,
        circumstances: Circumstances = ANY,
        holidays: Iterable[date] = (),
    ) -> None:
        self.policy, self.level, self._sla = policy, level, sla
        self._circumstances, self._holidays = circumstances, tuple(holidays)
        self._looks_at_the_receipt = bool(_named(level, sla))
        self._given: dict[tuple[str, ...], Promise] = {}

    def given_at(self, received_at: datetime) -> Promise:
        """The promise for a report received then; the same value wherever the same holds. Raises OutsideTheCalendar."""
        were_open: tuple[str, ...] = ()
        if self._looks_at_the_receipt:
            terms = (self.policy, self.level, self._sla)
            were_open = open_hours(*terms, received_at, self._circumstances, self._holidays)
        if were_open not in self._given:
            there = self._circumstances._replace(open_hours=were_open)
            self._given[were_open] = effective(self.policy, self.level, self._sla, there, self._holidays)
        return self._given[were_open]
