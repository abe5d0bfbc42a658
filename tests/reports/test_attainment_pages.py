"""Every figure opens as many commitments as it says, on both sides; what is taken away says the same."""

from __future__ import annotations

import csv
import html
import io
import re
from datetime import timedelta

import pytest

from tests.pages.things import person, serve_elsewhere
from tests.reading import words_of
from tests.stage import browser_of, cast, look_again, report
from watchkeeper.incidents import verbs
from watchkeeper.people.wall import stand_for_the_desk
from watchkeeper.reports.attainment.files import as_csv, as_xlsx

__all__ = ["browser_of", "cast", "look_again", "report"]

FIGURE = re.compile(r'<a href="([^"]*/attainment/incidents[^"]*)">(\d+)</a>')
PARTS = ("speed", "months", "hours", "components")


@pytest.fixture
def a_bit_of_all(cast, report, clock, look_again):
    met = report(cast.petra, 1, component="gateway")
    verbs.acknowledge(met, by=cast.ana)
    for _ in range(3):
        late = report(cast.petra, 1, component="billing & more")
        clock.set(late.due_at + timedelta(hours=1))
        look_again(late)
    excluded = report(cast.petra, 2)
    verbs.exclude(excluded, by=cast.mia, metric="acknowledgement", nth=1, reason="a drill & more")
    verbs.withdraw(report(cast.petra, 2), by=cast.petra, reason="It was us.")
    report(cast.petra, 2)
    report(cast.basil, 3)
    report(cast.clara, 1)
    return met


def figures_on(page: bytes) -> list[tuple[str, int]]:
    return [(html.unescape(href), int(count)) for href, count in FIGURE.findall(page.decode())]


@pytest.mark.parametrize(("who", "start"), [("petra", "/attainment"), ("mia", "/desk/attainment")])
def test_every_figure_opens_so_many_commitments(cast, a_bit_of_all, browser_of, who, start):
    browser = browser_of(getattr(cast, who))
    parts = PARTS if who == "petra" else ("accounts", *PARTS)
    pages = [start, *(f"{start}/parts/{part}" for part in parts)]
    for page in pages:
        figures = figures_on(browser.get(page).content)
        assert figures or page.endswith("speed"), page
        for href, count in figures:
            behind = browser.get(href).content
            assert f"{count} promise" in words_of(behind), (page, href)
            assert behind.count(b'class="row-link"') == count, (page, href)


def test_the_parts_are_fetched_into_the_page_and_stand_by_themselves_without_script(cast, a_bit_of_all, browser_of):
    browser = browser_of(cast.petra)
    page = browser.get("/attainment").content.decode()
    for part in PARTS:
        assert f'hx-get="/attainment/parts/{part}?"' in page
        fragment = browser.get(f"/attainment/parts/{part}", headers={"HX-Request": "true"}).content
        assert b"<html" not in fragment
        whole = browser.get(f"/attainment/parts/{part}").content
        assert b"<html" in whole
        assert words_of(fragment) in words_of(whole)


def test_a_customer_reads_nothing_of_another_account(cast, a_bit_of_all, browser_of, report):
    stand_for_the_desk()
    report(cast.clara, 1, title="CANARY of Contracted", component="CANARY component")
    browser = browser_of(cast.petra)
    for account in ("", "?account=contracted", "?period=all"):
        for path in (
            "",
            "/incidents",
            *(f"/parts/{part}" for part in PARTS),
            "/files/figures.csv",
            "/files/commitments.csv",
        ):
            answer = browser.get(f"/attainment{path}{account}")
            content = b"".join(answer.streaming_content) if answer.streaming else answer.content
            assert answer.status_code == 200
            assert b"CANARY" not in content
            assert b"Contracted" not in content
    assert "3 breached" in words_of(browser.get("/attainment?account=contracted").content)


def test_who_serves_an_account_reads_its_figures_and_no_other(cast, a_bit_of_all, browser_of):
    stand_for_the_desk()
    serve_elsewhere(cast.basic)
    elias = type(cast.ana).objects.get(name="Elias")
    assert "1 outside the level" in words_of(browser_of(elias).get("/desk/attainment").content)
    assert "outside the level." not in words_of(browser_of(cast.ana).get("/desk/attainment").content)
    assert "1 outside the level" in words_of(browser_of(cast.mia).get("/desk/attainment").content)
    assert "Basic" not in words_of(browser_of(cast.axel).get("/desk/attainment/parts/accounts").content)
    stand_for_the_desk()
    assert browser_of(person("Adam", "administrator")).get("/desk/attainment").status_code == 404


def test_the_team_reads_why_something_is_left_out_and_the_customer_that_it_is(cast, a_bit_of_all, browser_of):
    assert "Left out: a drill & more" in words_of(browser_of(cast.mia).get("/desk/attainment").content)
    theirs = words_of(browser_of(cast.petra).get("/attainment").content)
    assert "Left out: left out by the team" in theirs
    assert "a drill" not in theirs


def test_the_files_say_what_the_page_says(cast, a_bit_of_all, browser_of):
    browser = browser_of(cast.mia)
    figures = list(
        csv.DictReader(io.StringIO(_file(browser, "/desk/attainment/files/figures.csv").decode("utf-8-sig")))
    )
    assert sum(int(row["Breached"]) for row in figures) == 3
    assert {row["Account"] for row in figures} == {"Premier", "Basic", "Contracted"}
    promises = list(
        csv.DictReader(io.StringIO(_file(browser, "/desk/attainment/files/commitments.csv").decode("utf-8-sig")))
    )
    assert len(promises) == sum(int(row["Made"]) + int(row["Outside the level"]) for row in figures) == 9
    assert [row["Came out"] for row in promises].count("Breached") == 3
    assert _sheet(_file(browser, "/desk/attainment/files/commitments.xlsx"))[1][0] == promises[0]["Incident"]
    assert len(_sheet(_file(browser, "/desk/attainment/files/figures.xlsx"))) == len(figures) + 1


@pytest.mark.parametrize("beginning", ["=", "+", "-", "@", "\t", "\r"])
def test_a_text_that_looks_like_a_formula_is_none(cast, report, browser_of, beginning):
    text = f"{beginning}cmd|' /C calc'!A0"
    (row,) = csv.reader(io.StringIO(as_csv([[text, -1, 2.5]]).decode("utf-8-sig"), newline=""))
    assert row == [f"'{text}", "-1", "2.5"]
    (cells,) = _cells(as_xlsx([[text]]))
    assert cells[0].data_type == "s"
    assert cells[0].value.endswith("cmd|' /C calc'!A0")
    report(cast.petra, 1, title=text, component=text)
    for name in ("commitments.csv", "figures.csv"):
        for line in csv.reader(
            io.StringIO(_file(browser_of(cast.petra), f"/attainment/files/{name}").decode("utf-8-sig"), newline="")
        ):
            assert not [cell for cell in line if cell.startswith(("=", "+", "@", "\t", "\r"))]


def _file(browser, path: str) -> bytes:
    return b"".join(browser.get(path).streaming_content)


def _cells(content: bytes):
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content))
    return list(book.active.iter_rows())


def _sheet(content: bytes) -> list[list[object]]:
    return [[cell.value for cell in row] for row in _cells(content)]
