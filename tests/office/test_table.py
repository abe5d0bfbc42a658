"""Files as people have them: read as what they are, or refused with the place and the remedy."""

from __future__ import annotations

import pytest

from watchkeeper.office.importing.problems import Unreadable
from watchkeeper.office.importing.table import Column, read_table

COLUMNS = (Column("name", "", is_needed=True), Column("account_executive", ""), Column("zone", ""))


def rows_of(content: bytes | str, **how: str) -> tuple[list[tuple[int, dict[str, str]]], list[str]]:
    table = read_table(content.encode() if isinstance(content, str) else content, COLUMNS, **how)
    problems: list = []
    rows = [(row.line, row.cells) for row in table.rows(problems)]
    return rows, [str(problem) for problem in problems]


MÜLLER = "name,zone\nMüller & Söhne,Europe/Berlin\n"


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (MÜLLER.encode(), "UTF-8"),
        (b"\xef\xbb\xbf" + MÜLLER.encode(), "UTF-8"),
        (MÜLLER.encode("utf-16"), "UTF-16"),
        (b"\xfe\xff" + MÜLLER.encode("utf-16-be"), "UTF-16"),
        (MÜLLER.encode("utf-16-le"), "UTF-16"),
        (MÜLLER.encode("utf-16-be"), "UTF-16"),
        (MÜLLER.replace("ü", "u\u0308").encode(), "UTF-8"),
    ],
    ids=["UTF-8", "with a mark", "UTF-16", "big-endian", "without a mark", "big-endian without", "decomposed letters"],
)
def test_a_file_in_utf_8_or_utf_16_is_read_by_itself(content, encoding):
    assert rows_of(content) == ([(2, {"name": "Müller & Söhne", "zone": "Europe/Berlin"})], [])
    assert read_table(content, COLUMNS).encoding == encoding


def test_a_file_in_windows_1252_is_refused_with_its_line_and_how_it_would_read():
    with pytest.raises(Unreadable) as refused:
        rows_of(MÜLLER.encode("cp1252"))
    said = str(refused.value.problem)
    assert said.startswith("line 2: holds bytes that are not UTF-8")
    assert "Müller & Söhne" in said
    assert "CSV UTF-8" in said


def test_a_file_in_windows_1252_is_read_by_who_says_so():
    assert rows_of(MÜLLER.encode("cp1252"), encoding="cp1252")[0][0][1]["name"] == "Müller & Söhne"


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_commas_semicolons_and_tabs_are_told_apart_by_the_head(separator):
    text = "name,account_executive,zone\nA,x@y.example,UTC\n".replace(",", separator)
    assert rows_of(text)[0] == [(2, {"name": "A", "account_executive": "x@y.example", "zone": "UTC"})]


def test_a_comma_in_a_cell_does_not_make_the_commas_separate():
    assert rows_of('name;zone\n"Acme, Ltd, Inc, Co";UTC\n')[0] == [(2, {"name": "Acme, Ltd, Inc, Co", "zone": "UTC"})]


def test_the_line_by_which_spreadsheets_name_the_separator_is_taken_for_that():
    assert rows_of("sep=;\r\nname;zone\r\nA;UTC\r\n")[0] == [(3, {"name": "A", "zone": "UTC"})]


def test_a_line_break_in_quotes_belongs_to_its_cell_and_later_rows_keep_their_lines():
    rows, problems = rows_of('name,zone\n"Acme\nLtd",UTC\n\n,,\nB,UTC\n')
    assert rows == [(2, {"name": "Acme\nLtd", "zone": "UTC"}), (6, {"name": "B", "zone": "UTC"})]
    assert problems == []


@pytest.mark.parametrize("given", ["=1+1", "+41 44", "-3", "@SUM(A1)", '=HYPERLINK("http://x")', "007", "1e5"])
def test_what_looks_like_a_formula_or_a_number_stays_text(given):
    quoted = given.replace('"', '""')
    assert rows_of(f'name,zone\n"{quoted}",\n')[0][0][1]["name"] == given


def test_the_head_is_read_in_any_order_and_without_regard_to_case_and_spaces():
    assert rows_of("Zone , ACCOUNT executive,Name\nUTC,x,A\n")[0] == [
        (2, {"zone": "UTC", "account_executive": "x", "name": "A"})
    ]


NO_TABLE = {
    "": "is empty; its first line names the columns: name, account_executive, zone",
    "\n\n  \n": "is empty",
    "nam,zone\n": "line 1: “nam” is no column of this table (did you mean name?); it may have name, account_executive",
    "name,colour\n": "line 1: “colour” is no column of this table; it may have",
    "name,zone,Name\n": "line 1, name: stands in the head twice",
    "zone\nUTC\n": "line 1: lacks the column name",
}


@pytest.mark.parametrize("text", NO_TABLE)
def test_a_file_without_a_head_that_fits_is_refused_in_words(text):
    with pytest.raises(Unreadable) as refused:
        rows_of(text)
    assert NO_TABLE[text] in str(refused.value.problem)


MISFITS = {
    "name,zone\nA\nB,UTC\n": "line 2: has 1 cells, and the head names 2 columns",
    "name,zone\nA,UTC,more\n": "line 2: has 3 cells, and the head names 2 columns",
    'name,zone\n"A"x,UTC\n': "line 2: has a double quote in the middle of a cell",
    'name,zone\nA,UTC\n"B,UTC\nC,UTC\n': "line 3: opens a double quote that is never closed",
    "name,zone\nA\x07,UTC\n": "line 2: holds characters that nobody types",
    "name,zone\nA\x00,UTC\n": "line 2: holds characters that nobody types",
    f'name,zone\n"{"x" * 140_000}",UTC\n': "line 2: holds a cell of more than 131,072 characters",
}


@pytest.mark.parametrize("text", MISFITS, ids=[said[:40] for said in MISFITS.values()])
def test_a_row_that_does_not_fit_is_complained_of_by_its_line(text):
    _rows, problems = rows_of(text)
    assert len(problems) == 1
    assert problems[0].startswith(MISFITS[text])


def test_empty_cells_after_the_last_column_are_nothing():
    assert rows_of("name,zone,,\nA,UTC,,\n")[0] == [(2, {"name": "A", "zone": "UTC"})]


def test_more_rows_than_are_taken_are_said_and_the_rest_is_not_read(monkeypatch):
    monkeypatch.setattr("watchkeeper.office.importing.table.MOST_ROWS", 2)
    rows, problems = rows_of("name\nA\nB\nC\nD\n")
    assert [line for line, _cells in rows] == [2, 3]
    assert problems == ["line 4: is row 3; a file has at most 2 rows"]


def test_a_file_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr("watchkeeper.office.importing.text.LARGEST", 10)
    with pytest.raises(Unreadable, match="split it into several files"):
        rows_of("name\n" + "A" * 10)


def test_a_table_that_is_wrong_throughout_is_not_read_to_its_end(monkeypatch):
    monkeypatch.setattr("watchkeeper.office.importing.table.MOST_PROBLEMS", 2)
    rows, problems = rows_of("name,zone\n" + "A\n" * 10)
    assert (rows, len(problems)) == ([], 3)
    assert problems[-1] == "line 4: is where reading stopped: there are 2 problems before it"
