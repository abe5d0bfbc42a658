"""Every cell of the vendor's page, in each form in which the desk publishes it."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.test import Client
from pypdf import PdfReader

from tests.corpus.test_source_page import Section, source
from tests.reading import words_of
from tests.stage import cast

__all__ = ["cast", "source"]


def for_people() -> str:
    return words_of(Client().get("/support-levels").content)


def for_machines() -> str:
    said = Client().get("/support-levels.json").json()
    rows = [" ".join(row) for level in said["levels"] for row in level["rows"]]
    words = [
        [level["title"], *level["introduction"], level["conditions"], *level["headings"]] for level in said["levels"]
    ]
    return "\n".join([*rows, *(text for texts in words for text in texts)])


def on_paper() -> str:
    pages = PdfReader(BytesIO(Client().get("/support-levels.pdf").content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.mark.parametrize("form", [for_people, for_machines, on_paper])
def test_every_cell_of_the_page_stands_in_each_form(cast, source: list[Section], form) -> None:
    said = form()
    for level in source:
        for words in (level.title, *level.bullets, level.conditions):
            assert words in said, words
        for cells in level.rows:
            assert f"{cells.number}: {cells.name} {cells.definition} {cells.response}" in said
