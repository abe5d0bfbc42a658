"""The vendor's page, cell by cell: what the shipped policy publishes, and what it enforces."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest

from tests.config.called import Caller
from watchkeeper.config.policy_source import policy_named
from watchkeeper.core.published import Table, page

PAGE = "seeds/production-support-level-details.txt"
CT = ZoneInfo("America/Chicago")
ROW = re.compile(r"(\d): (Critical|High|Medium|Low|Cosmetic)(.*?\.)((?:Within|Response) .*)")
RECEIVED = [datetime(2026, 3, 2, 5, 17, tzinfo=UTC) + timedelta(hours=7 * n) for n in range(48)]


class Cells(NamedTuple):
    """One row of a table as the page has it, its columns run together in the text."""

    number: str
    name: str
    definition: str
    response: str


class Section(NamedTuple):
    """One support level of the page."""

    title: str
    bullets: list[str]
    conditions: str
    headings: str
    rows: list[Cells]


@pytest.fixture(scope="session")
def source(shared: Path) -> list[Section]:
    lines = [line.strip() for line in (shared / PAGE).read_text(encoding="utf-8").splitlines() if line.strip()]
    titles = [at for at, line in enumerate(lines) if line.endswith(("Support:", "License):"))]
    return [section(lines[start:end]) for start, end in zip(titles, [*titles[1:], len(lines)], strict=True)]


def section(lines: list[str]) -> Section:
    rows = [Cells(*match.groups()) for line in lines if (match := ROW.fullmatch(line))]
    bullets = [line.removeprefix("•").strip() for line in lines if line.startswith("•")]
    (headings,) = [line for line in lines if line.startswith("Severity Level")]
    conditions = lines[lines.index(headings) - 1]
    assert len(lines) == 3 + len(bullets) + len(rows), "every line of the page is one of these"
    return Section(lines[0], bullets, conditions, headings, rows)


@pytest.fixture(scope="session")
def published() -> tuple[Table, ...]:
    return page(policy_named(None)).levels


def test_the_page_has_three_levels_and_nine_targets(source: list[Section]) -> None:
    assert [len(level.rows) for level in source] == [2, 2, 5]


def test_every_text_of_the_page_is_published_word_for_word(source: list[Section], published: tuple[Table, ...]) -> None:
    assert len(published) == len(source)
    for ours, theirs in zip(published, source, strict=True):
        assert ours.title == theirs.title
        assert list(ours.introduction) == theirs.bullets
        assert ours.conditions == theirs.conditions
        assert "".join(ours.headings).replace(" ", "") == theirs.headings.replace(" ", "")


def test_every_cell_of_the_page_is_published_word_for_word(source: list[Section], published: tuple[Table, ...]) -> None:
    for ours, theirs in zip(published, source, strict=True):
        assert [(row.severity, row.definition, *(cell.text for cell in row.cells)) for row in ours.rows] == [
            (f"{cells.number}: {cells.name}", cells.definition, cells.response) for cells in theirs.rows
        ]


def test_the_title_is_the_pages(shared: Path) -> None:
    assert page(policy_named(None)).title in (shared / PAGE).read_text(encoding="utf-8").splitlines()


def test_every_cell_of_the_page_is_shown_by_the_command(
    source: list[Section], capsys: pytest.CaptureFixture[str]
) -> None:
    shown = Caller(capsys)("policy", "show", "--json").json
    texts = {cell["text"] for level in shown["levels"] for row in level["rows"] for cell in row["cells"]}
    assert texts == {cells.response for level in source for cells in level.rows}


@pytest.mark.parametrize("level", ["break-fix", "advanced", "premium"])
@pytest.mark.parametrize("severity", [1, 2, 3, 4, 5])
def test_every_cell_of_the_page_is_what_the_command_counts(
    source: list[Section], level: str, severity: int, capsys: pytest.CaptureFixture[str]
) -> None:
    theirs = source[["break-fix", "advanced", "premium"].index(level)]
    cells = next((cells for cells in theirs.rows if cells.number == str(severity)), None)
    call = Caller(capsys)
    for received in RECEIVED[severity::9]:
        asked = ("--level", level, "--severity", str(severity), "--at", received.isoformat())
        answer = call("deadline", *asked, "--json").json
        assert answer["covered"] is (cells is not None)
        if cells is None:
            assert answer["due_at"] is None
        else:
            assert answer["severity_name"] == cells.name
            assert datetime.fromisoformat(answer["due_at"]) == due_by_the_page(theirs, cells, received)


def due_by_the_page(level: Section, cells: Cells, received: datetime) -> datetime:
    """When the page's own words say it is due, counted minute by minute."""
    written = re.search(r"(\d+) hours", cells.response)
    assert written is not None
    left = timedelta(hours=int(written[1]))
    standard = "(Standard Hours)" in cells.response or "Standard Operating Hours" in level.headings
    minute, at = timedelta(minutes=1), received
    while left:
        local = at.astimezone(CT)
        if not standard or (local.weekday() < 5 and 8 <= local.hour < 17):
            left -= minute
        at += minute
    return at


def test_low_and_cosmetic_at_premium_are_not_eligible_for_escalation(source: list[Section]) -> None:
    policy = policy_named(None)
    for ours, theirs in zip(policy.levels, source, strict=True):
        eligible = {int(cells.number) for cells in theirs.rows if "before escalation" in cells.response}
        assert ours.escalation.eligible == eligible
