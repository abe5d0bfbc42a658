"""``watchkeeper deadline``: the golden cases of the page, to the second, and what is said to a mistake."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from tests.config.called import Answer, Caller

CT = ZoneInfo("America/Chicago")
HOLIDAYS = """\
policy: holidays
zone: America/Chicago
zone_label: CT
severities: {1: Critical, 2: High}
default_severity: 1
hours:
  thanksgiving: {weekly: {monday-friday: 08:00-17:00}, holidays: [2026-11-26]}
  new_year: {weekly: {monday-friday: 08:00-17:00}, holidays: [2027-01-01]}
contacts: {escalation: {emails: a@b.example}, desk: {emails: a@b.example}}
levels:
  advanced: {hours: thanksgiving, acknowledgement: {1: 12h, 2: 9h}}
  premium: {hours: new_year, acknowledgement: {1: 8h, 2: 9h}}
"""


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Caller:
    return Caller(capsys)


@pytest.fixture
def with_holidays(tmp_path: Path) -> str:
    path = tmp_path / "holidays.yaml"
    path.write_text(HOLIDAYS)
    return str(path)


def chicago(written: str) -> datetime:
    """A local time in Chicago, the first of two where it occurs twice, in UTC."""
    return datetime.fromisoformat(written).replace(tzinfo=CT).astimezone(UTC)


@pytest.mark.parametrize(
    ("level", "severity", "received", "due"),
    [
        ("premium", "3", chicago("2026-03-06T16:30"), chicago("2026-03-09T15:30")),
        ("premium", "1", chicago("2026-03-08T01:30"), chicago("2026-03-08T04:30")),
        ("premium", "1", chicago("2026-11-01T01:30"), chicago("2026-11-01T02:30")),
        ("premium", "3", chicago("2026-03-20T17:00"), chicago("2026-03-23T16:00")),
        ("premium", "3", chicago("2026-03-20T16:59:59"), chicago("2026-03-23T15:59:59")),
        ("break-fix", "1", chicago("2026-03-16T08:00"), chicago("2026-03-18T14:00")),
    ],
)
def test_the_golden_cases_of_the_shipped_policy_are_due_to_the_second(
    call: Caller, level: str, severity: str, received: datetime, due: datetime
) -> None:
    answer = call("deadline", "--level", level, "--severity", severity, "--at", received.isoformat(), "--json").json
    assert datetime.fromisoformat(answer["due_at"]) == due
    assert datetime.fromisoformat(answer["opened_at"]) == received


@pytest.mark.parametrize(
    ("level", "severity", "received", "due"),
    [
        ("advanced", "1", chicago("2026-11-25T16:00"), chicago("2026-11-30T10:00")),
        ("premium", "1", chicago("2026-12-31T16:00"), chicago("2027-01-04T15:00")),
        ("premium", "2", chicago("2026-03-16T08:00"), chicago("2026-03-16T17:00")),
    ],
)
def test_the_golden_cases_with_holidays_are_due_to_the_second(
    call: Caller, with_holidays: str, level: str, severity: str, received: datetime, due: datetime
) -> None:
    asked = ("--level", level, "--severity", severity, "--at", received.isoformat(), "--policy", with_holidays)
    assert datetime.fromisoformat(call("deadline", *asked, "--json").json["due_at"]) == due


def ask(
    call: Caller, *more: str, level: str = "premium", severity: str = "3", at: str = "2026-03-06T16:30-06:00"
) -> Answer:
    return call("deadline", "--level", level, "--severity", severity, "--at", at, *more)


def test_json_tells_all_there_is_to_know_in_utc(call: Caller) -> None:
    assert ask(call, "--json").json == {
        "level": "premium",
        "severity": 3,
        "severity_key": "3",
        "severity_name": "Medium",
        "metric": "acknowledgement",
        "covered": True,
        "opened_at": "2026-03-06T22:30:00Z",
        "starts_at": "2026-03-06T22:30:00Z",
        "goal_at": None,
        "due_at": "2026-03-09T20:30:00Z",
        "explanation": [
            {"from": "2026-03-06T22:30:00Z", "to": "2026-03-06T23:00:00Z", "counted_seconds": 1800, "reason": "open"},
            {"from": "2026-03-06T23:00:00Z", "to": "2026-03-09T13:00:00Z", "counted_seconds": 0, "reason": "weekend"},
            {"from": "2026-03-09T13:00:00Z", "to": "2026-03-09T20:30:00Z", "counted_seconds": 27000, "reason": "open"},
        ],
        "tzdata": ask(call, "--json").json["tzdata"],
    }


def test_the_explanation_tiles_the_window_and_adds_up_to_it(call: Caller) -> None:
    answer = ask(call, "--json", level="break-fix", severity="1", at="2026-03-07T03:00:00.5-06:00").json
    stretches = answer["explanation"]
    assert (stretches[0]["from"], stretches[-1]["to"]) == (answer["opened_at"], answer["due_at"])
    assert all(one["to"] == following["from"] for one, following in pairwise(stretches))
    assert sum(stretch["counted_seconds"] for stretch in stretches) == 24 * 3600


def test_a_goal_stands_beside_the_due_time(call: Caller) -> None:
    answer = ask(call, "--json", severity="1", at="2026-03-07T03:00:00Z").json
    assert (answer["goal_at"], answer["due_at"]) == ("2026-03-07T03:15:00Z", "2026-03-07T05:00:00Z")


@pytest.mark.parametrize("severity", ["Critical", "critical", "1"])
def test_a_severity_is_its_number_or_its_name(call: Caller, severity: str) -> None:
    assert ask(call, "--json", severity=severity).json["severity"] == 1


def test_outside_the_level_there_is_no_promise_and_the_level_that_has_one_is_named(call: Caller) -> None:
    answer = ask(call, "--json", level="break-fix")
    assert answer.code == 0
    said = answer.json
    assert (said["covered"], said["due_at"], said["starts_at"], said["explanation"]) == (False, None, None, [])
    assert said["covered_by"] == {"level": "premium", "due_at": "2026-03-09T20:30:00Z"}


def test_a_person_reads_the_dated_deadline_in_the_policys_zone_and_in_utc_and_why(call: Caller) -> None:
    assert ask(call).out.splitlines() == [
        "Premium, severity 3 Medium: acknowledgement within 8 h, standard hours",
        "  received  Fri 6 Mar 2026 16:30 CT (2026-03-06T22:30:00Z)",
        "  due       Mon 9 Mar 2026 15:30 CT (2026-03-09T20:30:00Z)",
        "  Fri 16:30–17:00 30 min · weekend closed · Mon 08:00–15:30 7 h 30 min · due Mon 15:30 CT",
    ]


def test_a_person_is_told_when_the_clock_starts_and_when_the_goal_is(call: Caller) -> None:
    lines = ask(call, level="advanced", severity="1", at="2026-03-07T12:00Z").out.splitlines()
    assert "  starts    Mon 9 Mar 2026 08:00 CT (2026-03-09T13:00:00Z)" in lines
    assert (
        "  goal      Sat 7 Mar 2026 06:15 CT (2026-03-07T12:15:00Z)"
        in ask(call, severity="1", at="2026-03-07T12:00Z").out.splitlines()
    )


def test_a_person_is_told_what_a_higher_level_would_give(call: Caller) -> None:
    assert ask(call, level="break-fix").out.splitlines() == [
        "Break-Fix makes no promise for severity 3 Medium: it is outside the level.",
        "Premium would acknowledge by Mon 9 Mar 2026 15:30 CT (2026-03-09T20:30:00Z).",
    ]


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("2026-03-06T16:30", '"2026-03-06T16:30" has no offset from UTC, so it could be many instants; write'),
        ("2026-03-06", "has no offset from UTC"),
        ("yesterday", '"yesterday" is not an ISO 8601 time; write 2026-03-06T16:30-06:00'),
        ("", '"" is not an ISO 8601 time'),
        ("2026-02-30T10:00Z", "is not an ISO 8601 time"),
        ("0001-01-01T00:00+14:00", "lies outside the calendar"),
        ("9999-12-31T23:59-14:00", "lies outside the calendar"),
        ("2500-01-01T00:00Z", "hours are counted in the years 1900 to 2299, not in 2500"),
    ],
)
def test_a_bad_instant_is_one_clear_line(call: Caller, at: str, said: str) -> None:
    complaint = ask(call, at=at).complaint
    assert complaint.startswith("watchkeeper deadline: ")
    assert said in complaint


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"level": "gold"}, '"gold" is not a level of production-support; write one of break-fix, advanced, premium'),
        ({"severity": "6"}, '"6" is not a severity; write one of 1 (Critical), 2 (High)'),
        ({"severity": "-1"}, '"-1" is not a severity'),
        ({"severity": ""}, '"" is not a severity'),
    ],
)
def test_a_bad_level_or_severity_is_one_clear_line(call: Caller, given: dict[str, str], said: str) -> None:
    assert said in ask(call, **given).complaint


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "the following arguments are required: --level, --severity, --at; see watchkeeper deadline --help"),
        (("--lvl", "premium"), "are required"),
        (("--level", "premium", "--severity", "1", "--at", "2026-03-06T16:30Z", "--x"), "unrecognized arguments: --x"),
        (("--level",), "argument --level: expected one argument"),
        (("--lev", "premium", "--severity", "1", "--at", "2026-03-06T16:30Z"), "are required: --level"),
    ],
)
def test_bad_options_are_one_clear_line(call: Caller, arguments: tuple[str, ...], said: str) -> None:
    assert said in call("deadline", *arguments).complaint


def test_a_policy_file_that_is_missing_unreadable_or_unsound_is_one_clear_line(call: Caller, tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text(HOLIDAYS.replace("12h", "12 hrz").replace("8h", "8 hrz"))
    assert "missing.yaml cannot be read: No such file or directory" in ask(call, "--policy", "missing.yaml").complaint
    assert "cannot be read: Is a directory" in ask(call, "--policy", str(tmp_path)).complaint
    complaint = ask(call, "--policy", str(broken)).complaint
    assert 'is unsound: advanced.acknowledgement.1.within: "12 hrz" is not a duration' in complaint
    assert "; 1 more, listed by: watchkeeper policy check" in complaint


def test_hours_that_never_let_the_window_pass_are_one_clear_line(call: Caller, tmp_path: Path) -> None:
    closed = tmp_path / "closed.yaml"
    closed.write_text(HOLIDAYS.replace("1: 12h", "1: 87000h").replace("08:00-17:00", "08:00-08:01"))
    assert "does not pass before" in ask(call, "--policy", str(closed), level="advanced", severity="1").complaint
