"""Public incident logs, dirt included, replayed whole."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from tests.config.called import Caller

LOGS: dict[str, tuple[tuple[str, ...], dict[str, Any]]] = {
    "helpdesk_polato_4580.csv": (
        (
            *("--case", "case:concept:name", "--activity", "Activity", "--at", "time:timestamp"),
            *("--opened-by", "Assign seriousness,Insert ticket", "--acknowledged-by", "Take in charge ticket"),
            *("--fixed-severity", "3"),
        ),
        {"rows": 21_348, "incidents": 4_502, "unusable": 78},
    ),
    "bpi2013_closed_problems.csv": (
        (
            *("--case", "sequence", "--activity", "event_label", "--at", "time", "--acknowledged-by", "A"),
            *("--severity", "sc2", "--severity-map", "Major=1,High=2,Medium=3,Low=4", "--zone", "Europe/Stockholm"),
        ),
        {"rows": 6_660, "incidents": 1_487, "unusable": 0},
    ),
    "bpi2014_rabobank_incidents_40.csv": (
        (
            *("--opened", "Open_Time", "--acknowledged", "Resolved_Time", "--severity", "Priority"),
            *("--zone", "Europe/Amsterdam", "--time-format", "%d/%m/%Y %H:%M"),
        ),
        {"rows": 40, "incidents": 38, "unusable": 2},
    ),
    "boston311_2022_100.csv": (
        (
            *("--opened", "open_dt", "--acknowledged", "closed_dt"),
            *("--fixed-severity", "3", "--zone", "America/New_York"),
        ),
        {"rows": 100, "incidents": 100, "unusable": 0},
    ),
    "nyc311_100.csv": (
        (
            *("--opened", "Created Date", "--acknowledged", "Closed Date", "--fixed-severity", "3"),
            *("--zone", "America/New_York", "--time-format", "%m/%d/%Y %I:%M:%S %p"),
        ),
        {"rows": 100, "incidents": 100, "unusable": 0},
    ),
}


@pytest.mark.parametrize("name", LOGS)
@pytest.mark.parametrize("level", ["break-fix", "premium"])
def test_a_log_is_replayed_whole(
    shared: Path, tmp_path: Path, name: str, level: str, capsys: pytest.CaptureFixture[str]
) -> None:
    options, expected = LOGS[name]
    out = tmp_path / "out.csv"
    answer = Caller(capsys)(
        "replay", str(shared / "data/logs" / name), "--level", level, *options, "--out", str(out), "--json"
    )
    assert answer.code == 0
    result = answer.json
    assert {key: result[key] for key in expected} == expected
    assert (
        sum(result["total"][outcome] for outcome in ("met", "breached", "open", "outside_level")) == result["incidents"]
    )
    with out.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == result["incidents"]
    assert sum(row["outcome"] == "met" for row in rows) == result["total"]["met"]
    assert all((row["due_at"] == "") == (row["outcome"] == "outside_level") for row in rows)


def test_a_log_in_which_a_machine_accepts_at_once_is_warned_of(
    shared: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = "bpi2013_closed_problems.csv"
    result = Caller(capsys)(
        "replay", str(shared / "data/logs" / name), "--level", "premium", *LOGS[name][0], "--json"
    ).json
    assert result["warnings"][0].startswith("1,432 of 1,486 acknowledgements equal the opening")


def test_every_log_there_is_has_been_thought_of(shared: Path) -> None:
    assert {path.name for path in (shared / "data/logs").glob("*.csv")} == set(LOGS)
