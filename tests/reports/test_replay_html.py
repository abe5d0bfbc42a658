"""`watchkeeper replay --html`: what a replay prints, as one page that needs nothing beside it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.config.called import Caller
from tests.harness.axe import violations
from tests.harness.fit import is_too_wide

EXPORT = """\
id,opened,acknowledged,priority
1,2026-01-05T10:00-06:00,2026-01-05T11:00-06:00,2
2,2026-01-05T10:00-06:00,2026-01-05T20:00-06:00,2
3,2026-03-06T16:30-06:00,2026-03-09T10:00-05:00,3
4,2026-03-10T10:00-05:00,,3
5,soon,,3
"""
COLUMNS = ("--opened", "opened", "--acknowledged", "acknowledged", "--severity", "priority")
HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)>&{{7*7}}'


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Caller:
    return Caller(capsys)


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "export.csv"
    path.write_text(EXPORT)
    return path


def page_of(call: Caller, export: Path, *more: str, level: str = "premium", columns: tuple[str, ...] = COLUMNS) -> str:
    page = export.with_name("report.html")
    assert call("replay", str(export), "--level", level, *columns, "--html", str(page), *more).code == 0
    return page.read_text("utf-8")


class _Cells(HTMLParser):
    """The tables of a page, by caption, as rows of cells."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: dict[str, list[list[str]]] = {}
        self._rows: list[list[str]] = []
        self._caption = ""
        self._into: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag == "table":
            self._rows, self._caption = [], ""
        elif tag == "tr":
            self._rows.append([])
        elif tag in ("td", "th", "caption"):
            self._into = []

    def handle_data(self, data: str) -> None:
        if self._into is not None:
            self._into.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") and self._into is not None:
            self._rows[-1].append("".join(self._into))
            self._into = None
        elif tag == "caption" and self._into is not None:
            self._caption, self._into = "".join(self._into), None
        elif tag == "table":
            self.tables[self._caption] = self._rows


def tables_of(page: str) -> dict[str, list[list[str]]]:
    cells = _Cells()
    cells.feed(page)
    return cells.tables


def test_it_says_what_the_command_prints(call: Caller, export: Path) -> None:
    page = page_of(call, export)
    printed = call("replay", str(export), "--level", "premium", *COLUMNS, "--json").json
    rows = {row[0]: row[1:] for row in tables_of(page)["By severity"]}
    for key, said in printed["by_severity"].items():
        outcomes = ("met", "breached", "open", "outside_level", "not_measurable")
        assert rows[f"{key} {said['name']}"][:5] == [str(said[outcome]) for outcome in outcomes]
    assert rows["all"][:2] == [str(printed["total"]["met"]), str(printed["total"]["breached"])]
    assert f"judged by {printed['policy']}, Premium" in page
    assert "5 rows" in page.replace("incidents in ", "")
    assert ["5", "6", page_reason(page)] in tables_of(page)["Rows, or the cases that begin there"]


def page_reason(page: str) -> str:
    return tables_of(page)["Rows, or the cases that begin there"][1][2]


def test_months_without_incidents_stand_between_the_others(call: Caller, export: Path) -> None:
    months = [row[:3] for row in tables_of(page_of(call, export))["By month of opening"][1:]]
    assert months == [["2026-01", "1", "1"], ["2026-02", "0", "0"], ["2026-03", "1", "0"]]


def test_hours_are_those_of_the_policys_zone(call: Caller, export: Path) -> None:
    caption = "By the hour of the week in which it was opened, in America/Chicago"
    assert tables_of(page_of(call, export))[caption][1] == ["Mon 10:00", "2", "1", "1"]


def test_time_to_acknowledge_is_told_in_percentiles(call: Caller, export: Path) -> None:
    took = tables_of(page_of(call, export))["On the wall clock, of those that were acknowledged"]
    assert took[1] == ["2 High", "1 h", "10 h", "10 h"]


def test_it_loads_nothing_and_runs_nothing(call: Caller, export: Path) -> None:
    page = page_of(call, export)
    assert "default-src 'none'" in page
    assert not re.search(r"<script|<link|<iframe|<object|\bsrc=|\bon\w+=|https?://|@import|url\(", page)


def test_every_picture_has_its_table_beside_it(call: Caller, export: Path) -> None:
    page = page_of(call, export)
    named = re.findall(r'<svg role="img" aria-label="([^"]+)"', page)
    assert [each.partition(";")[0] for each in named] == [
        "Outcomes by severity",
        "Met and breached by month",
        "Breached by hour of the week",
    ]
    assert len(tables_of(page)) >= len(named)


@pytest.mark.parametrize("place", ["severity", "time", "name"])
def test_hostile_words_of_an_export_are_words(call: Caller, tmp_path: Path, place: str) -> None:
    path = tmp_path / ("export.csv" if place != "name" else "a<b>&'\".csv")
    cell = json.dumps(HOSTILE).replace('\\"', '""')
    bad = {"severity": f"9,2026-01-05T10:00Z,,{cell}\n", "time": f"9,{cell},,2\n", "name": ""}[place]
    path.write_text(EXPORT + bad)
    page = page_of(call, path)
    assert "<script" not in page
    assert "<img" not in page
    assert "<b>" not in page
    assert ("&lt;script&gt;" in page or "&lt;img" in page) is (place != "name")


def test_a_level_that_promises_nothing_and_an_empty_file_make_a_page_too(call: Caller, export: Path) -> None:
    assert "outside the level" in page_of(call, export, level="break-fix")
    export.write_text("id,opened,acknowledged,priority\n")
    assert "0 rows" in page_of(call, export)


def test_the_file_that_is_read_is_not_written_over(call: Caller, export: Path) -> None:
    answer = call("replay", str(export), "--level", "premium", *COLUMNS, "--html", str(export))
    assert answer.complaint.endswith("is the file that is read; name another")
    assert export.read_text() == EXPORT


def test_what_is_broken_off_leaves_the_page_that_was_there(call: Caller, export: Path) -> None:
    page = export.with_name("report.html")
    page.write_text("before")
    answer = call("replay", str(export), "--level", "premium", *COLUMNS, "--html", str(page), "--out", str(export))
    assert answer.code == 2
    assert page.read_text() == "before"
    assert not list(export.parent.glob(".*.part"))


def test_a_replay_without_a_page_does_not_load_what_makes_one() -> None:
    code = (
        "import sys; from watchkeeper.config.commands import replay; from watchkeeper.config import replay_output; "
        "print([name for name in sys.modules if name.startswith(('django', 'watchkeeper.reports.replay.html'))])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 1280])
def test_it_can_be_read_by_everybody_in_both_themes(call: Caller, export: Path, page, width: int) -> None:
    page_of(call, export)
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(export.with_name("report.html").as_uri())
    assert violations(page) == []
    assert not is_too_wide(page)
