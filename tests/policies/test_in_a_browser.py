"""The published page printed by a real Chromium, and read on the smallest phone."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING
from unicodedata import normalize

import pytest
from pypdf import PdfReader

from tests.harness.browser import follow
from tests.harness.desk_process import Desk
from watchkeeper.config.policy_source import policy_named
from watchkeeper.core import published

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

SMALLEST = {"width": 320, "height": 640}


@pytest.fixture(scope="module")
def desk(demo_desk: Desk) -> Desk:
    """A desk that has published the shipped policy."""
    return demo_desk


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_printed_the_page_is_two_sheets_with_every_cell_and_nothing_to_press(desk: Desk, page: Page, paper: str):
    page.goto(f"{desk.url}/support-levels")
    sheets = PdfReader(BytesIO(page.pdf(format=paper))).pages
    said = normalize("NFKC", " ".join(" ".join(sheet.extract_text() for sheet in sheets).split()))
    assert len(sheets) == 2
    for level in published.page(policy_named(None)).levels:
        for row in level.rows:
            assert f"{row.severity} {row.definition} {row.cells[0].text}" in said
    assert "Version 1, in force" in said
    assert not [word for word in ("Sign in", "JSON", "Break-Fix Advanced Premium", "Kept by") if word in said]


def test_on_the_smallest_phone_nothing_sticks_out_and_both_forms_can_be_had(desk: Desk, page: Page):
    page.set_viewport_size(SMALLEST)
    page.goto(f"{desk.url}/support-levels")
    assert page.evaluate("document.documentElement.scrollWidth") <= SMALLEST["width"]
    with page.expect_download() as download:
        page.get_by_role("link", name="PDF").click()
    assert download.value.suggested_filename == "support-levels-version-1.pdf"
    assert download.value.path().read_bytes().startswith(b"%PDF-")
    follow(page.get_by_role("link", name="JSON"))
    assert '"title": "Production Support Level Details"' in page.inner_text("body")
