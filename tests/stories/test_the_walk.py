"""The whole walk through real processes: a report in the browser becomes a promise that is kept, or that is breached,
told, escalated and explained, by real mail.

It is Monday 2 March 2026 in Chicago, and the database's clock is moved by hand.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from tests.harness.desk_process import Desk
from tests.harness.smtp_receiver import SmtpReceiver
from tests.stage import chicago
from tests.stories.conftest import Visit
from tests.stories.settling import move_clock, settle

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = [pytest.mark.story, pytest.mark.browser, pytest.mark.long]

BASIL, ADA, PETRA = "basil@basic.example", "ada@advance.example", "petra@premier.example"
ANA, BO, MIA, AXEL = "ana@vendor.example", "bo@vendor.example", "mia@vendor.example", "axel@vendor.example"
DISTRIBUTION = "escalation@vendor.example"

MONDAY = chicago("2026-03-02 10:00")
NOON = chicago("2026-03-02 12:00")


def test_a_report_of_each_level_is_promised_kept_or_breached_and_escalated(
    desk: Desk, visit: Visit, smtp_receiver: SmtpReceiver
) -> None:
    move_clock(desk, MONDAY)
    basil, ada, petra = visit(BASIL), visit(ADA), visit(PETRA)
    kept = report(basil, desk, "Severity 1 Critical", "The gateway is down")
    running = report(ada, desk, "Severity 2 High", "Every second call fails")
    broken = report(petra, desk, "Severity 1 Critical", "All tenants are locked out")
    assert due_on(basil) == chicago("2026-03-04 16:00")  # 24 h of standard hours
    assert due_on(ada) == chicago("2026-03-03 13:00")  # 12 h of standard hours
    assert due_on(petra) == NOON  # 2 h around the clock
    assert petra.get_by_role("button", name="Escalate").count() == 0

    ana, mia = visit(ANA), visit(MIA)
    desk.clock.set(chicago("2026-03-02 10:05"))
    acknowledge(ana, desk, kept)
    dispatch(mia, desk, broken, to="Bo")
    settle(desk)
    assert smtp_subjects(smtp_receiver, BASIL, kept)[-1] == f"[{kept}] The gateway is down"

    move_clock(desk, chicago("2026-03-02 12:00:01"))
    move_clock(desk, chicago("2026-03-02 12:30"))
    assert told(desk, broken, "breached") == sorted([DISTRIBUTION, BO, MIA])
    for address in (DISTRIBUTION, BO, MIA):
        assert len(mails(smtp_receiver, address, broken, "BREACHED")) == 1

    petra.reload()
    assert petra.locator("[data-escalating]").get_attribute("data-escalating") == "possible"
    petra.get_by_label("What should they know?").or_(petra.locator("#escalating textarea")).first.fill(
        "We lose orders."
    )
    petra.get_by_role("button", name="Escalate").click()
    petra.locator("[data-escalating=escalated]").wait_for()
    settle(desk)
    assert len(mails(smtp_receiver, AXEL, broken, "ESCALATED")) == 1
    assert len(mails(smtp_receiver, DISTRIBUTION, broken)) == 1

    for reference, outcome, due_at, customer in (
        (kept, "met", chicago("2026-03-04 16:00"), basil),
        (running, "running", chicago("2026-03-03 13:00"), ada),
        (broken, "breached", NOON, petra),
    ):
        assert explained(desk, reference) == (outcome, due_at)
        customer.goto(f"{desk.url}/incidents/{reference}")
        assert (outcome_on(customer), due_on(customer)) == (outcome, due_at)
        mia.goto(f"{desk.url}/desk/incidents/{reference}")
        assert promised_at_the_desk(mia) == (outcome, due_at)
    breach = petra.locator("#happened li", has_text="the promised time passed")
    assert instants(breach.locator(".timeline-at")) == [NOON]


def test_low_at_premium_and_medium_at_break_fix_never_escalate(
    desk: Desk, visit: Visit, smtp_receiver: SmtpReceiver
) -> None:
    move_clock(desk, MONDAY)
    petra, basil = visit(PETRA), visit(BASIL)
    low = report(petra, desk, "Severity 4 Low", "A tooltip is cut off")
    medium = report(basil, desk, "Severity 3 Medium", "A report takes a minute")
    dispatch(visit(MIA), desk, low, to="Bo")

    move_clock(desk, chicago("2026-03-16 10:00"))
    assert explained(desk, low) == ("breached", chicago("2026-03-04 16:00"))
    assert told(desk, low, "breached") == sorted([BO, MIA])
    assert explained(desk, medium) is None
    assert told(desk, medium, "breached") == []

    for page, reference in ((petra, low), (basil, medium)):
        page.goto(f"{desk.url}/incidents/{reference}")
        assert page.locator("[data-escalating=possible]").count() == 0
        assert page.get_by_role("button", name="Escalate").count() == 0
        assert escalating_anyway(page, desk, reference) in {403, 409}
        for address in (DISTRIBUTION, AXEL):
            assert mails(smtp_receiver, address, reference) == []


def report(page: Page, desk: Desk, severity: str, title: str) -> str:
    """Report in the browser, and stand on the incident's page; its reference."""
    page.goto(f"{desk.url}/report")
    page.get_by_role("radio", name=severity).check()
    page.get_by_label("What is wrong, in one line?").fill(title)
    page.get_by_role("button", name="Send the report").click()
    page.wait_for_url("**/incidents/WK-*")
    return page.url.rpartition("/")[2]


