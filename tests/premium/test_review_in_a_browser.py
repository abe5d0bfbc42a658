"""A service review in a real Chromium, on a running desk: from the draft that the desk makes to a customer's comment,
and what somebody reads whose level includes none."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.harness.desk_process import Desk, wait_until
from watchkeeper.config.demo.gateway_faults import FAULTS
from watchkeeper.core.shares import Period, period_of

pytestmark = [pytest.mark.browser, pytest.mark.long]

ZONE = "America/Chicago"
ENGINEER, EXECUTIVE = "engineer, team West", "account executive"
CUSTOMER, MANAGER = "customer, Premium with an SLA", "customer manager, Premium with an SLA"
A_LONG_WHILE = 120_000
"""In milliseconds: a process of its own begins for it."""

EXPIRED = [fault for fault in FAULTS if fault.kind == "certificates expire unnoticed"][1:3]


@pytest.fixture(scope="module")
def desk(demo_desk: Desk) -> Desk:
    """One desk for all tests of this file: what one does to time disturbs no other."""
    return demo_desk


def test_a_review_from_draft_to_a_customers_comment(desk, sign_in):
    page = sign_in(CUSTOMER)
    for fault in EXPIRED:
        report(page, desk, fault)
    quarter = go_beyond_the_quarter(desk)
    key = drafted_by_the_desk(desk, quarter)

    page = sign_in(ENGINEER)
    page.goto(f"{desk.url}/desk/reviews")
    page.get_by_role("link", name="Meridian Health").click()
    page.get_by_text("The customer sees nothing of it before it is published").wait_for()
    page.get_by_role("link", name="Write").click()
    group = page.locator(".review-group").filter(has_text=EXPIRED[0].title)
    group.wait_for(timeout=A_LONG_WHILE)  # a worker looks for them, and the page asks by itself
    assert EXPIRED[1].title in group.inner_text()
    assert "suggested" in group.inner_text()
    group.get_by_role("textbox", name="Name of the group").fill("Certificates that nobody watches")
    group.get_by_role("button", name="Rename").click()
    page.get_by_role("heading", name="Certificates that nobody watches").wait_for()
    page.get_by_label("In short").fill("A quarter of **certificates**.")
    page.get_by_role("button", name="Keep the words").click()
    page.get_by_text("Your words are kept").wait_for()
    page.goto(f"{desk.url}/desk/reviews/{key}")
    assert page.get_by_role("button", name="Publish").count() == 0

    page = sign_in(EXECUTIVE)
    page.goto(f"{desk.url}/desk/reviews/{key}")
    page.get_by_role("button", name="Publish").click()
    page.get_by_text("Edition 1 is published").wait_for()
    page.get_by_label("Held on").fill(f"{quarter.ends_at + timedelta(days=20):%Y-%m-%d}T14:00")
    page.get_by_role("button", name="Set the date").click()
    page.get_by_text("The date is set, and both sides are told").wait_for()

    page = sign_in(MANAGER)
    page.get_by_role("link", name="Reviews").click()
    page.locator(f'a[href="/reviews/{quarter.name}"]').click()
    page.get_by_role("heading", name="Certificates that nobody watches").wait_for()
    assert page.locator("strong", has_text="certificates").count() == 1
    answer = page.request.get(f"{desk.url}/reviews/{quarter.name}/pdf")
    assert (answer.headers["content-type"], answer.body()[:5]) == ("application/pdf", b"%PDF-")
    page.get_by_label("Your comment").fill("Who watches them from now on?")
    page.get_by_role("button", name="Send the comment").click()
    page.get_by_text("Thank you. Your comment stands beneath the review").wait_for()

    page = sign_in(EXECUTIVE)
    page.goto(f"{desk.url}/desk/reviews/{key}")
    page.get_by_text("Who watches them from now on?").wait_for()
    page.get_by_label("What was agreed").fill("We do, 30 days ahead.")
    page.get_by_role("button", name="It was held").click()
    page.get_by_text("The review is held").wait_for()
    page = sign_in(MANAGER)
    page.goto(f"{desk.url}/reviews/{quarter.name}")
    page.get_by_text("We do, 30 days ahead.").wait_for()


def test_who_has_break_fix_sees_none_of_it_and_knows_what_it_would_be(desk, sign_in):
    page = sign_in("customer, Break-Fix")
    page.get_by_role("link", name="Reviews").click()
    page.get_by_role("heading", name="Your level does not include service reviews").wait_for()
    words = page.locator("main").inner_text()
    assert "Premium does." in words
    assert "how soon you were answered, against what was promised" in words
    assert "Dana Whitlock" in words
    assert page.locator("table").count() == 0


def report(page, desk: Desk, fault) -> None:
    page.goto(f"{desk.url}/report")
    page.get_by_role("radio", name="Severity 2 High").check()
    page.get_by_label("Component").fill(fault.component)
    page.get_by_label("What is wrong, in one line?").fill(fault.title)
    page.get_by_label("What happened?").fill(fault.body)
    page.get_by_role("button", name="Send the report").click()
    page.wait_for_url("**/incidents/WK-*")


def go_beyond_the_quarter(desk: Desk) -> Period:
    """Let all of the desk's processes find themselves in the first hours after this quarter; which one it was."""
    quarter = period_of(datetime.now(UTC), "quarter", ZONE)
    desk.clock.run_from(quarter.ends_at + timedelta(hours=9))
    return quarter


def drafted_by_the_desk(desk: Desk, quarter: Period) -> int:
    """The key of the review of Meridian Health, once the watcher has begun it."""

    def found() -> list[tuple[int]]:
        asked = """select r.id from premium_servicereview r join people_account a on a.id = r.account_id
            where a.slug = 'meridian' and r.period = %s"""
        with desk.database() as owner:
            return owner.execute(asked, [quarter.name]).fetchall()

    wait_until(lambda: bool(found()), why=lambda: desk.log)
    ((key,),) = found()
    return key
