from __future__ import annotations

import csv
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from tests.config.called import Answer, Caller

from watchkeeper.config.replay_output import output
from watchkeeper.reports.replay import open_table

EXPORT = """\
id,created,first reply,prio
7,2026-03-06T16:30-06:00,2026-03-09T10:00-05:00,P3
8,2026-03-06T16:30-06:00,2026-03-09T15:30:01-05:00,P3
9,2026-03-06T16:30-06:00,,P1
10,2026-03-10T10:00-05:00,,P3
11,soon,,P3
"""
TIMES = ("--opened", "created", "--acknowledged", "first reply")
COLUMNS = (*TIMES, "--severity", "prio", "--severity-map", "P1=1, P3=Medium")
OPENED = ("--opened", "created")
CRITICAL = (*OPENED, "--fixed-severity", "1")
BY_PRIO = (*OPENED, "--severity", "prio")


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Caller:
    return Caller(capsys)


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "export.csv"
    path.write_text(EXPORT)
    return path


def replay(call: Caller, export: Path, *more: str, columns: tuple[str, ...] = COLUMNS) -> Answer:
    return call("replay", str(export), "--level", "premium", *columns, *more)


def test_json_is_one_object_with_rows_unusable_and_attainment_by_severity(call: Caller, export: Path) -> None:
    answer = replay(call, export, "--json")
    assert (answer.code, answer.err) == (0, "")
    counts = {"open": 0, "outside_level": 0, "not_measurable": 0}
    assert answer.json == {
        "policy": "production-support",
        "level": "premium",
        "file": "export.csv",
        "encoding": "utf-8",
        "as_of": "2026-03-10T15:00:00Z",
        "rows": 5,
        "incidents": 4,
        "unusable": 1,
        "unusable_rows": [
            {
                "row": 5,
                "line": 6,
                "reason": 'opened "soon" is not an ISO 8601 time; give its form with --time-format',
            }
        ],
        "by_severity": {
            "1": {"name": "Critical", "met": 0, "breached": 1, **counts, "attainment": 0.0},
            "3": {"name": "Medium", "met": 1, "breached": 1, **counts, "open": 1, "attainment": 0.5},
        },
        "total": {"met": 1, "breached": 2, **counts, "open": 1, "attainment": 1 / 3},
        "warnings": [],
    }


def test_a_person_reads_a_table_and_the_unusable_rows_by_number(call: Caller, export: Path) -> None:
    answer = replay(call, export)
    assert answer.out.splitlines() == [
        "export.csv: 5 rows, 4 incidents, 1 unusable",
        "judged by production-support, Premium, as of 2026-03-10T15:00:00Z",
        "",
        "severity    met  breached  open  outside level  not measurable  attainment",
        "1 Critical    0         1     0              0               0       0.0 %",
        "3 Medium      1         1     1              0               0      50.0 %",
        "all           1         2     1              0               0      33.3 %",
    ]
    assert answer.err == 'row 5 (line 6): opened "soon" is not an ISO 8601 time; give its form with --time-format\n'


