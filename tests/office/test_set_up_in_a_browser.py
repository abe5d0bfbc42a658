"""The whole walk in a real Chromium: from an empty folder to a manager at an open desk with a policy in force."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.harness.axe import violations
from tests.harness.browser import follow
from tests.harness.desk_process import Desk, environment
from tests.harness.smtp_receiver import SmtpReceiver
from watchkeeper.policies import shipped

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def empty(tmp_path: Path, smtp_receiver: SmtpReceiver) -> Iterator[Desk]:
    """A desk from nothing, as `watchkeeper serve` opens it."""
    desk = Desk(tmp_path, environment(tmp_path, WATCHKEEPER_SMTP_URL=smtp_receiver.url))
    desk.start()
    yield desk
    desk.stop()


def go_on(page: Page, to: str) -> None:
    page.get_by_text("Go on", exact=True).click()
    page.wait_for_url(f"**/set-up/{to}")
    assert violations(page) == []


@pytest.mark.long
def test_a_vendor_sets_up_a_desk_from_nothing(empty: Desk, page: Page, smtp_receiver: SmtpReceiver) -> None:
    page.goto(f"{empty.url}/support-levels")
    assert "This desk is being set up" in page.inner_text("body")
    (printed,) = re.findall(r"works once:\n  (\S+)", empty.log)
    another = empty.run("setup-link").stdout.strip()
    assert page.goto(printed).status == 404
    page.goto(another)
    assert violations(page) == []
    page.get_by_role("button", name="Begin").click()

    page.wait_for_url("**/set-up/address")
    assert violations(page) == []
    assert empty.url in page.inner_text("main")
    go_on(page, "manager")
    page.get_by_label("Your name").fill("Mia Berg")
    page.get_by_label("Your e-mail").fill("mia@acme.example")
    page.get_by_label("Password").fill("short")
    follow(page.get_by_role("button", name="Go on"))
    assert "too short" in page.inner_text("main")
    page.get_by_label("Password").fill("an open gate at dawn")
    go_on(page, "mail")
    page.get_by_role("button", name="Send it").click()
    page.get_by_text("took the mail for mia@acme.example").wait_for()
    smtp_receiver.wait_until(lambda receiver: bool(receiver.to("mia@acme.example")))
    go_on(page, "policy")
    assert page.get_by_label("Who is told of a breach?").input_value() == "mia@acme.example"
    page.get_by_label("Your company").fill("Acme")
    page.get_by_role("button", name="Back").click()
    page.wait_for_url("**/set-up/mail")
    go_on(page, "policy")
    assert page.get_by_label("Your company").input_value() == "Acme"
    page.get_by_label("An example" if shipped.examples() else "The page that comes").check()
    if shipped.examples():
        page.get_by_label("Which example?").select_option(next(iter(shipped.examples())))
    page.get_by_role("button", name="Look at it").click()
    page.wait_for_url("**/set-up/look")
    assert violations(page) == []
    assert page.get_by_role("table").count() > 0
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.get_by_role("button", name="Open the desk").click()

    page.wait_for_url("**/set-up/done")
    page.get_by_role("link", name="Go to the queue").click()
    page.wait_for_url("**/desk/")
    assert "Mia Berg" in (page.text_content("header.sidebar") or "")
    page.goto(f"{empty.url}/support-levels")
    assert "Acme" in page.inner_text("main")
    assert page.goto(another).status == 404
    with empty.database() as owner:
        assert owner.execute("select count(*) from policies_policyversion").fetchone() == (1,)
