"""The operating hours of a policy file: named calendars of weekly windows, holidays and dated exceptions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from watchkeeper.core.clock import NeverDue, starts_at
from watchkeeper.core.hours import (
    AROUND_THE_CLOCK,
    DatedException,
    Hours,
    Schedule,
    UnsoundHours,
    Window,
    refuse_overlaps,
)
from watchkeeper.core.policy import CustomersOwn, OperatingHours
from watchkeeper.core.policy_file import week
from watchkeeper.core.policy_file.countries import UnknownCountry, holidays_of, is_code
from watchkeeper.core.policy_file.fields import Section
from watchkeeper.core.policy_file.grammar.limits import MOST_CALENDARS, MOST_COUNTRIES, MOST_REGIONS, MOST_WINDOWS
from watchkeeper.core.policy_file.problems import quoted
from watchkeeper.core.policy_file.tree import Listing, Node, Text
from watchkeeper.core.policy_file.tree import Mapping as MappingNode
from watchkeeper.core.policy_file.yearly import Yearly, in_all_years, is_yearly, yearly
from watchkeeper.core.zones import zone

CUSTOMER = "customer"
"""What a file writes for the customer's own zone or holidays."""

_Windows = tuple[tuple[timedelta, timedelta], ...]

_ANY_TIME = datetime(2026, 1, 1, tzinfo=UTC)

StoredHolidays = Mapping[str, Collection[date]]
"""Holidays as a published version keeps them: country or region code → its dates."""


class Almanac:
    """Where countries' holidays come from, and which were asked for.

    With ``stored`` days nothing is resolved anew: a version keeps the days it was published with.
    """

    def __init__(self, stored: StoredHolidays | None) -> None:
        self.used: dict[str, tuple[date, ...]] = {}
        self.remarks: dict[str, str] = {}
        self._stored = stored

    def days(self, code: str) -> tuple[date, ...]:
        """The dates of a country's holidays. Raises ``UnknownCountry``."""
        if code not in self.used and len(self.used) >= MOST_COUNTRIES:
            raise UnknownCountry(f"{quoted(code)} is one too many; a file names {MOST_COUNTRIES} countries and regions")
        if self._stored is None:
            known = holidays_of(code)
            self.used[code] = known.days
            if known.remark:
                self.remarks[code] = known.remark
        elif code in self._stored:
            self.used[code] = tuple(sorted(self._stored[code]))
        else:
            raise UnknownCountry(f"this version was stored without the holidays of {quoted(code)}; publish it anew")
        return self.used[code]


class Place(NamedTuple):
    """The zone that hours stand in where they name none, and its label."""

    zone: str
    label: str | None


def read_hours(section: Section | None, place: Place, almanac: Almanac) -> dict[str, OperatingHours | None]:
    """Every named calendar under ``hours``; ``None`` where one cannot be read."""
    if section is None:
        return {}
    return {name: _calendar(section, name, node, place, almanac) for name, node in section.entries(MOST_CALENDARS)}


def _calendar(section: Section, name: str, node: Node, place: Place, almanac: Almanac) -> OperatingHours | None:
    if isinstance(node, Text):
        weekly = section.understood(name, node.value or "", _weekly_text)
        return _named(section, name, [Schedule(place.zone, weekly)], place, "") if weekly else None
    if isinstance(node, Listing):
        section.complain(name, 'must be "around the clock" or a mapping with weekly, holidays and exceptions')
        return None
    problems_before = len(section.problems)
    entry = section.child(name, node)
    own = _customers_own(entry)
    here = _place(entry, place, own)
    published_as = entry.text("published_as")
    if entry.has("regions"):
        found = _regions(entry, here, almanac)
        if own is not None:
            entry.complain("regions", "cannot follow the customer; write the customer's zone and holidays without them")
        entry.refuse_unknown("hours with regions")
    else:
        found = list(filter(None, [_schedule(entry, here, almanac)]))
        entry.refuse_unknown("hours")
    if len(section.problems) > problems_before:
        return None
    return _named(section, name, found, here, published_as, own)


