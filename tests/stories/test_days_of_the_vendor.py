"""A day of a manager, one of an account executive and one of a customer with a telephone, in a real Chromium on one
running desk.

It is a Monday, a Tuesday and a Wednesday of March 2026 in Chicago, and the database's clock is moved by hand.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.harness.browser import follow
from tests.harness.desk_process import Desk, environment
from tests.harness.fit import is_too_wide
from tests.stage import chicago
from tests.stories.conftest import Visit
from tests.stories.settling import move_clock

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.story, pytest.mark.browser, pytest.mark.long]

MIA, AXEL, PETRA = "mia@vendor.example", "axel@vendor.example", "petra@premier.example"
WITHIN = '2: {within: 4h, goal: 15m, published_as: "Within minutes up to 4 hours, before escalation."}'
FASTER = '2: {within: 3h, goal: 15m, published_as: "Within minutes up to 3 hours, before escalation."}'


@pytest.fixture(scope="module")
def desk(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One desk with the cast for both days. Basic has no account executive; its mail goes nowhere."""
    folder = tmp_path_factory.mktemp("desk")
    subprocess.run(["cp", "-a", installed, folder / "var"], check=True)
    started = Desk(folder, environment(folder))
    started.start()
    with started.database() as owner:
        owner.execute("update people_account set account_executive_id = null where slug = 'basic'")
    yield started
    started.stop()


def test_a_manager_reassigns_excludes_lays_an_sla_over_an_agreement_and_publishes_a_version(
    desk: Desk, visit: Visit
) -> None:
    move_clock(desk, chicago("2026-03-02 10:00"))
    mia = visit(MIA)
    reference = report_for(mia, desk, "premier", "The drill of the fire brigade")
    for name in ("Ana", "Bo"):
        dispatch(mia, to=name)
    move_clock(desk, chicago("2026-03-02 12:00:01"))

    follow(mia.get_by_role("link", name="Queue"))
    row = mia.get_by_role("row").filter(has_text=reference)
    assert "Breached" in row.inner_text()
    assert "Bo" in row.inner_text()
    follow(row.get_by_role("link", name="The drill of the fire brigade"))
    mia.get_by_text("More", exact=True).click()
    mia.get_by_role("link", name="Leave out of attainment").click()
    mia.get_by_role("dialog").get_by_label("Reason").fill("A drill, announced to us too late.")
    follow(mia.get_by_role("dialog").get_by_role("button", name="Leave it out"))
    assert "A drill, announced to us too late." in mia.locator("section.promised").inner_text()

    follow(mia.get_by_role("link", name="Accounts", exact=True))
    follow(mia.get_by_role("link", name="Advance", exact=True))
    follow(mia.get_by_role("link", name="Advanced for everything"))
    follow(mia.get_by_role("link", name="Lay an SLA over it"))
    mia.locator("#id_sla").fill("Advance 2026")
    mia.get_by_label("Critical, Acknowledgement: within").fill("45m")
    mia.locator("#checked").get_by_text("Within 45 min").first.wait_for()
    follow(mia.get_by_role("button", name="Keep the SLA"))
    assert "Within 45 min" in mia.inner_text("main")

    follow(mia.get_by_role("link", name="Policy", exact=True))
    mia.get_by_label("What is it for?").fill("A faster High at Premium")
    follow(mia.get_by_role("button", name="Begin the draft"))
    text = mia.get_by_label("Text", exact=True)
    text.fill(text.input_value().replace(WITHIN, FASTER))
    mia.locator("#check").get_by_text("Premium, High: acknowledgement", exact=True).wait_for()
    follow(mia.get_by_role("button", name="Save", exact=True))
    follow(mia.get_by_role("link", name="Effect", exact=True))
    mia.get_by_role("button", name="Replay it").click()
    mia.get_by_role("button", name="Replay it again").wait_for()
    follow(mia.get_by_role("link", name="Publish", exact=True))
    mia.get_by_label("at once").check()
    follow(mia.get_by_role("button", name="Publish the version"))
    assert "Version 2 is published" in mia.inner_text("main")
    mia.goto(f"{desk.url}/support-levels")
    assert "Within minutes up to 3 hours, before escalation." in mia.inner_text("main")


