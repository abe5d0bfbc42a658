from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.core.policy_text import SMALL, changed, read
from watchkeeper.core.hours import DatedException, Hours, Schedule
from watchkeeper.core.policy import Target
from watchkeeper.core.policy_file import open_policy, read_policy, read_sla
from watchkeeper.core.policy_file.writing import CannotBeWritten, written, written_sla
from watchkeeper.core.within import Within

LAST = "    escalation: {eligible: [1, 2]}\n"

AS_WRITTEN = """\
policy: small
vendor: Example
zone: America/Chicago
zone_label: CT

severities:
  1: {name: Critical, definition: Down.}
  2: High
  3: Medium

default_severity: 2
close_after: 14 days

hours:
  office:
    weekly: {monday-friday: "08:00-17:00"}
    published_as: Office Hours
  always: around the clock

contacts:
  escalation: {name: Distribution, emails: [first@vendor.example, second@vendor.example]}
  desk: {emails: [desk@vendor.example]}

levels:
  basic:
    name: Basic
    included_in_licence: yes
    hours: office
    acknowledgement: {1: 24h, 2: 24h}

  gold:
    name: Gold
    hours: always
    acknowledgement:
      1: {within: 2h, goal: 15m, published_as: Within minutes up to 2 hours}
      2: 4h
      3: {within: 8h, hours: office}
    escalation: {eligible: [1, 2]}
"""


def lines_of(text: str) -> list[str]:
    return [line.strip() for line in written(read_policy(text)).splitlines()]


def test_a_policy_is_written_as_a_person_would() -> None:
    assert written(read_policy(SMALL)) == AS_WRITTEN


def test_what_is_written_once_is_written_so_again() -> None:
    assert written(read_policy(AS_WRITTEN)) == AS_WRITTEN


@pytest.mark.parametrize(
    ("weekly", "written_as"),
    [
        ("around the clock", "around the clock"),
        ("{every day: all day}", "around the clock"),
        ('{monday-thursday: 00:00-24:00, "sat, sun": closed}', "{monday-thursday: all day}"),
        ('{mon-fri: ["08:00-12:00", "13:00-17:00"]}', '{monday-friday: ["08:00-12:00", "13:00-17:00"]}'),
        ('{monday: "09:00-17:00", saturday: "22:00-06:00"}', '{monday: "09:00-17:00", saturday: "22:00-06:00"}'),
        ('{"wed, mon": all day}', '{"wednesday, monday": all day}'),
        ("sunday 14:00 - friday 17:00", '"sunday 14:00 - friday 17:00"'),
        ("[monday 10:00 - tuesday 11:00 Asia/Tokyo]", '"monday 10:00 - tuesday 11:00 Asia/Tokyo"'),
    ],
)
def test_windows_are_written_in_the_shortest_way_that_says_them(weekly: str, written_as: str) -> None:
    made = written(read_policy(changed('{monday-friday: "08:00-17:00"}', weekly)))
    assert f"weekly: {written_as}" in made


@pytest.mark.parametrize(
    "days",
    [
        "2026-12-24",
        "[customer, 12-24, 2026-05-04]",
        "[02-28, 03-01, 2028-02-29]",
        "02-28 - 03-01",
        "12-28 - 01-03",
        "[12-24, 12-26]",
        "last monday of may",
        "[4th thursday of november, day after 4th thursday of november]",
    ],
)
def test_days_of_every_year_are_written_as_they_were(days: str) -> None:
    text = changed("    published_as: Office Hours", f"    holidays: {days}\n    exceptions: {{2026-01-01: all day}}")
    assert f"holidays: {days}" in lines_of(text)


def test_a_country_stands_for_the_dates_it_was_stored_with_and_is_dates_otherwise() -> None:
    stored = {"US": [date(2026, 7, 3), date(2026, 11, 26)], "DE": [date(2026, 10, 3)]}
    text = changed("    published_as: Office Hours", "    holidays: [US, 2026-12-24]")
    file = open_policy(text, holidays=stored)
    by_name = written(file.policy, holidays=stored)
    assert "holidays: [US, 2026-12-24]" in by_name
    assert open_policy(by_name, holidays=stored)[:2] == file[:2]
    assert "holidays: [2026-07-03, 2026-11-26, 2026-12-24]" in written(file.policy)


