"""A log is brought in at a running desk; its manager asks what Premium would have given that account, and so does the
customer, who sees nobody else's figures."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.harness.axe import violations
from tests.harness.browser import follow
from tests.harness.desk_process import Desk
from tests.harness.fit import is_too_wide

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.long]

INCIDENTS = 1_100
CANARY = "Nightingale"
PASSWORD = "an open gate at dawn"
DAYS = 60


@pytest.fixture(scope="module")
def desk(demo_desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The demo, with more incidents of the Break-Fix account than one part of an answer takes, half of them outside its
    level, and with a word at another account that is none of its business."""
    path = tmp_path_factory.mktemp("log") / "old-desk.csv"
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("id", "opened", "taken", "done", "priority", "title"))
        writer.writerows(_log())
    columns = ("--id", "id", "--opened", "opened", "--acknowledged", "taken", "--resolved", "done")
    said = demo_desk.run(
        *("import", str(path), "--account", "halden", *columns, "--severity", "priority", "--title", "title")
    )
    assert f"{INCIDENTS:,} are new incidents of Halden Freight" in said.stdout
    people = json.loads((demo_desk.var / "demo-sign-ins.json").read_text())
    other = next(person["email"] for person in people if person["who"] == "customer, Premium")
    demo_desk.run("report", "--as", other, "--title", f"{CANARY} is down", "--severity", "2")
    berta = ("berta@halden.example", "--name", "Berta Ruud", "--role", "customer_manager", "--account", "halden")
    demo_desk.run("user", "add", *berta, "--password-stdin", input=f"{PASSWORD}\n")
    return demo_desk


def _log() -> list[tuple[object, ...]]:
    first = datetime.now(UTC) - timedelta(days=DAYS)
    opened = [first + timedelta(hours=number) for number in range(INCIDENTS)]
    hours = timedelta(hours=1)
    return [
        (number, at, at + 5 * hours, at + 9 * hours, 2 + number % 2, f"Ticket {number}")
        for number, at in enumerate(opened)
    ]


def asked(page: Page, terms: str) -> None:
    """Ask about the time before the demo began, and wait until all is counted: the page goes on by itself."""
    page.get_by_label("What if it had been").select_option(label=terms)
    page.get_by_label("Received from").fill(f"{datetime.now(UTC) - timedelta(days=DAYS + 1):%Y-%m-%d}")
    follow(page.get_by_role("button", name="Count it"))
    page.get_by_role("link", name="All of it as CSV").wait_for()


def figures(page: Page) -> list[int]:
    """Incidents compared, promises where there was none, breaches that go and that come."""
    return [int(each.inner_text()) for each in page.locator(".what-if-figures strong").all()]


def test_a_manager_asks_and_opens_an_incident_behind_the_answer(desk: Desk, sign_in) -> None:
    page = sign_in("manager, team East")
    page.get_by_role("link", name="What if").click()
    page.get_by_label("Account").select_option(label="Halden Freight")
    asked(page, "Premium")
    page.get_by_role("heading", name="What if: Premium").wait_for()
    incidents, newly, go, come = figures(page)
    assert incidents >= INCIDENTS
    assert newly >= INCIDENTS / 2
    assert go == 0
    assert come >= INCIDENTS / 2, "five hours are late for a High at Premium"
    with page.expect_download() as download:
        page.get_by_role("link", name="All of it as CSV").click()
    assert Path(download.value.path()).read_text().count("\n") > INCIDENTS
    follow(page.locator("#what-if-result td.title a").first)
    page.get_by_text("Imported", exact=True).first.wait_for()
    assert "/desk/incidents/WK-" in page.url


def test_a_break_fix_customer_sees_what_premium_would_be_and_nobody_elses_words(desk: Desk, page: Page) -> None:
    page.goto(f"{desk.url}/sign-in")
    page.get_by_label("E-mail").fill("berta@halden.example")
    page.get_by_label("Password").fill(PASSWORD)
    follow(page.get_by_role("button", name="Sign in"))
    follow(page.get_by_role("link", name="What if"))
    asked(page, "Premium")
    assert figures(page)[1] >= INCIDENTS / 2
    said = page.content()
    with page.expect_download() as download:
        page.get_by_role("link", name="All of it as CSV").click()
    for words in (said, Path(download.value.path()).read_text()):
        assert CANARY not in words
        assert "Corvina" not in words
    assert page.request.get(f"{desk.url}/desk/what-if").status == 404


def test_the_answer_can_be_read_by_everybody(desk: Desk, sign_in) -> None:
    page = sign_in("manager, team East")
    page.goto(f"{desk.url}/desk/what-if")
    asked(page, "Premium")
    assert violations(page) == []
    page.set_viewport_size({"width": 320, "height": 900})
    assert not is_too_wide(page)
