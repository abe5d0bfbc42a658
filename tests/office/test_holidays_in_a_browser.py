"""A manager takes holidays into the policy in a real Chromium without any script, and sees what they do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.harness.browser import follow
from tests.harness.demo_desk import SignIn
from tests.harness.desk_process import Desk
from tests.office.test_holiday_files import file_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

NARROW = {"width": 320, "height": 700}
CALENDAR = file_of(
    "SUMMARY:Founders' Day|DTSTART;VALUE=DATE:20200106|RRULE:FREQ=YEARLY;BYMONTH=1;BYDAY=1MO",
    "SUMMARY:Early closing|DTSTART:20261224T130000",
)


@pytest.fixture(scope="module")
def desk(demo_desk: Desk) -> Desk:
    """One desk for all tests of this file."""
    return demo_desk


@pytest.fixture
def manager(sign_in: SignIn, chromium: Browser) -> Iterator[Page]:
    """A browser as narrow as they come that runs no script, signed in as the demo's manager."""
    context = chromium.new_context(java_script_enabled=False, viewport=NARROW)
    yield sign_in("manager, team", context.new_page())
    context.close()


def is_too_wide(page: Page) -> bool:
    return page.locator("body").bounding_box()["width"] > NARROW["width"]


@pytest.mark.long
def test_holidays_of_a_file_become_a_version_and_the_months_ahead_show_them_before(desk: Desk, manager: Page) -> None:
    page = manager
    page.goto(f"{desk.url}/desk/policy/holidays")
    assert not is_too_wide(page)
    page.get_by_label("The file").set_input_files({"name": "ours.ics", "mimeType": "text/calendar", "buffer": CALENDAR})
    follow(page.get_by_role("button", name="Look at the days").last)
    assert not is_too_wide(page)
    assert "It begins at 13:00; taken are whole days." in page.inner_text("main")
    ticked = page.get_by_role("checkbox", checked=True)
    days = ticked.count()
    assert days >= 5
    ticked.last.uncheck()
    page.get_by_role("button", name="Accept what is ticked").click()
    page.wait_for_url("**/desk/policy/drafts/*/")
    assert f"{days - 1} holidays are in the draft" in page.inner_text("main")
    assert page.get_by_label("Text", exact=True).input_value().count("# Founders' Day") == days - 1

    follow(page.get_by_role("link", name="Months ahead"))
    assert not is_too_wide(page)
    assert "Founders' Day" in page.inner_text("main")
    assert "standard: closed" in page.inner_text("main")
    page.locator(".rehearsal-month a[title=holiday]").first.click()
    assert "#day-" in page.url
    page.go_back()
    page.go_back()
    page.get_by_role("link", name="Effect").click()
    page.get_by_role("button", name="Replay it").click()
    page.get_by_role("link", name="Publish", exact=True).click()
    page.get_by_role("radio", name="At once").check()
    page.get_by_role("button", name="Publish the version").click()
    page.get_by_text("Version 2 is published").wait_for()
    page.goto(f"{desk.url}/support-levels.json")
    assert '"version": 2' in page.inner_text("body")
