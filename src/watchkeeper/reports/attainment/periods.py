"""The periods that a page of attainment offers, by the calendar of the policy's zone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from watchkeeper.core.shares import Period, period_of

DEFAULT = "this-month"


class Choice(NamedTuple):
    """A period that can be chosen. ``each`` is its kind, month or quarter."""

    key: str
    label: str
    each: str
    period: Period


def choices(now: datetime, zone: str) -> Mapping[str, Choice]:
    """This and the last month and quarter, by the keys that stand in the address."""
    return {choice.key: choice for each in ("month", "quarter") for choice in _two(each, now, zone)}


def _two(each: str, now: datetime, zone: str) -> tuple[Choice, Choice]:
    this = period_of(now, each, zone)
    last = period_of(this.starts_at - timedelta(microseconds=1), each, zone)
    return (
        Choice(f"this-{each}", f"This {each}", each, this),
        Choice(f"last-{each}", f"Last {each}", each, last),
    )
