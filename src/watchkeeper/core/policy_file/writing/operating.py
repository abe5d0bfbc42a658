"""Operating hours as a file says them."""

from __future__ import annotations

from watchkeeper.core.hours import Schedule
from watchkeeper.core.policy import CustomersOwn, OperatingHours
from watchkeeper.core.policy_file.operating import CUSTOMER, Place, StoredHolidays
from watchkeeper.core.policy_file.tree import Said
from watchkeeper.core.policy_file.writing.days import said_days
from watchkeeper.core.policy_file.writing.names import given, other
from watchkeeper.core.policy_file.writing.week import said_times, said_week

_NOT_OWN = CustomersOwn()


def said_hours(operating: OperatingHours, place: Place, holidays: StoredHolidays) -> Said:
    """What stands under the name of operating hours, where hours without a zone stand in ``place``."""
    own = operating.own or _NOT_OWN
    schedules = operating.hours.schedules
    is_alone = len(schedules) == 1 and schedules[0].zone == operating.zone
    here = place if operating.zone == place.zone else Place(operating.zone, None)
    said = given(
        {
            "zone": _zone(operating.zone, place, own),
            "zone_label": other(operating.zone_label, here.label),
            **(_schedule(schedules[0], own, holidays) if is_alone else {}),
            "regions": None if is_alone else [_region(schedule, operating.zone, holidays) for schedule in schedules],
            "published_as": operating.published_as,
        }
    )
    weekly = said.get("weekly")
    return weekly if list(said) == ["weekly"] and isinstance(weekly, str) else said


def _zone(zone: str, place: Place, own: CustomersOwn) -> Said:
    otherwise = other(zone, place.zone)
    if not own.in_zone:
        return otherwise
    if not own.one_of and otherwise is None:
        return CUSTOMER
    return given({"of": CUSTOMER, "one_of": list(own.one_of) or None, "otherwise": otherwise})


def _region(schedule: Schedule, zone: str, holidays: StoredHolidays) -> Said:
    return given({"zone": other(schedule.zone, zone), **_schedule(schedule, _NOT_OWN, holidays)})


def _schedule(schedule: Schedule, own: CustomersOwn, stored: StoredHolidays) -> dict[str, Said]:
    customers: list[Said] = [CUSTOMER] if own.with_holidays else []
    holidays = [*customers, *said_days(schedule.holidays, stored)]
    return {
        "weekly": said_week(schedule.weekly),
        "holidays": holidays[0] if len(holidays) == 1 else holidays or None,
        "exceptions": {exception.day.isoformat(): said_times(exception.windows) for exception in schedule.exceptions}
        or None,
    }
