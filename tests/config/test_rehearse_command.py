"""``watchkeeper policy rehearse``: the months ahead, as text and as JSON."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tests.config.called import Caller
from tests.core.policy_text import changed

HOURS = '    weekly: {monday-friday: "08:00-17:00"}\n'
HOLIDAYS = f"{HOURS}    holidays:\n      - 2026-12-25  # Christmas Day\n      - 2026-12-28\n"


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Caller:
    return Caller(capsys)


@pytest.fixture
def policy(tmp_path: Path) -> str:
    path = tmp_path / "policy.yaml"
    path.write_text(changed(HOURS, HOLIDAYS), encoding="utf-8")
    return str(path)


def test_the_year_of_a_policy_as_text(call: Caller, policy: str) -> None:
    answer = call("policy", "rehearse", policy, "--year", "2026")
    lines = answer.out.splitlines()
    assert answer.code == 0
    assert lines[0] == "small, Thu 1 Jan 2026 to Thu 31 Dec 2026"
    assert "  Fri 25 Dec 2026  holiday, Christmas Day" in lines
    assert (
        "  office: Thu 24 Dec 17:00 CT to Tue 29 Dec 08:00 CT, "
        "4 days 15 h, ordinarily at most 2 days 15 h, the longest" in lines
    )
    at = lines.index("  Gold, Medium: acknowledgement within 8 h, office")
    assert lines[at + 1].strip() == (
        "received Thu 24 Dec 17:00 CT, it ends Tue 29 Dec 16:00 CT: 4 days 23 h; usually at most 2 days 23 h"
    )
    assert "      at most 2 h, as in an ordinary week" in lines


def test_the_shipped_policy_where_no_file_is_named(call: Caller) -> None:
    lines = call("policy", "rehearse", "--from", "2026-04-01", "--months", "2").out.splitlines()
    assert lines[0] == "production-support, Wed 1 Apr 2026 to Sun 31 May 2026"
    assert lines[lines.index("Odd days") + 1] == "  none"
    assert lines[lines.index("Closed for longer than in an ordinary week") + 1] == "  never"


def test_without_a_date_it_begins_today(call: Caller) -> None:
    assert len(call("policy", "rehearse", "--json").json["windows"]) == 9


def test_the_year_as_json(call: Caller, policy: str) -> None:
    said = call("policy", "rehearse", policy, "--year", "2026", "--json").json
    assert (said["policy"], said["from"], said["to"]) == ("small", "2026-01-01", "2026-12-31")
    assert said["days"][-2:] == [
        {
            "day": f"2026-12-{day}",
            "kind": "holiday",
            "name": name,
            "calendars": ["office"],
            "says": ["office: closed"],
        }
        for day, name in ((25, "Christmas Day"), (28, ""))
    ]
    assert said["closures"] == [
        {
            "calendar": "office",
            "from": "2026-12-24T23:00:00Z",
            "to": "2026-12-29T14:00:00Z",
            "seconds": 399_600,
            "ordinarily_seconds": 226_800,
        }
    ]
    assert said["windows"][-1] == {
        "level": "gold",
        "severity": 3,
        "severity_key": "3",
        "severity_name": "Medium",
        "metric": "acknowledgement",
        "when": "",
        "within": "8 h",
        "calendar": "office",
        "begun_at": "2026-12-24T23:00:00Z",
        "due_at": "2026-12-29T22:00:00Z",
        "seconds": 428_400,
        "usually_seconds": 255_600,
    }
    assert set(said) == {"policy", "from", "to", "days", "closures", "windows", "tzdata"}


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (["--year", "MMXXVI"], '"MMXXVI" is not a year; write it as 2026'),
        (["--year", "1066"], "a rehearsal begins in a year from 1991 to 2094, not in 1066"),
        (["--from", "24.12.2026"], '"24.12.2026" is not a date; write it as 2026-12-24'),
        (["--months", "0"], "a rehearsal takes 1 to 60 months, not 0"),
        (["--months", "many"], "argument --months: invalid int value: 'many'"),
        (["--year", "2026", "--from", "2026-12-24"], "not allowed with argument --year"),
        (["no.yaml"], "the policy no.yaml cannot be read"),
    ],
)
def test_what_cannot_be_rehearsed_is_one_clear_line(call: Caller, options: list[str], complaint: str) -> None:
    assert complaint in call("policy", "rehearse", *options).complaint


def test_it_starts_without_django_numpy_and_the_library_of_holidays() -> None:
    asked = "from watchkeeper.config.command import main; main(['policy', 'rehearse', '--year', '2026'])"
    heavy = "[name for name in ('django', 'numpy', 'holidays', 'icalendar', 'typst') if name in sys.modules]"
    script = f"import sys; {asked}; print({heavy}, file=sys.stderr)"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stderr == "[]\n"
