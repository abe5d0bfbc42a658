"""The desk in a real Chromium, on a running desk with the demo's people. The `page` fixture fails on any script
error and on anything the Content-Security-Policy stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.harness.browser import Keys, follow
from tests.harness.desk_process import Desk

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def desk(demo_desk: Desk) -> Desk:
    """One desk for all tests of this file: each test takes an incident of its own."""
    return demo_desk


def open_new_one(page: Page, title: str) -> None:
    """Report an incident for the customer at hand, and stand on its page."""
    page.get_by_role("link", name="Report for a customer").first.click()
    page.get_by_label("Account").select_option("corvina")
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("radio", name="Severity 2 High").check()
    page.get_by_label("What is wrong, in one line?").fill(title)
    page.get_by_role("button", name="Report it").click()
    page.wait_for_url("**/desk/incidents/WK-*")


def come_back_to(page: Page) -> None:
    """What the browser tells a page when its reader returns to it."""
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def test_an_engineer_does_a_days_work_by_keyboard_alone(sign_in):
    page = sign_in("manager, team")
    open_new_one(page, "Keyboards only, please")
    reference = page.url.rpartition("/")[2]
    keys = Keys(page)

    keys.press("g")
    page.wait_for_url("**/desk/")
    keys.press("/")
    keys.type("Keyboards only")
    keys.press("Enter")
    page.wait_for_url("**q=Keyboards*")
    keys.press("j")
    assert page.locator("tr[data-chosen]").inner_text().count(reference) == 1
    keys.press("Enter")
    page.wait_for_url(f"**/{reference}")

    keys.press("a")
    page.get_by_role("dialog").get_by_label("What the customer reads").wait_for()
    keys.press("Control+Enter")
    page.get_by_text(f"You acknowledged {reference}").wait_for()

    keys.press("n")
    keys.type("It is the keyboard driver.")
    keys.press("Control+Enter")
    page.get_by_text("Your note is kept").wait_for()
    assert page.locator('.message[data-kind="note"]').inner_text().count("It is the keyboard driver.") == 1

    keys.press("s")
    keys.press("ArrowUp")
    keys.press("Tab")
    keys.type("Every keyboard of the house.")
    keys.press("Control+Enter")
    page.get_by_text("The severity is Critical now").wait_for()

    keys.press("x")
    keys.type("The driver is back.")
    keys.press("Control+Enter")
    page.get_by_text(f"{reference} is resolved").wait_for()
    keys.press("?")
    page.get_by_role("dialog", name="Keys").wait_for()


def test_two_who_look_at_one_incident_see_each_others_acts_and_one_of_them_wins(sign_in, chromium):
    first = sign_in("manager, team")
    open_new_one(first, "Two hands reach for it")
    context = chromium.new_context(locale="en-GB", viewport={"width": 1280, "height": 900})
    context.set_default_timeout(15_000)
    second = sign_in("manager, team", context.new_page())
    queue = context.new_page()
    queue.goto(second.url + "?q=Two+hands")
    second.goto(first.url)
    second.get_by_label("Text", exact=True).fill("half a thought")

    first.get_by_role("button", name="Acknowledge").click()
    first.get_by_text("You acknowledged").wait_for()
    loser = second.request.post(
        second.url + "/acknowledgement",
        form={"csrfmiddlewaretoken": second.locator("[name=csrfmiddlewaretoken]").first.input_value()},
        headers={"Referer": second.url},
    )
    assert loser.status == 409
    assert "acknowledged" in loser.text()

    come_back_to(second)
    second.locator("#head").get_by_text("Acknowledged", exact=True).wait_for()
    assert second.get_by_role("button", name="Acknowledge").count() == 0
    assert second.get_by_label("Text", exact=True).input_value() == "half a thought"
    come_back_to(queue)
    queue.locator("tbody").get_by_text("Acknowledged", exact=True).wait_for()
    context.close()


@pytest.mark.long
def test_what_is_written_survives_a_reload_and_is_gone_once_it_is_said(sign_in):
    page = sign_in("manager, team")
    open_new_one(page, "A reply takes time")
    text = page.get_by_label("Text", exact=True)
    text.fill("A long and careful reply.")
    page.reload()
    assert text.input_value() == "A long and careful reply."
    page.get_by_role("button", name="Send the reply").click()
    page.get_by_text("Reply not sent yet").wait_for()
    assert text.input_value() == ""
    page.get_by_text("Sent: the customer can read it").wait_for()
    assert page.get_by_role("button", name="Undo").count() == 0


def test_a_reply_is_taken_back_with_a_key_and_its_words_stand_in_the_field_again(sign_in):
    page = sign_in("manager, team")
    open_new_one(page, "A reply too soon")
    keys = Keys(page)
    keys.press("r")
    keys.type("Use the key hunter2.")
    keys.press("Control+Enter")
    page.get_by_text("Leaves in").wait_for()
    keys.press("z")
    page.get_by_text("Your reply is taken back").wait_for()
    assert page.get_by_label("Text", exact=True).input_value() == "Use the key hunter2."
    assert "hunter2" not in page.locator("#said").inner_text()


@pytest.mark.long
def test_a_template_is_put_in_where_the_cursor_was_by_keyboard_alone(sign_in):
    page = sign_in("manager, team")
    open_new_one(page, "The words are always the same")
    keys = Keys(page)
    keys.press("r")
    keys.type("Before. After.")
    for _ in "After.":
        keys.press("ArrowLeft")
    keys.press("Escape")
    page.get_by_label("Text", exact=True).blur()
    keys.press("t")
    expect(page.get_by_label("Find a template")).to_be_focused()
    keys.type("hear from us")
    page.get_by_role("button", name="Ask for the logs").wait_for(state="hidden")
    keys.press("Enter")
    text = page.get_by_label("Text", exact=True)
    written = text.input_value()
    assert written.startswith("Before. Hello [who reported it],")
    assert "“The words are always the same”" in written
    assert written.endswith("Helen OkaforAfter.")
    assert text.evaluate("field => field === document.activeElement")


@pytest.mark.long
def test_without_javascript_an_engineer_acknowledges_notes_and_classifies(sign_in, chromium):
    with_script = sign_in("manager, team")
    open_new_one(with_script, "No scripts here")
    context = chromium.new_context(java_script_enabled=False, storage_state=with_script.context.storage_state())
    page = context.new_page()
    page.goto(with_script.url)
    page.get_by_role("link", name="Severity").click()
    dialog = page.locator("#dialog-severity")
    dialog.get_by_label("Severity").select_option("1")
    dialog.get_by_label("Reason").fill("It is worse than it looked.")
    follow(dialog.get_by_role("button"))
    assert page.get_by_text("The severity is Critical now").count() == 1
    follow(page.get_by_role("button", name="Acknowledge"))
    assert page.get_by_text("You acknowledged").count() == 1
    page.get_by_role("radio", name="Note").check()
    page.get_by_label("Text", exact=True).fill("Without a script.")
    follow(page.get_by_role("button", name="Keep the note"))
    assert page.locator('.message[data-kind="note"]').count() == 1
    context.close()


@pytest.mark.long
def test_the_palette_finds_acts_pages_and_incidents_by_a_few_letters(desk, sign_in):
    page = sign_in("manager, team")
    palette, field = page.get_by_role("dialog", name="Commands"), page.get_by_role("combobox", name="What do you want")
    Keys(page).press("Control+k")
    field.press_sequentially("escal")
    assert palette.get_by_role("option", selected=True).inner_text() == "Escalated\nViews"
    field.press("ArrowDown")
    assert palette.get_by_role("option", selected=True).inner_text() == "Escalations\nGo to"
    field.press("Enter")
    page.wait_for_url("**/desk/escalations")
    Keys(page).press("Control+k")
    field.press_sequentially("accounts go")
    field.press("Enter")
    page.wait_for_url("**/desk/accounts")
    page.goto(f"{desk.url}/desk/")
    reference = page.locator(".reference").first.inner_text()
    Keys(page).press("Control+k")
    field.press_sequentially(reference.lower())
    field.press("Enter")
    page.wait_for_url(f"**/desk/incidents/{reference}")
    Keys(page).press("Control+k")
    field.press_sequentially("severity")
    palette.get_by_role("option").first.click()
    page.locator("dialog[open]").get_by_label("Severity").wait_for()
    Keys(page).press("Escape")
    Keys(page).press("Control+k")
    field.press_sequentially("no such thing")
    assert palette.get_by_role("option").count() == 1
    field.press("Enter")
    page.wait_for_url("**/desk/?q=no+such+thing&state=any")
