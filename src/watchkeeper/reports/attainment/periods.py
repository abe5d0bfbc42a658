"""The periods that a page of attainment offers, by the calendar of the policy's zone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from django.utils.translation import gettext

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
    labels = {
        "month": (gettext("This month"), gettext("Last month")),
        "quarter": (gettext("This quarter"), gettext("Last quarter")),
    }
    return {choice.key: choice for each in labels for choice in _two(each, labels[each], now, zone)}


def _two(each: str, labels: tuple[str, str], now: datetime, zone: str) -> tuple[Choice, Choice]:
    this = period_of(now, each, zone)
    last = period_of(this.starts_at - timedelta(microseconds=1), each, zone)
    return (
        Choice(f"this-{each}", labels[0], each, this),
        Choice(f"last-{each}", labels[1], each, last),
    )