def _customers_own(entry: Section) -> CustomersOwn | None:
    """What of a calendar follows the customer: ``zone: customer`` or a mapping with ``one_of``, and its holidays."""
    node = entry.node("zone")
    in_zone = isinstance(node, MappingNode) or (isinstance(node, Text) and node.value == CUSTOMER)
    one_of: tuple[str, ...] = ()
    if isinstance(node, MappingNode):
        choice = entry.child("zone", node)
        choice.required("of", _customer, "write of: customer, or the name of a zone alone")
        named = (choice.understood("one_of", written, known_zone) for written in choice.texts("one_of"))
        one_of = tuple(zone for zone in named if zone is not None)
        choice.value("otherwise", known_zone)
        choice.refuse_unknown("a customer's zone")
    with_holidays = not entry.has("regions") and CUSTOMER in entry.texts("holidays")
    return CustomersOwn(in_zone, one_of, with_holidays) if in_zone or with_holidays else None


def _customer(written: str) -> str:
    if written != CUSTOMER:
        raise ValueError(f"{quoted(written)} has no zone of its own; write customer")
    return written


def _place(entry: Section, place: Place, own: CustomersOwn | None = None) -> Place:
    label = entry.text("zone_label") or None
    if own is not None and own.in_zone:
        choice = entry.node("zone")
        otherwise = choice.items.get("otherwise") if isinstance(choice, MappingNode) else None
        written = otherwise.value if isinstance(otherwise, Text) else place.zone
    else:
        written = entry.value("zone", known_zone)
    if written is None or written == place.zone:
        return Place(place.zone, label or place.label)
    return Place(written, label)


def known_zone(written: str) -> str:
    """The name of an IANA zone. Raises ``zones.UnknownZone``, a ``ValueError`` with names that are near."""
    zone(written)
    return written


def _regions(entry: Section, place: Place, almanac: Almanac) -> list[Schedule]:
    regions = entry.sections("regions", "mappings, each with zone and weekly")
    if len(regions) > MOST_REGIONS:
        entry.complain("regions", f"has {len(regions):,} entries; at most {MOST_REGIONS} are allowed")
        return []
    schedules = []
    for region in regions:
        schedules.append(_schedule(region, _place(region, place), almanac))
        if CUSTOMER in region.texts("holidays"):
            region.complain("holidays", "cannot follow the customer in a region; write whose they are, as US")
        region.refuse_unknown("a region")
    return list(filter(None, schedules))


def _schedule(entry: Section, place: Place, almanac: Almanac) -> Schedule | None:
    weekly = _weekly(entry)
    holidays = _holidays(entry, almanac)
    exceptions = _exceptions(entry)
    if weekly is None:
        return None
    if len(weekly) > MOST_WINDOWS:
        entry.complain("weekly", f"has {len(weekly):,} windows; a week has at most {MOST_WINDOWS}, one each half hour")
        return None
    try:
        return Schedule(zone=place.zone, weekly=weekly, holidays=holidays, exceptions=exceptions)
    except UnsoundHours as error:
        entry.complain("", str(error))
        return None


def _weekly(entry: Section) -> tuple[Window, ...] | None:
    node = entry.node("weekly")
    if node is None:
        entry.complain("weekly", 'is missing; write {monday-friday: "08:00-17:00"} or around the clock')
        return None
    if isinstance(node, Text):
        return entry.understood("weekly", node.value or "", _weekly_text)
    if isinstance(node, Listing):
        stretches = [entry.understood("weekly", written, week.stretch) for written in entry.texts("weekly")]
        return tuple(window for window in stretches if window is not None)
    return _weekly_windows(entry.child("weekly", node))


