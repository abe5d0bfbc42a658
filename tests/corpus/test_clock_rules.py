"""Other vendors' hours, said in the policy file, and the due times that their rules lead to."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from watchkeeper.core import clock
from watchkeeper.core.hours import Hours
from watchkeeper.core.policy import Target
from watchkeeper.core.policy_file import read_policy

POLICY = """\
policy: rule
zone: {zone}
severities: {{1: Critical}}
default_severity: 1
hours:
  covered: {{weekly: {weekly}, holidays: [{holidays}]}}
contacts: {{escalation: {{emails: a@b.example}}, desk: {{emails: a@b.example}}}}
levels:
  all: {{acknowledgement: {{1: {within}}}}}
"""


def promised(zone: str, weekly: str, within: str, holidays: str = "") -> Target:
    policy = read_policy(POLICY.format(zone=zone, weekly=weekly, within=within, holidays=holidays))
    (target,) = policy.levels[0].targets
    return target


def due(target: Target, received: str, zone: str) -> str:
    at = datetime.fromisoformat(received).replace(tzinfo=ZoneInfo(zone))
    return f"{target.within.due_at(target.operating.hours, at).astimezone(ZoneInfo(zone)):%A %Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("source", "zone", "weekly", "within", "holidays", "received", "expected"),
    [
        (
            "Red Hat",
            *("America/New_York", "{monday-friday: 09:00-18:00}", "1h", "2026-05-25"),
            *("2026-05-22T17:45", "Tuesday 2026-05-26 09:45"),
        ),
        (
            "SUSE",
            *("Europe/Berlin", "{monday-friday: 06:00-18:00}", "2h", ""),
            *("2026-03-07T09:00", "Monday 2026-03-09 08:00"),
        ),
        (
            "Treasury Prime",
            *("America/New_York", "{monday-friday: 09:00-18:00}", "1h", "2025-12-25, 2026-01-01"),
            *("2025-12-26T18:30", "Monday 2025-12-29 10:00"),
        ),
        (
            "Treasury Prime",
            *("America/New_York", "{monday-friday: 09:00-18:00}", "1h", "2025-12-25, 2026-01-01"),
            *("2025-12-31T18:30", "Friday 2026-01-02 10:00"),
        ),
        (
            "My Course",
            *("Asia/Dubai", "{sunday-thursday: 09:00-18:00}", "1h", ""),
            *("2026-03-06T10:00", "Sunday 2026-03-08 10:00"),
        ),
        (
            "Sourcegraph",
            *("America/Los_Angeles", "sunday 14:00 - friday 17:00", "2h", ""),
            *("2026-03-06T16:30", "Sunday 2026-03-08 15:30"),
        ),
        (
            "Cloudsmith",
            *("UTC", "{monday-friday: 05:00-01:00}", "2h", ""),
            *("2026-03-10T00:30", "Tuesday 2026-03-10 06:30"),
        ),
    ],
)
def test_a_published_rule_is_due_when_its_vendor_says(
    shared: Path, source: str, zone: str, weekly: str, within: str, holidays: str, received: str, expected: str
) -> None:
    assert source in (shared / "data/clock-rules.tsv").read_text(encoding="utf-8")
    assert due(promised(zone, weekly, within, holidays), received, zone) == expected


@pytest.mark.parametrize(
    ("friday", "length"),
    [("2026-01-16", 46), ("2026-03-13", 47), ("2026-04-17", 48), ("2026-07-17", 48), ("2026-10-16", 47)],
)
def test_a_weekend_between_two_zones_is_as_long_as_their_clocks_make_it(shared: Path, friday: str, length: int) -> None:
    assert "Atlassian" in (shared / "data/clock-rules.tsv").read_text(encoding="utf-8")
    weekend = promised("America/Los_Angeles", "friday 17:00 - monday 10:00 Australia/Sydney", "1h").operating.hours
    start = datetime.fromisoformat(f"{friday}T00:00").replace(tzinfo=ZoneInfo("America/Los_Angeles"))
    assert clock.counted(weekend, start, start + timedelta(days=5)) == timedelta(hours=length)


@pytest.mark.parametrize(
    ("record", "zone", "weekly", "hours_a_week"),
    [
        ("01-github", "America/Los_Angeles", "monday 00:00 - friday 24:00", 120),
        ("01-github", "Asia/Tokyo", "{mon-fri: 09:00-17:00}", 40),
        ("03-redhat", "America/New_York", "{mon-fri: 09:00-18:00}", 45),
        ("05-canonical", "Europe/London", "{mon-fri: 08:00-18:00}", 50),
        ("07-mulesoft", "Australia/Sydney", "{mon-fri: 08:00-17:00}", 45),
        ("11-sourcegraph", "America/Los_Angeles", "sunday 14:00 - friday 17:00", 123),
        ("35-exposebox", "Asia/Jerusalem", "{sun-thu: 10:00-18:00}", 40),
        ("37-inducio", "Europe/Berlin", "{mon-thu: 09:00-17:00, fri: 09:00-15:00}", 38),
        ("51-goconvey", "America/New_York", "{mon-fri: 08:00-20:00}", 60),
        ("53-tsis", "America/Los_Angeles", "{mon-fri: 08:00-16:30}", 42.5),
    ],
)
def test_the_hours_of_real_policies_can_be_said(
    shared: Path, record: str, zone: str, weekly: str, hours_a_week: float
) -> None:
    if not (shared / "data/policies" / f"{record}.yaml").is_file():
        pytest.skip(f"{record} is not among the records of real policies")
    covered: Hours = promised(zone, weekly, "1h").operating.hours
    start = datetime(2026, 2, 2, tzinfo=ZoneInfo(zone))
    assert clock.counted(covered, start, start + timedelta(weeks=1)) == timedelta(hours=hours_a_week)
