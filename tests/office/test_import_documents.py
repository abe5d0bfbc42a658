"""The document of the tables names every column there is, and no other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from watchkeeper.office.importing.kinds import KINDS

DOCUMENT = (Path(__file__).parents[2] / "docs" / "reference" / "import.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", KINDS)
def test_the_columns_of_a_table_are_those_that_its_document_lists(kind):
    (chapter,) = re.findall(rf"^## {kind.capitalize()}\n(.*?)(?=^## |\Z)", DOCUMENT, re.MULTILINE | re.DOTALL)
    firsts = re.findall(r"^\| (`.*?) \|", chapter, re.MULTILINE)
    listed = {name for first in firsts for name in re.findall(r"`(\w+)`", first)}
    assert listed == {column.name for column in KINDS[kind].columns}
