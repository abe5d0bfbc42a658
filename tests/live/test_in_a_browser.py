"""Live pages in a real Chromium, on a running desk with the demo's people: nobody reloads anything.

The `page` fixture fails on any script error and on anything the Content-Security-Policy stopped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.harness.browser import follow
from tests.harness.desk_process import Desk
from tests.live.test_streams import reporting_machine
from tests.live.visitor import Visitor
from watchkeeper.core.leaving import HELD_FOR

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def desk(demo_desk: Desk) -> Desk:
    """One desk for all tests of this file: each test takes an incident of its own."""
    return demo_desk


@pytest.fixture(scope="module")
def report(desk: Desk):
    return reporting_machine(desk)


@pytest.fixture(scope="module")
def visitor(desk: Desk) -> Callable[[str], Visitor]:
    """``visitor("manager")``: the demo's first person who is described so, signed in once for all tests."""
    return cache(lambda who: Visitor(desk).signs_in(who))


@pytest.fixture
def opened(desk: Desk, visitor: Callable[[str], Visitor]) -> Callable[..., Page]:
    """``opened(page, "/desk/", by="manager")``: the page in a browser in which that person is signed in."""

    def opened(page: Page, path: str, *, by: str) -> Page:
        cookies = visitor(by).cookies.items()
        page.context.add_cookies([{"name": name, "value": value, "url": desk.url} for name, value in cookies])
        page.goto(desk.url + path)
        return page

    return opened


@pytest.fixture
def another(chromium: Browser) -> Iterator[Page]:
    """A second browser, signed in nowhere."""
    context = chromium.new_context(locale="en-GB", viewport={"width": 1280, "height": 900})
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


def pass_by(desk: Desk, time: timedelta) -> None:
    """Let time pass at the desk, and wake its watcher, which does not see its clock being moved."""
    desk.clock.advance(time)
    with desk.database() as owner:
        owner.execute("notify watchkeeper_incident")


def test_a_report_and_an_acknowledgement_appear_in_the_queue_by_themselves(report, visitor, opened, page):
    queue = opened(page, "/desk/?q=Nobody+reloads", by="manager, team East")
    queue.get_by_text("Nothing like this in the queue").wait_for()
    open_before = int(queue.locator("#desk-queue-count").text_content())
    incident = report("corvina", "Nobody reloads this")
    row = queue.locator("tbody tr", has_text=incident)
    row.get_by_text("New", exact=True).wait_for()
    assert queue.locator("#desk-queue-count").text_content() == str(open_before + 1)
    row.locator(".row-link").focus()

    engineer = visitor("engineer, team East")
    assert engineer.posts(f"/desk/incidents/{incident}/acknowledgement") == 302
    row.get_by_text("Acknowledged", exact=True).wait_for()
    assert queue.evaluate("document.activeElement.className") == "row-link", "the keyboard stays where it was"


@pytest.mark.long
def test_what_another_does_appears_beside_a_half_written_reply_and_after_an_open_dialog(report, visitor, opened, page):
    incident = report("corvina", "Two at one incident")
    opened(page, f"/desk/incidents/{incident}", by="manager, team East")
    page.get_by_label("Text", exact=True).press_sequentially("half a thought")
    page.get_by_text("Why this time?").first.click()
    page.get_by_label("Text", exact=True).focus()

    engineer = visitor("engineer, team East")
    engineer.posts(f"/desk/incidents/{incident}/notes", text="It is the route.")
    page.locator("#said").get_by_text("It is the route.").wait_for()
    page.keyboard.type(", and more")
    assert page.get_by_label("Text", exact=True).input_value() == "half a thought, and more"
    assert page.locator("#told details[open]").count() == 1, "what was opened stays open"

    page.get_by_role("link", name="Severity").or_(page.get_by_role("button", name="Severity")).first.click()
    page.get_by_role("dialog").get_by_label("Reason").fill("It is worse.")
    engineer.posts(f"/desk/incidents/{incident}/replies", text="We found it.")
    page.keyboard.type(" Much worse.")
    assert page.get_by_role("dialog").get_by_label("Reason").input_value() == "It is worse. Much worse."
    page.keyboard.press("Escape")
    page.locator("#said").get_by_text("We found it.").wait_for()


def test_two_at_one_incident_see_each_other_come_write_and_go(report, opened, page, another):
    incident = report("corvina", "Two hands at one keyboard")
    opened(page, f"/desk/incidents/{incident}", by="manager, team East")
    others = page.locator("#others")
    opened(another, f"/desk/incidents/{incident}", by="engineer, team East")
    others.get_by_text("Noor Haddad is looking at this too").wait_for()
    another.locator("#others").get_by_text("Helen Okafor is looking at this too").wait_for()
    another.get_by_label("Text", exact=True).press_sequentially("I have it")
    others.get_by_text("Noor Haddad is writing here").wait_for()
    another.goto("about:blank")
    others.get_by_text("Noor Haddad").wait_for(state="detached")


def test_a_customer_sees_the_answer_the_breach_and_the_way_to_escalate(desk, report, visitor, opened, page, another):
    opened(page, "/incidents", by="customer, Premium")
    incident = report("corvina", "Who will see it first?")
    page.locator("#listed").get_by_text("Who will see it first?").click()
    page.wait_for_url(f"**/{incident}")
    page.get_by_label("Your message").fill("half a thought")
    escalations = opened(another, "/desk/escalations", by="manager, team East")

    pass_by(desk, timedelta(hours=3))
    page.locator("[data-escalating=possible]").wait_for()
    page.get_by_text("the promised time passed").first.wait_for()
    written = page.locator("#escalating textarea")
    written.fill("We lose orders.")
    engineer = visitor("engineer, team East")
    assert engineer.posts(f"/desk/incidents/{incident}/replies", text="It is the route.") == 302
    pass_by(desk, HELD_FOR)
    page.locator("#conversation").get_by_text("It is the route.").wait_for()
    assert page.get_by_label("Your message").input_value() == "half a thought"
    assert written.input_value() == "We lose orders.", "what is being written is not taken away"

    written.fill("")
    page.get_by_label("Your message").focus()
    assert visitor("customer, Premium").posts(f"/incidents/{incident}/escalation", text="") == 302
    page.locator("[data-escalating=escalated]").wait_for()
    escalations.get_by_text(incident).wait_for()


