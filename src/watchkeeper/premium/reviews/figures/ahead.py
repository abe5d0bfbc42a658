"""What comes in the next period: days with other hours than usual, and agreements that end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from watchkeeper.core.policy import OperatingHours, Policy, UnknownLevel
from watchkeeper.core.rehearsal import OddDay, names_written
from watchkeeper.core.rehearsal.clock_changes import clock_changes
from watchkeeper.core.rehearsal.closed_days import closed_days
from watchkeeper.core.rehearsal.holiday_names import HolidayNames
from watchkeeper.core.rehearsal.period import Period as Dates
from watchkeeper.core.shares import Period
from watchkeeper.core.zones import local_time
from watchkeeper.people.models import Account
from watchkeeper.policies.models import Agreement, Licence
from watchkeeper.policies.terms import held_by
from watchkeeper.policies.versions import as_dates, frozen, version_in_force
from watchkeeper.premium.reviews.periods import after
from watchkeeper.ui.translated import kept


def ahead(account: Account, period: Period, each: str, policy: Policy, as_of: datetime) -> dict[str, Any]:
    """The period that follows, by its name, its odd days, and what of the account's ends in it unrenewed."""
    coming = after(period, each, policy.zone)
    dates = Dates(*(local_time(at, policy.zone).date() for at in (coming.starts_at, coming.ends_at)))
    days = sorted(_odd_days(_hours_of(account, as_of), dates, as_of), key=lambda odd: odd.day)
    return {
        "period": coming.name,
        "odd_days": [_day(odd) for odd in days],
        "endings": sorted(_endings(account, dates, policy), key=lambda end: end["on"]),
    }


def _hours_of(account: Account, as_of: datetime) -> list[OperatingHours]:
    """The calendars that the account's promises are counted in."""
    targets = (target for held in held_by(account, at=as_of) for target in held.promise.targets.values())
    return list(dict.fromkeys(target.operating for target in targets))


def _odd_days(calendars: list[OperatingHours], dates: Dates, as_of: datetime) -> Iterator[OddDay]:
    version = version_in_force(as_of)
    names = HolidayNames(as_dates(frozen(version.holidays)), names_written(version.text), dates)
    yield from clock_changes(calendars, dates)
    yield from closed_days(calendars, dates, names)


def _day(odd: OddDay) -> dict[str, Any]:
    return {
        "day": odd.day.isoformat(),
        "kind": kept(odd.kind),
        "name": odd.name,
        "hours": list(odd.calendars),
        "says": [kept(words) for words in odd.says],
    }


def _endings(account: Account, dates: Dates, policy: Policy) -> Iterator[dict[str, Any]]:
    within = (dates.first, dates.last)
    for agreement in Agreement.objects.not_renewed().filter(account=account, period__endswith__range=within):
        scope = {"scope": agreement.scope, "value": agreement.scope_value}
        yield {"what": "agreement", "level": _level(agreement, policy), **scope, "on": _iso(agreement.period.upper)}
    for licence in Licence.objects.not_renewed().filter(account=account, period__endswith__range=within):
        yield {"what": "licence", "level": "", "scope": "all", "value": "", "on": _iso(licence.period.upper)}


def _level(agreement: Agreement, policy: Policy) -> str:
    try:
        return policy.level(agreement.level).name
    except UnknownLevel:
        return agreement.level


def _iso(day: date) -> str:
    return day.isoformat()