def test_what_all_levels_say_alike_is_said_once() -> None:
    alike = "    languages: [en]\n    clock_starts: dispatch\n    escalation: {answer: 1h, eligible: ELIGIBLE}\n"
    text = SMALL.replace("    name: Basic\n", f"    name: Basic\n{alike.replace('ELIGIBLE', '1')}")
    text = text.replace(LAST, alike.replace("ELIGIBLE", "2") + "    staff: Engineers.\n")
    made = written(read_policy(text)).splitlines()
    assert made.index("languages: [en]") < made.index("levels:")
    assert {"clock_starts: dispatch", "escalation: {answer: 1h}"} <= set(made)
    assert {"    escalation: {eligible: [1]}", "    escalation: {eligible: [2]}", "    staff: Engineers."} <= set(made)


def test_what_the_policy_offers_to_all_stays_with_the_level_where_there_is_one() -> None:
    only = SMALL[: SMALL.index("  gold:")] + "    languages: [en]\n"
    assert "    languages: [en]" in written(read_policy(only)).splitlines()


@pytest.mark.parametrize(
    "target",
    [
        "4h",
        "1h 30m",
        "2 business days",
        "next business day",
        "{within: 2 business days until closing, goal: 4h, cut_off: 12:00}",
        "{within: 4h, goal: 30m, counting: elapsed, starts: receipt}",
        "{within: 4 elapsed hours, goal: 30m, starts: receipt}",
        "{within: 4h, goal: 2.5 elapsed hours}",
        "{within: 4h, from: dispatch, share: 99.9%, each: month}",
    ],
)
def test_targets_are_written_as_they_were(target: str) -> None:
    given = changed("2: {within: 4h}", f"2: {target}")
    assert f"2: {target}".replace("12:00", '"12:00"') in lines_of(given)


def test_hours_say_their_zone_where_it_is_another_or_the_customers() -> None:
    zone = "zone: {of: customer, one_of: [Europe/Berlin], otherwise: Europe/London}"
    assert zone in written(read("    weekly:", f"    {zone}\n    weekly:"))
    assert "    zone: customer\n" in written(read("    weekly:", "    zone: customer\n    weekly:"))
    regions = "  sun: {regions: [{weekly: {mon: all day}}, {zone: Asia/Tokyo, weekly: {mon: all day}}]}\n  always:"
    assert "      - zone: Asia/Tokyo\n        weekly: {monday: all day}\n" in written(read("  always:", regions))


def test_an_sla_is_written_by_what_it_changes() -> None:
    policy = read_policy(SMALL)
    text = """\
sla: Acme 2026

hours:
  night: {zone: Europe/Berlin, weekly: "monday 22:00 - tuesday 23:00"}

acknowledgement:
  1: {within: 1h, hours: night}
  2: {goal: 10m}
  3: none

escalation: {answer: 30m}
features: [a named engineer]

variants:
  - when: {region: EU}
    acknowledgement: {2: best effort}
    resolution: {1: 2 business days}
"""
    gold = policy.level("gold")
    assert written_sla(read_sla(text, policy, gold), policy, gold) == text


def test_a_policy_that_no_file_says_is_refused_and_not_written_otherwise() -> None:
    policy = read_policy(SMALL)
    with pytest.raises(CannotBeWritten, match="a file would say something else as close_after"):
        written(replace(policy, close_after=timedelta(days=1, hours=1)))
    basic = policy.level("basic")
    nowhere = replace(basic, operating=basic.operating._replace(name="nowhere", zone="UTC"))
    with pytest.raises(CannotBeWritten, match='the hours "nowhere" are none of those'):
        written(replace(policy, levels=(nowhere,)))
    nothing = Target("acknowledgement", 1, Within.parse("0m"), basic.operating)
    with pytest.raises(CannotBeWritten, match=r"no file says this: .* leaves no time at all"):
        written(replace(policy, levels=(replace(basic, targets=(nothing,)),)))


def test_seconds_of_a_day_have_no_word_and_are_refused() -> None:
    odd = DatedException(date(2026, 1, 1), ((timedelta(seconds=1), timedelta(hours=1)),))
    policy = read_policy(SMALL)
    office = policy.operating["office"]
    (schedule,) = office.hours.schedules
    hours = Hours((Schedule(schedule.zone, schedule.weekly, exceptions=(odd,)),))
    with pytest.raises(CannotBeWritten, match="operating"):
        written(replace(policy, operating={**policy.operating, "more": office._replace(name="more", hours=hours)}))
