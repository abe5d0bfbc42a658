from __future__ import annotations

from pathlib import Path

import pytest

from watchkeeper.reports.replay import Record, UnreadableTable, open_table


@pytest.fixture
def export(tmp_path: Path) -> Path:
    return tmp_path / "export.csv"


def records(export: Path, content: bytes | str, *columns: str) -> list[Record]:
    export.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(open_table(export, columns).records())


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_the_one_under_which_the_columns_are_found(export: Path, delimiter: str) -> None:
    content = f"id{delimiter}opened at\n1{delimiter}now\n"
    assert [record.cells for record in records(export, content, "opened at")] == [["1", "now"]]


def test_commas_inside_names_do_not_mislead(export: Path) -> None:
    content = "id;opened, by phone;c,d,e\n1;2;3\n"
    assert records(export, content, "opened, by phone")[0].cells == ["1", "2", "3"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le-with-mark", "utf-16-be-with-mark"])
def test_byte_order_marks_are_no_part_of_the_first_name(export: Path, encoding: str) -> None:
    text = "id,naïve\n1,é\n"
    content = {
        "utf-16-le-with-mark": b"\xff\xfe" + text.encode("utf-16-le"),
        "utf-16-be-with-mark": b"\xfe\xff" + text.encode("utf-16-be"),
    }.get(encoding) or text.encode(encoding)
    assert records(export, content, "id", "naïve")[0].cells == ["1", "é"]


def test_what_is_not_utf_8_anywhere_is_read_as_windows_1252(export: Path) -> None:
    content = b"id,name\n" + b"1," + b"x" * 1_500_000 + b"\n" + "2,Zoë\n".encode("cp1252")
    export.write_bytes(content)
    table = open_table(export, ["id"])
    assert table.encoding == "cp1252"
    *_, last = table.records()
    assert last.cells == ["2", "Zoë"]


def test_rows_are_numbered_from_one_and_say_the_line_they_end_on(export: Path) -> None:
    found = records(export, 'id,note\n1,"two\nlines"\n\n2,one\n', "id")
    assert [(record.row, record.line, record.cells[0]) for record in found] == [(1, 3, "1"), (2, 5, "2")]


def test_a_row_that_does_not_fit_its_header_says_so(export: Path) -> None:
    found = records(export, "a,b,c\n1,2\n1,2,3,4\n1,2,3\n", "a")
    assert [record.fault for record in found] == ["has 2 cells under 3 columns", "has 4 cells under 3 columns", ""]


def test_empty_cells_too_many_are_dropped(export: Path) -> None:
    (record,) = records(export, "a,b\n1,2,, \n", "a")
    assert (record.cells, record.fault) == (["1", "2"], "")


def test_nul_bytes_and_a_quote_that_is_never_closed_do_not_end_the_reading(export: Path) -> None:
    found = records(export, b'a,b\n1,\x00\n2,"never closed\n3,x\n', "a")
    assert [record.cells[0] for record in found] == ["1", "2"]


def test_a_cell_beyond_all_measure_spoils_its_row_only(export: Path) -> None:
    found = records(export, "a,b\n1," + "x" * 11_000_000 + "\n2,y\n", "a")
    assert "field larger than field limit" in found[0].fault
    assert found[-1].cells == ["2", "y"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "is empty; its first row must name the columns"),
        ("\n\n", "is empty"),
        ("id,closed\n", 'has no column "opened"; it has id, closed'),
        ("opened,opened\n", 'has 2 columns called "opened"; name one of its own'),
        (",".join(f"c{n}" for n in range(60)), "c39 and 20 more"),
    ],
)
def test_a_table_without_the_columns_asked_for_says_what_it_has(export: Path, content: str, said: str) -> None:
    with pytest.raises(UnreadableTable) as raised:
        records(export, content, "opened")
    assert said in str(raised.value)


def test_progress_is_told_in_bytes_that_only_grow(export: Path) -> None:
    export.write_text("a,b\n" + "1,2\n" * 10_000)
    told: list[int] = []
    assert sum(1 for _ in open_table(export, ["a"]).records(told.append)) == 10_000
    assert told == sorted(told)
    assert 0 < told[0] <= told[-1] <= export.stat().st_size
