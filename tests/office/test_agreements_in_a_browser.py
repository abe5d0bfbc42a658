"""Agreements in a real Chromium, on a running desk with the demo's people. The `page` fixture fails on any script
error and on anything the Content-Security-Policy stopped."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from tests.harness.browser import follow
from tests.harness.desk_process import Desk

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

BY_PHONE = """\
# for the branch offices
variants:
  - when: {channel: phone}
    acknowledgement: {1: 1h}
"""
ALWAYS = "24 hours per day, 7 days per week"


@pytest.fixture(scope="module")
def desk(demo_desk: Desk) -> Desk:
    """One desk for all tests of this file: each test takes an account of its own."""
    return demo_desk


def report(page: Page, desk: Desk, title: str) -> str:
    """Report something critical as the customer who is signed in; its reference."""
    page.goto(f"{desk.url}/report")
    page.get_by_role("radio", name="Severity 1 Critical").check()
    page.get_by_label("What is wrong, in one line?").fill(title)
    page.get_by_role("button", name="Send the report").click()
    page.wait_for_url("**/incidents/WK-*")
    return page.url.rpartition("/")[2]


def due_of(desk: Desk, reference: str) -> datetime:
    with desk.database() as owner:
        found = owner.execute("select due_at from incidents_incident where reference = %s", [reference]).fetchone()
    assert found is not None
    return found[0]


def open_account(page: Page, desk: Desk, name: str) -> None:
    page.goto(f"{desk.url}/desk/")
    page.get_by_role("link", name="Accounts", exact=True).click()
    page.get_by_role("link", name=name, exact=True).click()
    page.wait_for_url("**/desk/accounts/*")


def test_a_manager_changes_an_sla_and_sees_its_effect_and_the_customer_sees_their_terms(desk, sign_in):
    page = sign_in("customer, Premium with an SLA")
    reference = report(page, desk, "Every gateway is down")
    due_before = due_of(desk, reference)

    sign_in("manager, team")
    open_account(page, desk, "Meridian Health")
    page.get_by_role("link", name="Premium for everything").click()
    page.get_by_role("link", name="Edit the SLA").click()
    critical = page.get_by_label("Critical, Acknowledgement: within")
    effect = page.locator("#checked")
    assert critical.input_value() == "30m"
    assert f"Within 30 min ({ALWAYS}), goal 10 min" in effect.inner_text()

    critical.fill("45 minuets")
    page.locator("#id_acknowledgement-1-within-wrong").get_by_text("is not a duration").wait_for()
    page.get_by_text("1 thing is wrong").wait_for()
    critical.fill("45m")
    effect.get_by_text(f"Within 45 min ({ALWAYS}), goal 10 min").wait_for()
    assert page.locator("#id_acknowledgement-1-within-wrong").inner_text() == ""
    page.get_by_label("An escalation is answered within").fill("20m")
    effect.get_by_text("within 20 min").first.wait_for()
    page.get_by_role("button", name="Keep the SLA").click()
    page.get_by_text("The SLA is kept").wait_for()
    assert "within 45 min, goal 10 min" in page.get_by_role("region", name="Its terms").inner_text()
    assert "Helen Okafor changed: Premium for everything" in page.inner_text("main")

    sign_in("customer, Premium with an SLA")
    page.goto(f"{desk.url}/support-terms")
    terms = " ".join(page.inner_text("main").split())
    assert f"Within 45 min ({ALWAYS}) by your SLA instead of: Within minutes up to 2 hours" in terms
    assert "it is answered within 20 min by your SLA instead of: 2 h." in terms
    assert due_of(desk, reference) == due_before, "an incident keeps its promise"
    assert "GOAL" not in terms.upper(), "the aim before the promise is the team's own"


@pytest.mark.long
def test_form_and_yaml_are_switched_without_losing_a_word(desk, sign_in):
    page = sign_in("manager, team")
    open_account(page, desk, "Corvina Bank")
    page.get_by_role("link", name="Premium for everything").click()
    page.get_by_role("link", name="Lay an SLA over it").click()
    page.get_by_label("Name of the contract").fill("Corvina 2026")
    page.get_by_label("High, Acknowledgement: within").fill("90m")
    page.get_by_role("button", name="Write it as YAML").click()
    text = page.get_by_label("The SLA", exact=True)
    assert text.input_value() == "sla: Corvina 2026\nacknowledgement: {2: 90m}\n"
    text.fill(text.input_value() + BY_PHONE)
    page.locator("#checked").get_by_text("The SLA says more for").wait_for()
    follow(page.get_by_role("button", name="Write it in the form"))
    assert page.get_by_label("High, Acknowledgement: within").input_value() == "90m"
    page.get_by_label("High, Acknowledgement: goal").fill("10m")
    page.get_by_role("button", name="Keep the SLA").click()
    page.get_by_text("The SLA is kept").wait_for()
    with desk.database() as owner:
        rows = owner.execute("select sla_text from policies_agreement where sla_text like '%Corvina%'").fetchall()
    ((kept,),) = rows
    assert "acknowledgement: {2: {within: 90m, goal: 10m}}" in kept
    assert kept.endswith(BY_PHONE)


@pytest.mark.long
def test_an_upgrade_in_the_middle_of_an_open_incident_is_shown_before_it_is_laid_on(desk, sign_in):
    page = sign_in("customer, Break-Fix")
    reference = report(page, desk, "The console is down")
    due_before = due_of(desk, reference)

    sign_in("manager, team")
    open_account(page, desk, "Halden Freight")
    page.get_by_role("link", name="New agreement").click()
    page.get_by_label("Level").select_option("premium")
    page.get_by_label("Noor Haddad").check()
    page.get_by_role("button", name="Make it").click()
    page.wait_for_url("**/desk/policy/promises?account=halden")
    row = page.get_by_role("row").filter(has_text=reference)
    assert "→" in row.inner_text()
    assert due_of(desk, reference) == due_before
    page.get_by_role("button", name="Apply to those chosen").click()
    page.get_by_text("Applied to").wait_for()
    assert due_of(desk, reference) < due_before

    sign_in("customer, Break-Fix")
    page.goto(f"{desk.url}/support-terms")
    assert "Noor Haddad" in page.inner_text("main")


@pytest.mark.long
def test_without_javascript_an_sla_is_checked_and_kept_and_a_contract_attached(desk, sign_in, chromium):
    with_script = sign_in("manager, team")
    open_account(with_script, desk, "Brightwater Energy")
    context = chromium.new_context(java_script_enabled=False, storage_state=with_script.context.storage_state())
    page = context.new_page()
    page.goto(with_script.url)
    page.get_by_role("link", name="Advanced for everything").click()
    page.get_by_label("Signed copy").set_input_files(
        {"name": "Brightwater.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 signed"}
    )
    page.get_by_role("button", name="Attach it").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Brightwater.pdf").click()
    assert download.value.path().read_bytes() == b"%PDF-1.7 signed"
    page.get_by_role("link", name="Lay an SLA over it").click()
    page.get_by_label("Critical, Acknowledgement: within").fill("2 hrz")
    follow(page.get_by_role("button", name="Check it"))
    assert "is not a duration" in page.locator("#id_acknowledgement-1-within-wrong").inner_text()
    page.get_by_label("Critical, Acknowledgement: within").fill("2h")
    follow(page.get_by_role("button", name="Keep the SLA"))
    assert page.get_by_text("The SLA is kept").count() == 1
    context.close()