def test_the_output_repeats_the_columns_and_adds_what_was_judged(call: Caller, export: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    replay(call, export, "--out", str(out))
    with out.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == [
        *("id", "created", "first reply", "prio"),
        *("opened_at", "starts_at", "due_at", "acknowledged_at", "outcome", "margin_seconds"),
    ]
    assert [(row["id"], row["outcome"], row["margin_seconds"]) for row in rows] == [
        ("7", "met", "19800"),
        ("8", "breached", "-1"),
        ("9", "breached", "-311400"),
        ("10", "open", "28800"),
    ]
    assert rows[0]["due_at"] == "2026-03-09T20:30:00Z"
    assert rows[2]["acknowledged_at"] == ""
    assert sorted(path.name for path in tmp_path.iterdir()) == ["export.csv", "out.csv"]


def test_an_output_that_is_broken_off_leaves_nothing_and_keeps_what_was_there(export: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    out.write_text("yesterday's")
    with pytest.raises(KeyboardInterrupt), output(str(out), open_table(export, ["id"])):
        raise KeyboardInterrupt
    assert out.read_text() == "yesterday's"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["export.csv", "out.csv"]


def test_as_of_and_a_level_without_promise(call: Caller, export: Path) -> None:
    early = replay(call, export, "--json", "--as-of", "2026-03-06T23:00Z").json
    assert early["by_severity"]["1"]["open"] == 1
    local = replay(call, export, "--json", "--as-of", "2026-03-06T17:00", "--zone", "America/Chicago").json
    assert local["as_of"] == "2026-03-06T23:00:00Z"
    basic = call("replay", str(export), "--level", "break-fix", *COLUMNS, "--json").json
    assert basic["by_severity"]["3"]["outside_level"] == 3


def test_an_event_log_is_replayed_by_its_activities(call: Caller, export: Path) -> None:
    export.write_text("case;what;when\na;Wait, then call;2026-03-02 10:00\na;Taken;2026-03-02 11:00\n")
    columns = ("--case", "case", "--activity", "what", "--at", "when", "--opened-by", 'Insert,"Wait, then call"')
    more = ("--acknowledged-by", "Taken", "--fixed-severity", "High", "--zone", "UTC", "--json")
    answer = replay(call, export, *more, columns=columns)
    assert answer.json["by_severity"]["2"]["met"] == 1
    assert answer.json["warnings"] == ['no event is called "Insert"']
    assert answer.err == 'warning: no event is called "Insert"\n'


def test_warnings_tell_what_was_guessed(call: Caller, export: Path) -> None:
    rows = "2026-11-01 01:30,2026-11-01 01:30,é\n2026-03-08 02:30,2026-03-08 02:30,é\n"
    export.write_bytes(f"created,first reply,prio\n{rows}".encode("cp1252"))
    columns = (*COLUMNS[:6], "--severity-map", "é=1", "--zone", "America/Chicago")
    warnings = replay(call, export, "--json", columns=columns).json["warnings"]
    assert warnings[0] == "export.csv is not UTF-8; it was read as Windows-1252"
    assert warnings[1].startswith("2 of 2 acknowledgements equal the opening to the instant")
    assert warnings[2].startswith("2 local times occur twice")
    assert warnings[3].startswith("2 local times were skipped")


def test_nothing_judged_of_some_rows_is_exit_code_1(call: Caller, export: Path) -> None:
    assert replay(call, export, columns=("--opened", "id", "--fixed-severity", "1")).code == 1
    export.write_text("id\n")
    assert replay(call, export, columns=("--opened", "id", "--fixed-severity", "1")).code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "name the column of the opening with --opened, or, for one row an event, --case, --activity, --at"),
        (OPENED, "give the severity's column with --severity, or one for all with --fixed-severity"),
        (
            ("--opened", "created", "--severity", "prio", "--fixed-severity", "1"),
            "or one for all with --fixed-severity",
        ),
        ((*OPENED, "--case", "id"), "--opened is for one row an incident, --case for one row an event"),
        (("--case", "id", "--at", "created", "--fixed-severity", "1"), "one row an event needs --activity COLUMN too"),
        (("--opened", "opend", "--fixed-severity", "1"), 'no column "opend"; it has id, created, first reply, prio'),
        ((*OPENED, "--fixed-severity", "9"), '--fixed-severity: "9" is not a severity; write one of 1'),
        ((*BY_PRIO, "--severity-map", "P1"), '"P1" is no pair; write WORD=SEVERITY'),
        (
            ("--opened", "created", "--severity", "prio", "--severity-map", "P1=9"),
            '--severity-map: "9" is not a severity',
        ),
        ((*BY_PRIO, "--severity-map", ","), "--severity-map is empty"),
        ((*CRITICAL, "--severity-map", "a=1"), "name the column with --severity"),
        ((*CRITICAL, "--zone", "CST6"), '"CST6" is not an IANA zone'),
        (
            ("--opened", "created", "--fixed-severity", "1", "--as-of", "soon"),
            '--as-of: "soon" is not an ISO 8601 time',
        ),
        ((*CRITICAL, "--as-of", "2026-01-01T00:00"), "name its zone with --zone"),
        ((*CRITICAL, "--time-format", "%Q"), "--time-format: "),
        ((*CRITICAL, "--time-format", "%d %Z"), "%Z names no offset"),
        ((*CRITICAL, "--out", "/nowhere/out.csv"), "/nowhere"),
        ((*CRITICAL, "--policy", "nothing.yaml"), "cannot be read"),
    ],
)
def test_a_mistake_in_the_options_is_one_clear_line(
    call: Caller, export: Path, arguments: tuple[str, ...], said: str
) -> None:
    complaint = replay(call, export, columns=arguments).complaint
    assert complaint.startswith("watchkeeper replay: ")
    assert said in complaint


def test_a_file_that_cannot_be_replayed_is_one_clear_line(call: Caller, export: Path, tmp_path: Path) -> None:
    assert "No such file" in replay(call, tmp_path / "nothing.csv").complaint
    assert "is no regular file" in replay(call, tmp_path).complaint
    assert "is the file that is read; name another" in replay(call, export, "--out", str(export)).complaint
    assert export.read_text() == EXPORT
    assert '"gold" is not a level' in call("replay", str(export), "--level", "gold", *COLUMNS).complaint


