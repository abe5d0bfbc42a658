"""Real vendors' support pages as policies: each can be read, promises what the page does, and leaves nothing out.

The records of those pages lie beside the project. Without them the tables of ``example_tables`` still hold each example
to what it promised when a person last compared it with its page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import pytest
import yaml

from tests.corpus import example_tables
from tests.corpus.example_tables import EXAMPLES, PROJECT, TABLES, example, promised, vendors
from tests.corpus.records import NOTHING, Cell, cells, fields, leaves, loaded
from watchkeeper.core.circumstances import ANY, Circumstances
from watchkeeper.core.hours import AROUND_THE_CLOCK, Hours
from watchkeeper.core.policy import ACKNOWLEDGEMENT, RESOLUTION, UPDATE, Policy, Target
from watchkeeper.core.policy_file import open_policy
from watchkeeper.core.policy_file.unwise import unwise
from watchkeeper.core.promise import effective
from watchkeeper.core.published import page
from watchkeeper.core.within import Within

COVERAGE = PROJECT / "docs/reference/policy-coverage.md"
EVERY_VENDOR = vendors()
FURTHER = ("advance2000", "evercast", "gitlab", "govuk-pay", "mongodb", "one-day-web", "openfiler", "suse")
"""Vendors whose pages were read without a record of them being kept."""

RECORDED = [vendor for vendor in EVERY_VENDOR if vendor not in FURTHER]


# what stands in the project


def test_there_is_an_example_of_each_of_28_records_and_of_eight_pages_more() -> None:
    assert len(RECORDED) == 28
    assert len(EVERY_VENDOR) == len(RECORDED) + len(FURTHER) == 36


@pytest.mark.parametrize("vendor", EVERY_VENDOR)
def test_an_example_is_read_without_a_problem_and_publishes_a_page(vendor: str) -> None:
    policy = example(vendor)
    assert [table.key for table in page(policy).levels] == [level.key for level in policy.levels]


@pytest.mark.parametrize("vendor", EVERY_VENDOR)
def test_an_example_says_where_it_comes_from(vendor: str) -> None:
    first_lines = (EXAMPLES / f"{vendor}.yaml").read_text(encoding="utf-8").split("\n\n")[0]
    assert "# Source: " in first_lines


@pytest.mark.parametrize("vendor", EVERY_VENDOR)
def test_an_example_promises_what_it_did_when_it_was_last_compared_with_its_page(vendor: str) -> None:
    expected = (TABLES / f"{vendor}.txt").read_text(encoding="utf-8")
    assert example_tables.table(example(vendor)) == expected, (
        "what differs is promised otherwise now; when that is meant: python -m tests.corpus.example_tables"
    )


@pytest.mark.parametrize("vendor", EVERY_VENDOR)
def test_no_goal_of_an_example_is_idle_and_none_of_its_windows_endless(vendor: str) -> None:
    remarks = unwise(open_policy((EXAMPLES / f"{vendor}.yaml").read_text(encoding="utf-8")))
    assert not [remark for remark in remarks if re.search(r"no earlier than the limit|take longer", remark.message)]


# every cell of every record


class Chosen(NamedTuple):
    """Where an example reads a cell otherwise than its notation says, and the field of the record that allows it."""

    vendor: str
    levels: str
    severities: str
    notation: str
    becomes: str
    because: str


CHOSEN = (
    Chosen("github", "standard_enterprise", ".*", r"(\d+)h", r"\1bh", "ambiguous.0"),
    Chosen("redhat", "premium", "2", r"(\d+)h", r"\1bh", "plans.premium.hours.2"),
    Chosen("adobe", "shown", "[23]", r"(\d+)h", r"\1bh", "plans.shown.hours"),
    Chosen("hivemq", ".*", ".*", r"(\d+)d", r"\1bd", "ambiguous.0"),
    Chosen("hivemq", "extended", "P2", r"(\d+)h", r"\1bh", "plans.extended.hours.others"),
    Chosen("auth0", "basic", ".*", r"(\d+)h", r"\1bh", "ambiguous.0"),
    Chosen("kesque", "bronze", ".*", r"(\d+)h", r"\1bh", "rules.0"),
    Chosen("cloud-gov", "single", ".*", NOTHING, "best effort", "rules.1"),
    Chosen("netzfabrik", "single", "high", r"(\d+)h", r"\1bh", "ambiguous.0"),
    Chosen("accelerite", "standard", ".*", r"(\d+)h", r"\1bh", "plans.standard.hours"),
    Chosen("accelerite", "support_24x7|premier", "[234]", r"(\d+)h", r"\1bh", "plans.support_24x7.hours.others"),
    Chosen("ibm-cloud", "basic", "[123]", NOTHING, "not offered", "plans.basic.severities_allowed.0"),
    Chosen("inducio", "single", ".*", r"(\d+)bd", r"\1bd until closing", "clock.cutoff"),
)


def records(shared: Path) -> dict[str, Mapping[str, Any]]:
    """Every record by the name of its example."""
    found = sorted((shared / "data/policies").glob("[0-9]*.yaml"))
    return {path.stem.partition("-")[2]: loaded(path.read_text(encoding="utf-8")) for path in found}


@pytest.fixture(scope="session")
def every_record(shared: Path) -> dict[str, Mapping[str, Any]]:
    found = records(shared)
    if not found:
        pytest.skip("the records of real policies are not beside the project")
    return found


@pytest.mark.parametrize("vendor", RECORDED)
def test_every_cell_of_a_record_is_what_its_example_promises(
    every_record: dict[str, Mapping[str, Any]], vendor: str
) -> None:
    policy = example(vendor)
    wrong = []
    for cell in cells(vendor, every_record[vendor], [level.key for level in policy.levels]):
        for severity in policy.severities:
            if cell.severity in ("*", severity.key):
                expected = as_chosen(vendor, cell, severity.key)
                found = promised_in(policy, cell, severity.number)
                if not any(is_what(expected, one) for one in found):
                    wrong.append(f"{cell.path} ({cell.level}, {severity.key}) is {expected}; the example says {found}")
    assert not wrong


def test_the_cells_of_all_records_are_compared_and_each_choice_is_one_that_a_record_allows(
    every_record: dict[str, Mapping[str, Any]],
) -> None:
    used: Counter[Chosen] = Counter()
    compared = 0
    for vendor, record in every_record.items():
        policy = example(vendor)
        for cell in cells(vendor, record, [level.key for level in policy.levels]):
            keys = [severity.key for severity in policy.severities if cell.severity in ("*", severity.key)]
            compared += len(keys)
            assert keys, f"{vendor} has no severity {cell.severity}"
            used.update(chosen for key in keys for chosen in CHOSEN if applies(chosen, vendor, cell, key))
    assert set(used) == set(CHOSEN), "a choice that no cell needs"
    for chosen in CHOSEN:
        assert chosen.because in set(fields(every_record[chosen.vendor]))
    print(f"\ncells compared: {compared}, of them read by a choice of the file: {sum(used.values())}")


NO_TARGETS = re.compile(r"plans\.(\w+\.(hours.*|escalate_after\..*|report_within)|(standard|premier)\.P[01])")
"""Fields of plans that hold a length and are no target: hours, steps of escalation, a duty of the customer."""


def test_no_length_in_a_plan_is_left_out_of_the_comparison(every_record: dict[str, Mapping[str, Any]]) -> None:
    for vendor, record in every_record.items():
        compared = {cell.path for cell in cells(vendor, record, [level.key for level in example(vendor).levels])}
        for path, says in leaves(record.get("plans", {}), "plans"):
            if re.search(r"\d+(\.\d+)? ?(m|h|d|bh|bd)\b|nbd|business day", says) and not NO_TARGETS.fullmatch(path):
                assert path in compared, f"{vendor}: {path} says {says}"


def as_chosen(vendor: str, cell: Cell, severity: str) -> str:
    notation = cell.notation
    for chosen in CHOSEN:
        if applies(chosen, vendor, cell, severity):
            notation = re.sub(f"^{chosen.notation}$", chosen.becomes, notation)
    return notation


def applies(chosen: Chosen, vendor: str, cell: Cell, severity: str) -> bool:
    return (
        chosen.vendor == vendor
        and re.fullmatch(chosen.levels, cell.level) is not None
        and re.fullmatch(chosen.severities, severity) is not None
        and re.fullmatch(chosen.notation, cell.notation) is not None
    )


def promised_in(policy: Policy, cell: Cell, severity: int) -> list[Target | str]:
    promise = promised(policy, cell.level, cell.circumstances)
    target = promise.target(cell.metric, severity)
    return [target if target is not None else promise.said_instead.get((cell.metric, severity), NOTHING)]


def is_what(notation: str, found: Target | str) -> bool:
    """Whether a target, or what is said instead of one, is what the notation says."""
    if isinstance(found, str):
        return found == notation
    within = found.within
    match = re.fullmatch(r"([\d.]+)(m|h|bh|d|bd)( until closing)?", notation)
    if notation == "nbd":
        return within == Within("business_days", days=1, until_closing=True)
    if match is None:
        return False
    amount, unit = float(match[1]), match[2]
    if unit == "bh":
        return within.counting == "operating" and within.length == timedelta(hours=amount)
    if unit == "bd":
        return (within.counting, within.days, within.until_closing) == ("business_days", amount, bool(match[3]))
    if unit == "d":
        return (within.counting, within.days) == ("calendar_days", amount)
    on_the_clock = within.counting == "elapsed" or never_closes(found.operating.hours)
    return on_the_clock and within.length == (timedelta(hours=amount) if unit == "h" else timedelta(minutes=amount))


def never_closes(hours: Hours) -> bool:
    """Whether hours are around the clock, in whatever zone."""
    (schedule,) = hours.schedules
    return schedule.weekly == AROUND_THE_CLOCK.schedules[0].weekly and not (schedule.holidays or schedule.exceptions)


def test_a_plan_around_the_clock_is_counted_around_the_clock(every_record: dict[str, Mapping[str, Any]]) -> None:
    looked_at = 0
    for vendor, level, severity in around_the_clock(every_record):
        policy = example(vendor)
        for each in policy.severities:
            target = policy.level(level).target(ACKNOWLEDGEMENT, each.number)
            if target is not None and severity in ("*", each.key) and target.within.counting == "operating":
                assert never_closes(target.operating.hours), (vendor, level, each.key)
                looked_at += 1
    assert looked_at == 31


def around_the_clock(every_record: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str, str]]:
    """The plans that are around the clock, each with the severity that is (``*``: all)."""
    for vendor, record in every_record.items():
        for plan, says in record.get("plans", {}).items():
            hours = says.get("hours", says) if isinstance(says, dict) else None
            by_severity = hours if isinstance(hours, dict) else {"*": hours}
            for severity, written in by_severity.items():
                if isinstance(written, str) and re.fullmatch("24[x/]7(x365)?", written):
                    yield vendor, plan, severity


def test_what_is_unchanged_in_an_add_on_is_what_it_is_based_on() -> None:
    policy = example("sourcegraph")
    for severity in range(1, 5):
        add_on, base = (policy.level(key).target(ACKNOWLEDGEMENT, severity) for key in ("premium_addon", "enterprise"))
        assert add_on is not None
        assert base is not None
        assert add_on.within == base.within


# every field of every record


class Row(NamedTuple):
    """One row of the coverage page: the fields it speaks of, what became of them, and where."""

    fields: str
    kind: str
    where: str


KINDS = ("expressed", "prose", "chosen", "not expressible", "no term")


_HEADERS = ("| ---", "| field", "| term")


def coverage(part: str = "Record by record") -> dict[str, list[Row]]:
    """The rows of one part of the coverage page by the heading they stand under."""
    text = COVERAGE.read_text(encoding="utf-8").partition(f"\n## {part}")[2].partition("\n## ")[0]
    found = {}
    for section in text.split("\n### ")[1:]:
        heading, _newline, body = section.partition("\n")
        lines = [line for line in body.splitlines() if line.startswith("| ") and not line.startswith(_HEADERS)]
        rows = [line.strip("| ").split(" | ", 2) for line in lines]
        found[heading] = [Row(name.strip("`"), kind, where) for name, kind, where in rows]
    return found


def spelled_out(pattern: str) -> list[str]:
    """``a.{b,c}.d`` as the texts it stands for."""
    braces = re.search(r"\{([^}]*)\}", pattern)
    if braces is None:
        return [pattern]
    alternatives = [one.strip() for one in braces[1].split(",")]
    return [text for one in alternatives for text in spelled_out(pattern.replace(braces[0], one, 1))]


def speaks_of(row: Row, field: str) -> bool:
    return any(re.fullmatch(re.escape(one).replace(r"\*", ".*"), field) for one in spelled_out(row.fields))


def test_every_field_of_every_record_is_accounted_for_once(every_record: dict[str, Mapping[str, Any]]) -> None:
    rows = coverage()
    in_every_record = rows.pop("In every record")
    counts: Counter[str] = Counter()
    by_vendor = {heading.partition("-")[2]: of_one for heading, of_one in rows.items()}
    assert set(by_vendor) == set(every_record) == set(RECORDED)
    for vendor, record in every_record.items():
        names = list(fields(record))
        counts["fields"] += len(names)
        for name in names:
            speaking = [row for row in (*in_every_record, *by_vendor[vendor]) if speaks_of(row, name)]
            assert len(speaking) == 1, f"{vendor}: {name} is accounted for {len(speaking)} times"
            counts[speaking[0].kind] += 1
        for row in by_vendor[vendor]:
            assert any(speaks_of(row, name) for name in names), f"{vendor}: the record has no {row.fields}"
    assert counts["fields"] == sum(counts[kind] for kind in KINDS)
    told = ", ".join(f"{kind} {counts[kind]}" for kind in KINDS)
    print(f"\nrecords {len(every_record)}, fields {counts['fields']}: {told}")


def test_what_the_coverage_page_names_stands_in_the_file() -> None:
    of_records = {heading.partition("-")[2]: rows for heading, rows in coverage().items()}
    of_further = coverage("Further pages")
    assert set(of_further) == set(FURTHER)
    for vendor, rows in (of_records | of_further).items():
        for row in rows:
            assert row.kind in KINDS
            if vendor not in EVERY_VENDOR:
                continue
            named = [one for path in re.findall(r"`([^`]+)`", row.where) for one in spelled_out(path)]
            assert named or row.kind == "not expressible", f"{vendor}: {row.fields} says no place in the file"
            for path in named:
                assert stands_in(vendor, path), f"{vendor}: the file has no {path}"


def stands_in(vendor: str, path: str) -> bool:
    value: object = yaml.load((EXAMPLES / f"{vendor}.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    for key in path.split("."):
        if isinstance(value, dict) and key in value:
            value = value[key]
        elif isinstance(value, list) and key.isdigit() and int(key) < len(value):
            value = value[int(key)]
        else:
            return False
    return True


FEATURE_ROW = re.compile(r"^\| (\d+) \| (.+?) \| \d\d ", re.MULTILINE)


def test_every_feature_that_real_pages_need_is_in_the_table_of_features(shared: Path) -> None:
    counted = FEATURE_ROW.findall((shared / "data/policies/FEATURES.md").read_text(encoding="utf-8"))
    table = COVERAGE.read_text(encoding="utf-8").partition("## Feature by feature")[2]
    ours = re.findall(r"^\| (\d+) \| (.+?) \| (.+?) \| (.+) \|$", table, re.MULTILINE)
    assert [(count, name) for count, name, _kind, _how in ours] == [(count, name) for count, name in counted]
    assert {kind for _count, _name, kind, _how in ours} <= {"said", "in part", "prose"}
    print(f"\nfeatures: {dict(Counter(kind for _count, _name, kind, _how in ours))}")


# deadlines worked out by hand


@pytest.mark.parametrize(
    ("vendor", "level", "severity", "metric", "zone", "received", "due", "circumstances"),
    [
        # five days: Friday 16:00 and 24 hours of five days are Monday 16:00, though clocks go forward on the Sunday
        *[
            ("github", "standard_enterprise", "high", ACKNOWLEDGEMENT, "America/Los_Angeles", *times, ANY)
            for times in [
                ("2026-03-06T16:00", "Mon 2026-03-09 16:00"),
                ("2026-07-02T10:00", "Mon 2026-07-06 10:00"),  # Independence Day is observed on Friday 3 July
            ]
        ],
        # Tokyo: Friday 26 December 16:00 leaves 1 h; the desk is closed from 28 December to 3 January, 4 is a Sunday;
        # 8 h on each of Mon 5 and Tue 6, and the last 7 h on Wed 7
        (
            *("github", "standard_enterprise", "low", ACKNOWLEDGEMENT, "Asia/Tokyo", "2025-12-26T16:00"),
            *("Wed 2026-01-07 16:00", Circumstances(language="Japanese")),
        ),
        # bought before 17 September 2018: Thanksgiving does not count
        (
            *("github", "premium", "high", ACKNOWLEDGEMENT, "America/Los_Angeles", "2026-11-25T22:00"),
            *("Fri 2026-11-27 02:00", Circumstances(agreed_on=date(2018, 9, 16))),
        ),
        (
            *("github", "premium", "high", ACKNOWLEDGEMENT, "America/Los_Angeles", "2026-11-25T22:00"),
            *("Thu 2026-11-26 02:00", Circumstances(agreed_on=date(2018, 9, 17))),
        ),
        # the vendor's own worked example: Memorial Day is the holiday
        (
            *(
                "redhat",
                "standard",
                "1",
                ACKNOWLEDGEMENT,
                "America/New_York",
                "2026-05-22T17:45",
                "Tue 2026-05-26 09:45",
            ),
            Circumstances(region="North America", zone="America/New_York", place="US"),
        ),
        # the same report by a customer in Munich at 16:45 there: Whit Monday is the holiday, and the day ends at 17:00
        (
            *("redhat", "standard", "1", ACKNOWLEDGEMENT, "Europe/Berlin", "2026-05-22T16:45", "Tue 2026-05-26 09:45"),
            Circumstances(zone="Europe/Berlin", place="DE-BY"),
        ),
        # 24 business hours of ten a day: 8 h on Thursday, 10 on Friday, 6 on Monday; in Sydney
        (
            *("canonical", "weekday_24x5", "4", ACKNOWLEDGEMENT, "Australia/Sydney", "2026-03-05T10:00"),
            *("Mon 2026-03-09 14:00", Circumstances(zone="Australia/Sydney")),
        ),
        # one window from Sunday 14:00 to Friday 17:00: 30 min are left on Friday, 3 h 30 min follow on Sunday
        (
            *("sourcegraph", "enterprise", "1", ACKNOWLEDGEMENT, "America/Los_Angeles"),
            *("2026-03-06T16:30", "Sun 2026-03-08 17:30", ANY),
        ),
        (
            *("sourcegraph", "premium_addon", "1", ACKNOWLEDGEMENT, "America/Los_Angeles"),
            *("2026-03-06T16:30", "Fri 2026-03-06 20:30", ANY),
        ),
        # the window opens on Sunday 8 March, when clocks go forward at 02:00, and lasts through it
        (
            *("sourcegraph", "enterprise", "2", ACKNOWLEDGEMENT, "America/Los_Angeles"),
            *("2026-10-30T16:00", "Sun 2026-11-01 21:00", ANY),
        ),
        # two and a half business hours, in Berlin
        (
            *(
                "oracle",
                "mysql_premier",
                "2",
                ACKNOWLEDGEMENT,
                "Europe/Berlin",
                "2026-03-27T15:30",
                "Mon 2026-03-30 10:00",
            ),
            Circumstances(zone="Europe/Berlin", place="DE"),
        ),
        # the next local business day, by its closing; Good Friday and Easter Monday are holidays
        (
            *(
                "oracle",
                "mysql_premier",
                "3",
                ACKNOWLEDGEMENT,
                "Europe/Berlin",
                "2026-04-02T11:00",
                "Tue 2026-04-07 17:00",
            ),
            Circumstances(zone="Europe/Berlin", place="DE"),
        ),
        # 7 business days of Sunday to Thursday, Passover's first and seventh day (Thu 2, Wed 8 April) being holidays:
        # Mon 30, Tue 31, Wed 1; Sun 5, Mon 6, Tue 7; Thu 9
        (
            *(
                "exposebox",
                "single",
                "P4",
                ACKNOWLEDGEMENT,
                "Asia/Jerusalem",
                "2026-03-29T11:00",
                "Thu 2026-04-09 11:00",
            ),
            ANY,
        ),
        # by noon the day itself is the first, after noon the next; Friday closes at 15:00
        ("inducio", "single", "3", "assignment", "Europe/Berlin", "2026-03-04T12:00", "Fri 2026-03-06 15:00", ANY),
        ("inducio", "single", "3", "assignment", "Europe/Berlin", "2026-03-04T12:01", "Mon 2026-03-09 17:00", ANY),
        # Corpus Christi (4 June) is no holiday of all German states: it counts
        ("inducio", "single", "2", "assignment", "Europe/Berlin", "2026-06-02T10:00", "Fri 2026-06-05 15:00", ANY),
        # but in Bavaria it is one
        ("hivemq", "basic", "P2", ACKNOWLEDGEMENT, "Europe/Berlin", "2026-06-02T10:00", "Fri 2026-06-05 10:00", ANY),
        (
            *("hivemq", "extended", "P1", ACKNOWLEDGEMENT, "Europe/Berlin", "2026-06-03T17:00", "Wed 2026-06-03 21:00"),
            Circumstances(channel="phone"),
        ),
        ("hivemq", "extended", "P1", ACKNOWLEDGEMENT, "Europe/Berlin", "2026-06-03T17:00", "Fri 2026-06-05 12:00", ANY),
        # by telephone at once, on the web on the next business day
        (
            *(
                "liferay",
                "platinum",
                "1",
                ACKNOWLEDGEMENT,
                "America/Los_Angeles",
                "2026-03-07T12:00",
                "Sat 2026-03-07 13:00",
            ),
            Circumstances(channel="phone"),
        ),
        (
            *(
                "liferay",
                "platinum",
                "1",
                ACKNOWLEDGEMENT,
                "America/Los_Angeles",
                "2026-03-06T12:00",
                "Mon 2026-03-09 12:00",
            ),
            Circumstances(channel="web"),
        ),
        # Melbourne: clocks go back on Sunday 5 April
        ("flowdence", "single", "1", UPDATE, "Australia/Melbourne", "2026-04-03T15:00", "Mon 2026-04-06 11:00", ANY),
        # a customer of New York, whom the vendor answers in one of four zones
        (
            "tsis",
            "single",
            "3",
            ACKNOWLEDGEMENT,
            "America/Los_Angeles",
            "2026-03-04T10:00",
            "Thu 2026-03-05 10:00",
            ANY,
        ),
        (
            "tsis",
            "single",
            "3",
            ACKNOWLEDGEMENT,
            "America/Los_Angeles",
            "2026-03-06T10:00",
            "Mon 2026-03-09 08:00",
            ANY,
        ),
        (
            "goconvey",
            "premier",
            "P1",
            ACKNOWLEDGEMENT,
            "America/New_York",
            "2026-03-07T23:00",
            "Sun 2026-03-08 04:00",
            ANY,
        ),
        (
            "goconvey",
            "standard",
            "P1",
            ACKNOWLEDGEMENT,
            "America/New_York",
            "2026-03-07T23:00",
            "Mon 2026-03-09 12:00",
            ANY,
        ),
        (
            "mindful",
            "standard",
            "critical",
            RESOLUTION,
            "America/New_York",
            "2026-03-01T09:00",
            "Mon 2026-03-16 09:00",
            ANY,
        ),
        ("kesque", "bronze", "2", ACKNOWLEDGEMENT, "America/New_York", "2026-03-07T09:00", "Tue 2026-03-10 00:00", ANY),
    ],
)
def test_a_deadline_is_the_one_worked_out_by_hand(
    vendor: str,
    level: str,
    severity: str,
    metric: str,
    zone: str,
    received: str,
    due: str,
    circumstances: Circumstances,
) -> None:
    policy = example(vendor)
    target = promised(policy, level, circumstances).target(metric, policy.severity(severity).number)
    assert target is not None
    at = datetime.fromisoformat(received).replace(tzinfo=ZoneInfo(zone))
    found = target.within.due_at(target.operating.hours, at)
    assert f"{found.astimezone(ZoneInfo(zone)):%a %Y-%m-%d %H:%M}" == due


@pytest.mark.parametrize(
    ("chosen", "counted_in"),
    [("Europe/London", "Europe/London"), ("Europe/Berlin", "America/New_York"), ("", "America/New_York")],
)
def test_a_customer_who_chooses_a_zone_that_is_not_offered_has_the_vendors(chosen: str, counted_in: str) -> None:
    policy = example("mulesoft")
    promise = effective(policy, policy.level("support"), None, Circumstances(zone=chosen))
    assert promise.operating.zone == counted_in
