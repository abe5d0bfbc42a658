"""A manager changes the policy in a real Chromium. Who was promised something before keeps it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.harness.browser import follow
from tests.harness.demo_desk import SignIn
from tests.harness.desk_process import Desk

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

OLD = '2: {within: 4h, goal: 15m, published_as: "Within minutes up to 4 hours, before escalation."}'
NEW = OLD.replace("4h", "2h").replace("4 hours", "2 hours")


@pytest.fixture(scope="module")
def desk(demo_desk: Desk) -> Desk:
    """One desk for all tests of this file."""
    return demo_desk


@pytest.fixture
def manager(desk: Desk, sign_in: SignIn) -> Page:
    """A browser at the queue, signed in as the demo's manager."""
    page = sign_in("manager, team")
    page.goto(f"{desk.url}/desk/")
    return page


def reported_for_a_premium_customer(page: Page, desk: Desk, title: str) -> str:
    """Report a High incident, and stand on its page; its reference."""
    page.goto(f"{desk.url}/desk/report?account=corvina")
    page.get_by_role("radio", name="Severity 2 High").check()
    page.get_by_label("What is wrong, in one line?").fill(title)
    page.get_by_role("button", name="Report it").click()
    page.wait_for_url("**/desk/incidents/WK-*")
    return page.url.rpartition("/")[2]


def begin_a_draft(page: Page, note: str) -> str:
    """Begin a draft from the version in force, and stand on its page; its text."""
    page.get_by_role("link", name="Policy", exact=True).click()
    page.get_by_label("What is it for?").fill(note)
    page.get_by_role("button", name="Begin the draft").click()
    page.wait_for_url("**/desk/policy/drafts/*/")
    return text_of(page)


def text_of(page: Page) -> str:
    return page.get_by_label("Text", exact=True).input_value()


def write(page: Page, text: str) -> None:
    page.get_by_label("Text", exact=True).fill(text)


def terms_of(page: Page, desk: Desk, reference: str) -> str:
    page.goto(f"{desk.url}/desk/incidents/{reference}")
    return page.inner_text("body")


def test_a_manager_makes_premium_faster_and_sees_before_what_that_means(desk: Desk, manager: Page) -> None:
    page = manager
    answered = reported_for_a_premium_customer(page, desk, "Answered after three hours")
    desk.clock.advance(timedelta(hours=3))
    page.reload()
    page.get_by_role("button", name="Acknowledge").click()
    page.get_by_text("You acknowledged").wait_for()
    before = reported_for_a_premium_customer(page, desk, "Reported under the old promise")

    text = begin_a_draft(page, "A faster Premium")
    assert OLD in text
    write(page, text.replace(OLD, NEW.replace("2h", "2 hrz")))
    line = next(n for n, each in enumerate(text.splitlines(), start=1) if OLD in each)
    page.get_by_role("link", name=f"Line {line}").click()
    selected = "(t => t.value.slice(t.selectionStart, t.selectionEnd))(document.querySelector('textarea[name=text]'))"
    assert "2 hrz" in page.evaluate(selected)
    write(page, text.replace(OLD, NEW))
    page.locator("#check").get_by_text("Premium, High: acknowledgement", exact=True).wait_for()
    assert re.search(r"Premium, High: acknowledgement\s+4 h\s+→\s+(becomes\s+)?2 h", page.inner_text("#check"))
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("Saved as revision 2.").wait_for()

    page.get_by_role("link", name="Published page").click()
    page.get_by_text("Within minutes up to 2 hours, before escalation.").first.wait_for()
    page.get_by_role("link", name="Effect").click()
    page.get_by_role("button", name="Replay it").click()
    changed = page.get_by_role("row").filter(has_text=answered)
    assert re.search(r"Acknowledgement: met\s+→\s+(would be\s+)?breached", changed.inner_text())

    follow(page.get_by_role("link", name="Publish", exact=True))
    assert "Premium, High: acknowledgement" in page.inner_text("main")
    page.get_by_label("at once").check()
    page.get_by_role("button", name="Publish the version").click()
    page.get_by_text("Version 2 is published").wait_for()

    after = reported_for_a_premium_customer(page, desk, "Reported under the new promise")
    assert "Within minutes up to 2 hours" in terms_of(page, desk, after)
    assert "Within minutes up to 4 hours" in terms_of(page, desk, before)

    page.goto(f"{desk.url}/desk/policy/versions/2/")
    page.get_by_role("link", name="See which would move").click()
    moved = page.get_by_role("row").filter(has_text=before)
    assert moved.get_by_role("checkbox").is_checked()
    page.get_by_role("button", name="Apply to those chosen").click()
    page.get_by_text(re.compile(f"Applied to .*{before}")).wait_for()
    assert "Within minutes up to 2 hours" in terms_of(page, desk, before)


@pytest.mark.long
def test_lines_are_numbered_as_they_are_typed_and_what_is_typed_is_not_left_by_mistake(
    desk: Desk, manager: Page
) -> None:
    page = manager
    count = begin_a_draft(page, "Many lines").count("\n") + 1
    page.get_by_label("Text", exact=True).press("Control+End")
    page.keyboard.type("\n# one\n# two")
    assert page.locator(".editor-lines span").count() == count + 2
    page.on("dialog", lambda dialog: dialog.dismiss())
    page.get_by_role("link", name="Effect").click()
    assert text_of(page).endswith("# two")


@pytest.mark.long
def test_without_javascript_a_draft_is_written_checked_and_published(desk: Desk, manager: Page, chromium) -> None:
    context = chromium.new_context(java_script_enabled=False, storage_state=manager.context.storage_state())
    page = context.new_page()
    page.goto(f"{desk.url}/desk/")
    text = begin_a_draft(page, "By hand")
    write(page, text.replace("answer: 2h", "answer: 2 hrz"))
    page.get_by_role("button", name="Save", exact=True).click()
    line = next(n for n, each in enumerate(text.splitlines(), start=1) if "answer: 2h" in each)
    page.get_by_role("link", name=f"Line {line}").click()
    assert page.url.endswith(f"#line-{line}")
    write(page, text.replace("answer: 2h", "answer: 3h"))
    follow(page.get_by_role("button", name="Save", exact=True))
    assert "answered within 3 h" in page.inner_text("#check")
    page.get_by_role("link", name="Effect").click()
    page.get_by_role("button", name="Replay it").click()
    page.get_by_role("link", name="Publish", exact=True).click()
    follow(page.get_by_role("button", name="Publish the version"))
    assert "is published, in force from" in page.inner_text("main")
    page.get_by_label("Reason").fill("Only to see")
    follow(page.get_by_role("button", name="Withdraw it"))
    assert "will not come into force" in page.inner_text("main")
    context.close()
