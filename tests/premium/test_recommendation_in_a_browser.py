"""Recommendations in a real Chromium, on a running desk with the demo's people. The `page` fixture fails on any script
error and on anything the Content-Security-Policy stopped."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.harness.browser import follow
from tests.harness.desk_process import Desk

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.long]

COMPONENT = "Token cache"


@pytest.fixture(scope="module")
def desk(demo_desk: Desk) -> Desk:
    """One desk for all tests of this file: each test takes an account of its own."""
    return demo_desk


def report(page: Page, desk: Desk, title: str, component: str = COMPONENT) -> str:
    """Report something critical of a component as the customer who is signed in; its reference."""
    page.goto(f"{desk.url}/report")
    page.get_by_role("radio", name="Severity 1 Critical").check()
    page.get_by_label("What is wrong, in one line?").fill(title)
    page.get_by_label("Component").fill(component)
    page.get_by_role("button", name="Send the report").click()
    page.wait_for_url("**/incidents/WK-*")
    return page.url.rpartition("/")[2]


def main(page: Page) -> str:
    return " ".join(page.inner_text("main").split())


def test_a_recommendation_from_proposal_to_measured_effect(desk, sign_in):
    began_at = datetime.now(UTC).replace(microsecond=0) + timedelta(days=1)
    page = sign_in("customer, Premium with an SLA")
    references = []
    for days in range(6):
        desk.clock.set(began_at + timedelta(days=days))
        references.append(report(page, desk, f"Tokens are refused, day {days}"))

    # A manager looks, and begins a draft of what the data propose.
    sign_in("manager, team West")
    page.goto(f"{desk.url}/desk/")
    page.get_by_role("link", name="Recommendations").click()
    follow(page.get_by_role("button", name="Look now"))
    proposal = page.get_by_role("region", name=f"{COMPONENT} had 6 incidents of severity Critical within 30 days")
    proposal.get_by_text("6 incidents show it").click()
    assert references[0] in proposal.inner_text()
    proposal.get_by_role("button", name="Begin a draft").click()
    page.wait_for_url("**/words")
    page.get_by_label("Recommendation, in one line").fill("Double the token cache")
    page.get_by_label("What you saw").fill("It is **full** every morning.")
    page.get_by_label("To be done by").fill(f"{began_at + timedelta(days=20):%Y-%m-%d}")
    follow(page.get_by_role("button", name="Keep the draft"))
    assert "Draft" in main(page)
    address = page.url

    # Nobody of the customer sees it before it is sent.
    sign_in("customer manager, Premium with an SLA")
    page.goto(f"{desk.url}/recommendations")
    assert "Nothing is recommended yet" in main(page)
    sign_in("manager, team West")
    page.goto(address)
    follow(page.get_by_role("button", name="I have read it: send it"))
    assert "It is sent to Meridian Health." in main(page)

    # The customer manager declines, thinks again, and does it.
    sign_in("customer manager, Premium with an SLA")
    page.goto(f"{desk.url}/recommendations")
    page.get_by_role("link", name="Double the token cache").click()
    page.wait_for_url("**/recommendations/*")
    assert "It is full every morning." in main(page)
    assert references[5] in main(page)
    page.get_by_text("Decline, and say why").click()
    page.get_by_label("Reason").fill("Not before the audit.")
    follow(page.get_by_role("button", name="Decline"))
    assert "Grace Lindholm declined it: Not before the audit." in main(page)
    follow(page.get_by_role("button", name="Accept"))
    desk.clock.set(began_at + timedelta(days=6))
    follow(page.get_by_role("button", name="It is done"))
    assert "Too early to tell" in main(page)

    # Five weeks later, with none of its kind since, the effect can be told.
    desk.clock.set(began_at + timedelta(days=6, weeks=5))
    page.reload()
    said = main(page)
    assert "Better" in said
    assert "6 in the 5 weeks before, 0 in the 5 weeks after." in said
    assert page.locator("svg.effect rect").count() == 10
    page.get_by_text("Week by week", exact=True).click()
    assert page.get_by_role("table", name="Incidents week by week").get_by_role("row").count() == 6

    # Who was told what stands in the outbox.
    with desk.database() as owner:
        rows = owner.execute(
            "select subject, recipient from notify_notice where step like 'recommendation%'"
        ).fetchall()
    told = {(subject.split(" · ")[0], recipient.split("@")[0]) for subject, recipient in rows}
    assert told == {
        ("Recommendation", "grace"),
        *((happened, who) for happened in ("Declined", "Accepted", "Done") for who in ("marc", "dana")),
    }


def test_a_break_fix_customer_sees_none_of_it_but_knows_what_it_would_be(desk, sign_in):
    page = sign_in("customer, Break-Fix")
    page.goto(f"{desk.url}/incidents")
    page.get_by_role("link", name="Recommendations").click()
    page.wait_for_url("**/recommendations")
    said = main(page)
    assert "Premium includes recommendations" in said
    for kind in ("Proactive guidance", "Strategic insight", "Performance optimisation"):
        assert kind in said
    assert "Ask Dana Whitlock, your account executive" in said
    assert COMPONENT not in said
    page.get_by_role("link", name="Compare the support levels").click()
    page.wait_for_url("**/support-levels")

    page.goto(f"{desk.url}/incidents")
    page.get_by_role("link", name="Changes", exact=True).click()
    page.wait_for_url("**/changes")
    said = main(page)
    assert "Premium includes ongoing support" in said
    assert "notes on how your environments and components run" in said
    assert page.get_by_role("link", name="Announce a change").count() == 0


def test_a_change_that_a_customer_announces_stands_beside_an_incident_of_the_same_part(desk, sign_in):
    page = sign_in("customer, Premium")
    page.goto(f"{desk.url}/incidents")
    page.get_by_role("link", name="Changes", exact=True).click()
    page.get_by_role("link", name="Announce a change").click()
    page.get_by_label("What changes, in one line").fill("A new build of the plugins")
    page.get_by_label("Component").fill("Plugins")
    with desk.database() as owner:
        (now,) = owner.execute("select watchkeeper_now() at time zone 'America/Chicago'").fetchone()
    page.get_by_label("From").fill(f"{now - timedelta(hours=1):%Y-%m-%dT%H:%M}")
    page.get_by_label("Until").fill(f"{now + timedelta(hours=1):%Y-%m-%dT%H:%M}")
    page.get_by_label("By the clocks of").select_option("America/Chicago")
    page.get_by_label("What whoever is on duty should know").fill("Taken back with `plugins rollback`.")
    follow(page.get_by_role("button", name="Announce it"))
    assert "A new build of the plugins Under way" in main(page)
    reference = report(page, desk, "Every plugin fails", component="Plugins")

    sign_in("engineer, team East")
    page.goto(f"{desk.url}/desk/incidents/{reference}")
    place = page.locator("section").filter(has=page.get_by_role("heading", name="The place"))
    change = place.get_by_role("listitem").filter(has_text="A new build of the plugins")
    change.wait_for()
    assert "the same part" in change.inner_text()
    assert "Taken back with plugins rollback." in change.inner_text()
    assert "Noor Haddad" in place.inner_text(), "the designated engineer"