def acknowledge(page: Page, desk: Desk, reference: str) -> None:
    page.goto(f"{desk.url}/desk/incidents/{reference}")
    page.get_by_role("button", name="Acknowledge").click()
    page.get_by_text(f"You acknowledged {reference}").wait_for()


def dispatch(page: Page, desk: Desk, reference: str, *, to: str) -> None:
    page.goto(f"{desk.url}/desk/incidents/{reference}")
    page.get_by_role("link", name="Dispatch").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("radio", name=to).check()
    dialog.get_by_role("button", name="Dispatch").click()
    page.locator(".definitions .person", has_text=to).first.wait_for()


def escalating_anyway(page: Page, desk: Desk, reference: str) -> int:
    """The status that answers somebody who sends the form that the page does not show."""
    form = {"csrfmiddlewaretoken": page.locator("[name=csrfmiddlewaretoken]").first.input_value(), "text": "Now!"}
    headers = {"Referer": page.url}
    return page.request.post(f"{desk.url}/incidents/{reference}/escalation", form=form, headers=headers).status


def due_on(page: Page) -> datetime:
    """The due time that the customer's page shows."""
    (due_at,) = instants(page.locator("#standing .time-left-due").first)[-1:]
    return due_at


def outcome_on(page: Page) -> str:
    """Whether the customer's page says that the promise is running, met or breached."""
    figure = page.locator("#standing .time-left-figure").first.inner_text().lower()
    return "running" if "left" in figure else figure


def promised_at_the_desk(page: Page) -> tuple[str, datetime]:
    promised = page.locator("section.promised").first
    (due_at,) = instants(promised.locator(".promised-times div", has_text="Due"))
    return promised.locator(".promised-head .badge").first.inner_text().lower(), due_at


def instants(where: Locator) -> list[datetime]:
    """The instants that are written there, as a machine reads them."""
    written = where.locator("time").evaluate_all("times => times.map(time => time.dateTime)")
    return [datetime.fromisoformat(instant) for instant in written]


def explained(desk: Desk, reference: str) -> tuple[str, datetime] | None:
    """Outcome and due time of the acknowledgement as ``watchkeeper explain`` tells them; none where nothing is owed."""
    said: dict[str, Any] = json.loads(desk.run("explain", reference, "--json").stdout)
    for made in said["commitments"]:
        if made["metric"] == "acknowledgement":
            return made["outcome"], datetime.fromisoformat(made["due_at"])
    assert not said["promise"]["covered"]
    return None


def told(desk: Desk, reference: str, step: str) -> list[str]:
    """Whom the desk told of a step of an incident."""
    question = (
        "select recipient from notify_notice n join incidents_incident i on i.id = n.incident_id"
        " where reference = %s and step like %s order by recipient"
    )
    with desk.database() as owner:
        return [recipient for (recipient,) in owner.execute(question, [reference, f"{step}:%"])]


def mails(receiver: SmtpReceiver, address: str, reference: str, word: str = "") -> list[str]:
    """The subjects of what an address was sent about an incident."""
    return [subject for subject in smtp_subjects(receiver, address, reference) if word in subject]


def smtp_subjects(receiver: SmtpReceiver, address: str, reference: str) -> list[str]:
    subjects = [str(arrival.message["Subject"]) for arrival in receiver.to(address)]
    return [subject for subject in subjects if reference in subject]