@pytest.mark.long
def test_an_outage_is_made_updated_and_ended_from_the_queue_and_a_customer_sees_their_own_part_of_it_live(
    desk, report, visitor, opened, page, another
):
    parent = report("meridian", "The carrier is down")
    theirs, elsewhere = report("brightwater", "Carrier: no route"), report("meridian", "Carrier: calls drop")
    customer = opened(another, f"/incidents/{theirs}", by="customer, Advanced")
    opened(page, "/desk/?q=carrier", by="engineer, team West")
    for reference in (theirs, elsewhere):
        page.locator(f"#choose-{reference}").check()
    follow(page.get_by_role("form", name="Chosen incidents").get_by_role("button", name="Part of an outage"))
    page.get_by_label("To", exact=True).fill(parent)
    follow(page.get_by_role("button", name="See what happens"))
    follow(page.get_by_role("button", name="Put them under it: 2 incidents"))
    expect(page.get_by_role("heading", name="Part of the outage: 2 of 2 incidents")).to_be_visible()

    page.goto(f"{desk.url}/desk/incidents/{parent}")
    expect(page.get_by_label("for the 2 open incidents of this outage too")).to_be_checked()
    page.get_by_label("Text", exact=True).fill("A route around it by noon.")
    page.get_by_role("button", name="Send the reply").click()
    page.get_by_text("Reply not sent yet").wait_for()
    assert "A route around it" not in customer.content(), "what is held is not known to the customer"
    pass_by(desk, HELD_FOR)
    expect(customer.locator("#conversation").get_by_text("A route around it by noon.")).to_have_count(1)

    page.reload()
    page.get_by_role("radio", name="Resolve").check(force=True)
    page.get_by_label("Text", exact=True).fill("The carrier is back.")
    follow(page.get_by_role("button", name="Resolve it"))
    expect(customer.locator("#conversation").get_by_text("The carrier is back.")).to_have_count(1)
    expect(customer.locator("#solved")).to_contain_text("solved")
    for word in (parent, elsewhere, "Meridian", "outage"):
        assert word not in customer.content(), "no customer learns of another"
    page.goto(f"{desk.url}/desk/?q=carrier&state=resolved")
    for reference in (parent, theirs, elsewhere):
        expect(page.locator(f"#row-{reference}")).to_be_visible()


def test_while_the_desk_is_away_the_page_says_from_when_it_is_and_then_catches_up(desk, report, opened, page):
    opened(page, "/desk/?q=While+you+were", by="manager, team East")
    page.get_by_text("Nothing like this in the queue").wait_for()
    bar = page.get_by_role("status").filter(has_text="The connection is lost; what you see is from")
    assert bar.count() == 0
    said = len(desk.log)
    desk.stop()
    bar.wait_for()
    assert bar.locator("time").inner_text().count(":") == 1
    assert "graceful shutdown exceeded" not in desk.log[said:]
    with page.expect_event("requestfailed", lambda request: "seen=" in request.url):
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert page.locator("#flashes .flash").count() == 0, "it is said once"

    page.context.set_offline(True)
    desk.start("--port", str(urlsplit(desk.url).port))
    report("meridian", "While you were away")
    page.context.set_offline(False)
    page.get_by_text("While you were away").wait_for()
    bar.wait_for(state="detached")


@pytest.mark.long
def test_a_page_whose_reader_is_signed_out_says_so_and_keeps_what_it_shows(report, visitor, opened, page):
    opened(page, "/desk/", by="manager, team West")
    assert visitor("manager, team West").posts("/sign-out") == 302
    report("meridian")
    page.get_by_role("status").filter(has_text="you are signed out").wait_for()
    assert page.locator("#queue").count() == 1
    page.get_by_role("link", name="Load the page again").click()
    page.wait_for_url("**/sign-in?next=**")


@pytest.mark.long
def test_later_rows_are_appended_by_scroll_and_by_key_and_stay_when_the_queue_is_fetched_anew(
    report, visitor, opened, page
):
    references = [report("corvina", f"One of many, {number}") for number in range(55)]
    queue = opened(page, "/desk/?q=One+of+many", by="manager, team East")
    rows = queue.locator("tbody .row-link")
    rows.nth(49).wait_for()
    assert rows.count() == 50
    rows.nth(49).scroll_into_view_if_needed()
    queue.locator("tbody .row-link").nth(54).wait_for()
    shown = [row.get_attribute("id") for row in rows.all()]
    assert shown == [f"row-{reference}" for reference in references], "the oldest first, each once"
    assert queue.get_by_role("link", name="Later incidents").count() == 0

    rows.nth(54).focus()
    assert visitor("engineer, team East").posts(f"/desk/incidents/{references[54]}/acknowledgement") == 302
    queue.locator("tbody tr", has_text=references[54]).get_by_text("Acknowledged", exact=True).wait_for()
    assert rows.count() == 55
    assert queue.evaluate("document.querySelector('.table-frame').scrollTop") > 0, "it stays where it was scrolled to"