def test_an_account_executive_sees_own_accounts_alone_and_answers_an_escalation_by_its_own_clock(
    desk: Desk, visit: Visit
) -> None:
    move_clock(desk, chicago("2026-03-03 10:00"))
    petra, axel = visit(PETRA), visit(AXEL)
    reference = report(petra, desk, "All tenants are locked out")
    move_clock(desk, chicago("2026-03-03 12:00:01"))
    petra.reload()
    petra.locator("#escalating textarea").fill("We lose orders.")
    petra.get_by_role("button", name="Escalate").click()
    petra.locator("[data-escalating=escalated]").wait_for()

    follow(axel.get_by_role("link", name="Accounts", exact=True))
    accounts = axel.inner_text("main")
    assert "Premier" in accounts
    assert "Basic" not in accounts
    assert axel.request.get(f"{desk.url}/desk/accounts/basic").status == 404

    follow(axel.get_by_role("link", name="Escalations"))
    row = axel.get_by_role("row").filter(has_text=reference)
    due_at = row.locator(".time-left-due time").first.get_attribute("datetime")
    assert due_at == "2026-03-03T20:00:01.000Z"  # two hours after it was escalated
    follow(row.get_by_role("link", name="All tenants are locked out"))
    axel.get_by_role("link", name="Answer the escalation").click()
    axel.get_by_role("dialog").get_by_label("Answer to the customer").fill("I have called the team together.")
    follow(axel.get_by_role("dialog").get_by_role("button", name="Send the answer"))
    answered = axel.locator("section.promised", has_text="Answer to the escalation")
    assert answered.locator(".badge").first.inner_text().lower() == "met"
    petra.reload()
    petra.locator("[data-escalating=answered]").wait_for()
    assert "I have called the team together." in petra.locator("#conversation").inner_text()


def test_a_customer_reports_follows_escalates_answers_confirms_and_rates_on_a_telephone(
    desk: Desk, visit: Visit
) -> None:
    move_clock(desk, chicago("2026-03-04 10:00"))
    phone, mia = visit(PETRA), visit(MIA)
    phone.set_viewport_size({"width": 320, "height": 640})
    reference = report(phone, desk, "The gateway is away")
    assert not is_too_wide(phone)
    ring = phone.locator("#standing .time-left").first
    assert "2 h left" in ring.inner_text() or "1 h 59 min left" in ring.inner_text()
    assert ring.bounding_box()["y"] < phone.locator("#conversation").bounding_box()["y"], "the time left comes first"

    move_clock(desk, chicago("2026-03-04 12:00:01"))
    phone.reload()
    phone.locator("#escalating textarea").fill("Nobody answers.")
    phone.get_by_role("button", name="Escalate").click()
    phone.locator("[data-escalating=escalated]").wait_for()
    phone.get_by_label("Your message").fill("It began at nine.")
    follow(phone.get_by_role("button", name="Send", exact=True))

    mia.goto(f"{desk.url}/desk/incidents/{reference}")
    mia.get_by_role("radio", name="Resolve").check()
    mia.get_by_label("Text", exact=True).fill("The route is back.")
    follow(mia.get_by_role("button", name="Resolve it"))

    phone.reload()
    assert "The route is back." in phone.locator("#conversation").inner_text()
    assert not is_too_wide(phone)
    follow(phone.get_by_role("button", name="Yes, it is solved"))
    phone.get_by_role("radio").nth(0).check()
    follow(phone.get_by_role("button", name="Answer", exact=True))
    assert "You answered" in phone.locator("#how-it-was").inner_text()
    assert not is_too_wide(phone)
    follow(phone.get_by_role("link", name="Incidents", exact=True))
    phone.get_by_role("link", name="Closed").click()
    phone.locator("#listed").get_by_text("The gateway is away").wait_for()
    assert not is_too_wide(phone)


def report_for(page: Page, desk: Desk, account: str, title: str) -> str:
    """Report something critical for a customer, and stand on its page; its reference."""
    page.goto(f"{desk.url}/desk/report?account={account}")
    page.get_by_role("radio", name="Severity 1 Critical").check()
    page.get_by_label("What is wrong, in one line?").fill(title)
    follow(page.get_by_role("button", name="Report it"))
    return page.url.rpartition("/")[2]


def report(page: Page, desk: Desk, title: str) -> str:
    """The same as a customer."""
    page.goto(f"{desk.url}/report")
    page.get_by_role("radio", name="Severity 1 Critical").check()
    page.get_by_label("What is wrong, in one line?").fill(title)
    follow(page.get_by_role("button", name="Send the report"))
    return page.url.rpartition("/")[2]


def dispatch(page: Page, *, to: str) -> None:
    page.get_by_role("link", name="Dispatch").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("radio", name=to).check()
    follow(dialog.get_by_role("button", name="Dispatch"))
    page.locator(".definitions .person", has_text=to).first.wait_for()