def test_a_terminal_sees_how_far_it_is_and_a_file_does_not(tmp_path: Path) -> None:
    export = tmp_path / "export.csv"
    export.write_text("opened\n" + "2026-03-06T16:30Z\n" * 5_000)
    terminal, inside = pty.openpty()
    code = "import sys; from watchkeeper.config.command import main; sys.exit(main(sys.argv[1:]))"
    arguments = ("replay", str(export), "--level", "premium", "--opened", "opened", "--fixed-severity", "1")
    done = subprocess.run([sys.executable, "-c", code, *arguments], stdout=subprocess.PIPE, stderr=inside, check=True)
    os.close(inside)
    assert b"judging" in os.read(terminal, 100_000)
    assert b"5,000 incidents" in done.stdout
    os.close(terminal)


SHARED = """\
policy: shared
zone: America/Chicago
severities: {P1: Critical, P3: Medium}
default_severity: P3
hours: {always: around the clock}
contacts: {escalation: {emails: a@b.example}, desk: {emails: a@b.example}}
levels:
  premium:
    acknowledgement: {P1: 2h, P3: {within: 68h, share: 50%, at_least: 2}}
    shares: [{of: 90%, severities: [P1, P3], each: quarter}]
"""


@pytest.fixture
def shared(tmp_path: Path) -> tuple[str, ...]:
    path = tmp_path / "shared.yaml"
    path.write_text(SHARED)
    return ("--policy", str(path))


def test_promises_for_a_share_are_told_by_period(call: Caller, export: Path, shared: tuple[str, ...]) -> None:
    text = EXPORT + "12,2026-02-02T10:00-06:00,2026-02-02T11:00-06:00,P3\n"
    export.write_text(text)
    answer = replay(call, export, *shared, "--as-of", "2026-03-20T00:00Z", columns=(*TIMES, "--severity", "prio"))
    assert answer.out.splitlines()[-6:] == [
        "acknowledgement of Medium: 50 % a month, from 2 reports on",
        "  2026-02 too few: 1 of 1 kept (100.0 %); it is promised from 2 on",
        "  2026-03 running: 1 of 3 kept (33.3 %); behind: 1 more must be kept, and none missed",
        "",
        "acknowledgement of Critical, Medium: 90 % a quarter",
        "  2026-Q1 running: 2 of 5 kept (40.0 %); behind: 25 more must be kept, and none missed",
    ]


def test_json_tells_each_share_in_each_period(call: Caller, export: Path, shared: tuple[str, ...]) -> None:
    asked = ("--as-of", "2026-04-20T00:00Z", "--json")
    first, second = replay(call, export, *shared, *asked, columns=(*TIMES, "--severity", "prio")).json["shares"]
    assert first == {
        "metric": "acknowledgement",
        "severities": ["P3"],
        "of": 0.5,
        "each": "month",
        "at_least": 2,
        "period": "2026-03",
        "from": "2026-03-01T06:00:00Z",
        "to": "2026-04-01T05:00:00Z",
        "met": 1,
        "breached": 2,
        "open": 0,
        "attainment": 1 / 3,
        "outcome": "missed",
        "may_miss": 0,
        "must_keep": 0,
    }
    assert (second["severities"], second["period"], second["outcome"]) == (["P1", "P3"], "2026-Q1", "missed")


BY_NIGHT = """\
    variants: [{when: {received_outside: office}, acknowledgement: {P1: {within: 1h, share: 75%}}}]
"""


def test_each_incident_is_judged_by_what_held_when_it_came_in(call: Caller, export: Path, tmp_path: Path) -> None:
    policy = tmp_path / "by-night.yaml"
    office = "hours: {always: around the clock, office: {weekly: {mon-fri: 08:00-17:00}}}"
    text = SHARED.replace("hours: {always: around the clock}", office).replace(
        "premium:", "premium:\n    hours: always"
    )
    policy.write_text(text + BY_NIGHT)
    export.write_text(
        "created,first reply\n"
        "2026-03-06T16:30-06:00,2026-03-06T18:00-06:00\n"
        "2026-03-06T17:30-06:00,2026-03-06T19:00-06:00\n"
    )
    asked = ("--policy", str(policy), "--json")
    answer = replay(call, export, *asked, columns=(*TIMES, "--fixed-severity", "P1")).json
    assert (answer["total"]["met"], answer["total"]["breached"]) == (1, 1)
    night = next(share for share in answer["shares"] if share["of"] == 0.75)
    assert (night["met"], night["breached"]) == (0, 1), "only what came in outside office hours was promised for it"