def _weekly_text(written: str) -> tuple[Window, ...]:
    words = " ".join(written.split()).casefold()
    if words in (*week.AROUND_THE_CLOCK, *week.FIVE_DAYS):
        days = 5 if words in week.FIVE_DAYS else 7
        return AROUND_THE_CLOCK.schedules[0].weekly[:days]
    try:
        return (week.stretch(written),)
    except week.NotATime as error:
        raise week.NotATime(f"{error}, {{monday-friday: 08:00-17:00}} or around the clock") from None


def _weekly_windows(weekly: Section) -> tuple[Window, ...]:
    windows: list[Window] = []
    day_given_in: dict[int, str] = {}
    for days_written, _node in weekly.entries():
        days = weekly.understood(days_written, days_written, week.weekdays) or ()
        windows_of_day = _disjoint(weekly, days_written, _windows_of_day(weekly, days_written))
        for day in days:
            if day in day_given_in:
                weekly.complain(days_written, f"names a day that {day_given_in[day]} has already; each day once")
            else:
                day_given_in[day] = days_written
                windows += [Window(day, opens, closes) for opens, closes in windows_of_day]
    return tuple(windows)


def _disjoint(weekly: Section, key: str, windows: _Windows) -> _Windows:
    """The windows of a day, none where they overlap."""
    of_a_day = [Window(0, opens, closes) for opens, closes in windows]
    try:
        refuse_overlaps([(window.opens, window.closes) for window in of_a_day], "")
    except UnsoundHours as error:
        weekly.complain(key, str(error).removeprefix(": "))
        return ()
    return windows


def _windows_of_day(section: Section, key: str) -> _Windows:
    found = section.texts(key)
    if not found:
        section.complain(key, 'has no times; write "08:00-17:00", a list of windows, or closed')
    read = (section.understood(key, written, week.times) for written in found)
    return tuple(window for windows in read if windows is not None for window in windows)


def _holidays(entry: Section, almanac: Almanac) -> frozenset[date]:
    days: set[date] = set()
    every_year: list[Yearly] = []
    for written in entry.texts("holidays"):
        if written == CUSTOMER:
            continue
        if is_code(written):
            days.update(entry.understood("holidays", written, almanac.days) or ())
        elif is_yearly(written):
            rule = entry.understood("holidays", written, yearly)
            every_year += [rule] if rule else []
        else:
            single = entry.understood("holidays", written, _single_day)
            days.update([single] if single else [])
    return in_all_years(every_year) | days


def _single_day(written: str) -> date:
    if is_code(written.upper()):
        raise week.NotATime(f"{quoted(written)} is no country; write {written.upper()}")
    try:
        return week.day(written)
    except week.NotADate:
        raise week.NotATime(
            f"{quoted(written)} is neither a date, as 2026-12-24, nor a day of every year, as 12-24 or last monday of "
            f"may, nor a country, as US or DE-BY, nor customer"
        ) from None


def _exceptions(entry: Section) -> tuple[DatedException, ...]:
    section = entry.section("exceptions")
    if section is None:
        return ()
    exceptions = []
    for written, _node in section.entries():
        day = section.understood(written, written, week.day)
        windows = _windows_of_day(section, written)
        if day is not None:
            try:
                exceptions.append(DatedException(day, windows))
            except UnsoundHours as error:
                section.complain(written, str(error))
    return tuple(exceptions)


def _named(
    section: Section,
    name: str,
    schedules: Iterable[Schedule],
    place: Place,
    published_as: str,
    own: CustomersOwn | None = None,
) -> OperatingHours | None:
    hours = Hours(tuple(schedules))
    if not _ever_opens(hours):
        section.complain(name, "never opens; give it a window that closes after it opens")
        return None
    return OperatingHours(name, hours, place.zone, place.label, published_as, own)


def _ever_opens(hours: Hours) -> bool:
    """Whether there is any window; one between two zones may close before it opens and so not exist."""
    windows = [window for schedule in hours.schedules for window in schedule.weekly]
    if any(window.closes_zone is None for window in windows):
        return True
    try:
        return bool(windows) and starts_at(hours, _ANY_TIME) >= _ANY_TIME
    except NeverDue:
        return False
