"""Exports judged by the page's Premium level: High within 4 h around the clock, Medium within 8 h of standard hours."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count, islice
from pathlib import Path

import pytest

from tests.core.premium import BREAK_FIX, POLICY, PREMIUM, STANDARD
from tests.reports.exports import Replayed, replay_events, replay_rows
from watchkeeper.core.policy import Target
from watchkeeper.core.within import Within
from watchkeeper.reports.replay import Record, RowReader, SeverityReader, TimeReader


@pytest.fixture
def export(tmp_path: Path) -> Path:
    return tmp_path / "export.csv"


def utc(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=UTC)


def one(export: Path, row: str, **how: object) -> Replayed:
    return replay_rows(export, f"opened,acknowledged,severity\n{row}\n", **how)  # type: ignore[arg-type]


def test_an_acknowledgement_at_the_due_instant_is_met_with_nothing_left(export: Path) -> None:
    replayed = one(export, "2026-03-02T10:00Z,2026-03-02T14:00Z,2")
    ((_incident, judgement),) = replayed.judged
    assert (judgement.outcome, judgement.margin) == ("met", timedelta())
    assert (judgement.starts_at, judgement.due_at) == (utc("2026-03-02T10:00"), utc("2026-03-02T14:00"))


def test_an_acknowledgement_after_it_is_breached_and_the_margin_negative(export: Path) -> None:
    ((_incident, judgement),) = one(export, "2026-03-02T10:00Z,2026-03-02T14:00:01Z,High").judged
    assert (judgement.outcome, judgement.margin) == ("breached", timedelta(seconds=-1))


def test_the_margin_is_operating_time(export: Path) -> None:
    # Friday 16:30 in Chicago, due Monday 15:30; acknowledged on Sunday, when no operating time passes.
    sunday = one(export, "2026-03-06T16:30-06:00,2026-03-08T12:00-05:00,3")
    assert sunday.judged[0][1].margin == timedelta(hours=7, minutes=30)
    much_later = one(export, "2026-03-06T16:30-06:00,2026-03-08T12:00-05:00,3", as_of=utc("2026-04-01T00:00"))
    assert much_later.judged == sunday.judged
    tuesday = one(export, "2026-03-06T16:30-06:00,2026-03-10T08:30-05:00,3")
    assert tuesday.judged[0][1].margin == -timedelta(hours=2)


def test_the_margin_of_an_elapsed_target_is_time_on_the_wall_clock(export: Path) -> None:
    elapsed = replace(PREMIUM, targets=(Target("acknowledgement", 1, Within.parse("24h", "elapsed"), STANDARD),))
    # Due on Tuesday at 10:00 in Chicago; acknowledged at 03:00, when the desk is closed.
    replayed = one(export, "2026-03-02T10:00-06:00,2026-03-03T03:00-06:00,1", level=elapsed)
    assert replayed.judged[0][1].margin == timedelta(hours=7)


def test_unacknowledged_is_breached_once_due_before_as_of_and_open_until_then(export: Path) -> None:
    row = "2026-03-02T10:00Z,,2"
    assert one(export, row, as_of=utc("2026-03-02T14:00")).outcomes == ["open"]
    assert one(export, row, as_of=utc("2026-03-02T14:00:01")).outcomes == ["breached"]
    assert one(export, row, as_of=utc("2026-03-02T12:00")).judged[0][1].margin == timedelta(hours=2)


def test_what_is_not_yet_reported_at_as_of_has_its_whole_window_left(export: Path) -> None:
    ((_incident, judgement),) = one(export, "2026-03-02T10:00Z,,2", as_of=utc("2026-03-01T00:00")).judged
    assert (judgement.outcome, judgement.margin) == ("open", timedelta(hours=4))


def test_as_of_is_the_last_instant_in_the_file_wherever_it_stands(export: Path) -> None:
    text = "opened,acknowledged,severity\n2026-03-02T10:00Z,,2\n2026-03-01T10:00Z,2026-03-02T14:01Z,2\n"
    replayed = replay_rows(export, text)
    assert replayed.report.as_of == utc("2026-03-02T14:01")
    assert replayed.outcomes == ["breached", "breached"]


def test_outside_the_level_nothing_is_promised_and_nothing_attained(export: Path) -> None:
    replayed = one(export, "2026-03-02T10:00Z,2026-03-02T14:00Z,3", level=BREAK_FIX)
    assert replayed.judged[0][1] == ("outside_level", None, None, None)
    assert replayed.report.total.share is None


def test_without_an_acknowledged_column_only_due_times_come_out(export: Path) -> None:
    replayed = one(export, "2026-03-02T10:00Z,ignored,2", acknowledged=None)
    assert replayed.judged[0][1] == ("not_measurable", utc("2026-03-02T10:00"), utc("2026-03-02T14:00"), None)


def test_attainment_is_told_for_each_severity_and_for_all(export: Path) -> None:
    rows = [
        "2026-03-02T10:00Z,2026-03-02T10:30Z,1",
        "2026-03-02T10:00Z,2026-03-02T13:00Z,1",
        "2026-03-02T10:00Z,2026-03-02T13:00Z,2",
    ]
    report = one(export, "\n".join(rows)).report
    assert {number: str(card.percent()) for number, card in report.by_severity.items()} == {1: "50.0", 2: "100.0"}
    assert (report.rows, report.total.judged, str(report.total.percent())) == (3, 3, "66.6")


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("soon,2026-03-02T14:00Z,2", 'opened "soon" is not an ISO 8601 time; give its form with --time-format'),
        (",2026-03-02T14:00Z,2", "opened is empty"),
        ("2026-03-02T10:00,,2", 'opened "2026-03-02T10:00" has no offset from UTC; name its zone with --zone'),
        ("2026-03-02T10:00Z,soon,2", 'acknowledged "soon" is not an ISO 8601 time'),
        ("2026-03-02T10:00Z,2026-03-02T08:30Z,2", "acknowledged 1:30:00 before it was opened"),
        ("2026-03-02T10:00Z,,P1", 'severity "P1" is none of the policy\'s; map it with --severity-map'),
        ("2026-03-02T10:00Z,", "has 2 cells under 3 columns"),
    ],
)
def test_an_unusable_row_is_set_aside_with_its_number_and_the_reason(export: Path, row: str, reason: str) -> None:
    replayed = one(export, f"2026-03-02T10:00Z,2026-03-02T10:00Z,2\n{row}")
    assert replayed.outcomes == ["met"]
    (said,) = replayed.reasons
    assert said.startswith(f"2: {reason}")


def test_naive_times_are_read_in_the_zone_named(export: Path) -> None:
    ((incident, _judgement),) = one(export, "2026-11-01 01:50,2026-11-01 01:10,2", zone="America/Chicago").judged
    assert incident.acknowledged_at is not None
    assert incident.acknowledged_at - incident.opened_at == timedelta(minutes=20)


def test_a_fixed_severity_needs_no_column(export: Path) -> None:
    text = "opened,acknowledged\n2026-03-02T10:00Z,2026-03-02T11:30Z\n"
    assert replay_rows(export, text, fixed=1).outcomes == ["met"]


def test_acknowledgements_that_equal_their_opening_look_automatic_when_they_are_most(export: Path) -> None:
    same, later = "2026-03-02T10:00Z,2026-03-02T10:00Z,2", "2026-03-02T10:00Z,2026-03-02T10:01Z,2"
    assert one(export, f"{same}\n{same}\n{later}").report.looks_automatic
    assert not one(export, f"{same}\n{later}").report.looks_automatic
    assert not one(export, "2026-03-02T10:00Z,,2").report.looks_automatic


def test_a_file_without_rows_comes_to_nothing(export: Path) -> None:
    report = replay_rows(export, "opened,acknowledged,severity\n").report
    assert (report.rows, report.as_of, report.total.total) == (0, None, 0)


def test_reasons_are_kept_up_to_a_bound_and_counted_beyond_it(export: Path) -> None:
    report = one(export, "\n".join(["soon,,2"] * 1_500)).report
    assert (report.unusable, len(report.unusable_kept)) == (1_500, 1_000)


def test_rows_are_judged_as_they_come_and_none_is_kept() -> None:
    endless = (Record(row, row + 1, ["2026-03-02T10:00Z", "2"], "") for row in count(1))
    reader = RowReader(0, None, SeverityReader(POLICY, column=1), TimeReader())
    assert [found.row for found in islice(reader.incidents(endless), 3)] == [1, 2, 3]
    assert next(endless).row == 4


EVENTS = "case,activity,at\n"


def test_the_events_of_a_case_make_one_incident_in_any_order(export: Path) -> None:
    text = EVENTS + (
        "a,taken,2026-03-02T12:00Z\n"
        "b,new,2026-03-02T09:00Z\n"
        "a,taken,2026-03-02T11:00Z\n"
        "a,new,2026-03-02T10:00Z\n"
        "a,new,2026-03-02T10:30Z\n"
        "b,closed,2026-03-02T13:00:01Z\n"
    )
    replayed = replay_events(export, text)
    assert [(incident.opened_at, incident.acknowledged_at) for incident, _judgement in replayed.judged] == [
        (utc("2026-03-02T10:00"), utc("2026-03-02T11:00")),
        (utc("2026-03-02T09:00"), None),
    ]
    assert replayed.outcomes == ["met", "breached"]
    assert (replayed.report.rows, replayed.report.as_of) == (6, utc("2026-03-02T13:00:01"))


def test_without_opening_activities_a_case_opens_with_its_earliest_event(export: Path) -> None:
    text = EVENTS + "a,x,2026-03-02T10:00Z\na,y,2026-03-02T09:00Z\n"
    replayed = replay_events(export, text, opened_by=())
    assert replayed.judged[0][0].opened_at == utc("2026-03-02T09:00")


def test_an_incident_repeats_the_cells_of_the_event_that_opened_it(export: Path) -> None:
    text = EVENTS + "a,taken,2026-03-02T12:00Z\na,new,2026-03-02T10:00Z\n"
    assert replay_events(export, text).judged[0][0].cells == ["a", "new", "2026-03-02T10:00Z"]


def test_without_acknowledging_activities_nothing_is_measured(export: Path) -> None:
    text = EVENTS + "a,new,2026-03-02T10:00Z\n"
    assert replay_events(export, text, acknowledged_by=()).outcomes == ["not_measurable"]


def test_unusable_events_and_cases_are_set_aside_with_the_reason(export: Path) -> None:
    text = EVENTS + (
        "a,taken,2026-03-02T09:00Z\n"
        "a,new,2026-03-02T10:00Z\n"
        ",new,2026-03-02T10:00Z\n"
        "b,new,soon\n"
        "c,closed,2026-03-02T10:00Z\n"
        "d,new\n"
    )
    replayed = replay_events(export, text)
    assert replayed.outcomes == []
    assert replayed.reasons == [
        "3: names no case",
        '4: its time "soon" is not an ISO 8601 time; give its form with --time-format',
        "6: has 2 cells under 3 columns",
        '2: case "a" was acknowledged 1:00:00 before it was opened',
        '5: case "c" has no event that opens it',
    ]
