"""The portal in a real Chromium, on a running desk with the demo's people. The `page` fixture fails on any script
error and on anything the Content-Security-Policy stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.harness.browser import follow
from tests.harness.desk_process import Desk

if TYPE_CHECKING:
    pass

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def desk(demo_desk: Desk) -> Desk:
    """One desk for all tests of this file: none of them disturbs another."""
    return demo_desk


def test_a_customer_sees_the_promise_change_with_the_choice_and_reports_once(sign_in):
    page = sign_in("customer, Break-Fix")
    page.get_by_role("link", name="Report an incident").first.click()
    promise = page.locator("#promise")
    page.get_by_role("radio", name="Severity 3 Medium").check()
    promise.get_by_text("makes no promise for Medium").wait_for()
    assert "Premium would answer by" in promise.inner_text()
    page.get_by_role("radio", name="Severity 1 Critical").check()
    promise.get_by_text("a person answers by").wait_for()
    promise.get_by_text("for you)").wait_for()  # Vienna's time beside Chicago's
    title = "Everything is down <script>alert(1)</script>"
    page.get_by_label("What is wrong, in one line?").fill(title)
    page.get_by_label("What happened?").fill("Since **noon**, see\n\n```\n<b>503</b>\n```")
    page.get_by_label("Files").set_input_files({"name": "<i>.log", "mimeType": "text/plain", "buffer": b"boom"})
    page.get_by_role("button", name="Send the report").dblclick()
    page.wait_for_url("**/incidents/WK-*")
    assert page.get_by_role("heading", level=1).inner_text() == title
    assert page.locator("pre").inner_text().strip() == "<b>503</b>"
    with page.expect_download() as download:
        page.get_by_role("link", name="<i>.log").click()
    assert download.value.path().read_bytes() == b"boom"
    page.goto(page.url.rpartition("/")[0] + "?q=Everything+is+down")
    assert page.locator("tbody tr").count() == 1


GIVE = """(form, [how, name, text]) => {
    const given = new DataTransfer();
    given.items.add(new File([text], name, { type: name.endsWith(".png") ? "image/png" : "text/plain" }));
    const told = how === "paste" ? { clipboardData: given } : { dataTransfer: given };
    const event = how === "paste" ? new ClipboardEvent(how, { ...told, bubbles: true, cancelable: true })
        : new DragEvent(how, { ...told, bubbles: true, cancelable: true });
    form.dispatchEvent(event);
}"""


@pytest.mark.long
def test_files_are_picked_dropped_and_pasted_and_survive_a_lost_connection(sign_in):
    page = sign_in("customer, Premium")
    page.get_by_role("link", name="Report an incident").first.click()
    page.get_by_role("radio", name="Severity 2 High").check()
    page.get_by_label("What is wrong, in one line?").fill("It says so in the log")
    page.get_by_label("Files").set_input_files({"name": "picked.log", "mimeType": "text/plain", "buffer": b"picked"})
    form = page.locator("form.report")
    for how, name in (("drop", "dropped.log"), ("drop", "by mistake.log"), ("paste", "image.png")):
        form.evaluate(GIVE, [how, name, "x" * 2048])
    page.get_by_role("button", name="Remove by mistake.log").click()
    chosen = page.locator(".chosen-files li")
    assert [line.split("\n")[0] for line in chosen.all_inner_texts()] == ["picked.log", "dropped.log", "pasted-1.png"]

    page.route("**/report", lambda route: route.abort())
    page.get_by_role("button", name="Send the report").click()
    page.get_by_text("The connection was lost. Nothing here is").wait_for()
    page.unroute("**/report")
    page.get_by_role("button", name="Send the report").click()
    page.wait_for_url("**/incidents/WK-*")
    page.get_by_text("Your report is in").wait_for()
    assert page.locator(".files a").all_inner_texts() == ["picked.log", "dropped.log", "pasted-1.png"]


@pytest.mark.long
def test_a_file_too_many_or_too_large_is_said_before_it_is_sent_and_a_refusal_shows_the_form_again(sign_in):
    page = sign_in("customer, Premium")
    page.get_by_role("link", name="Report an incident").first.click()
    files = page.get_by_label("Files")
    files.evaluate("(input) => { input.dataset.largest = 1024; input.dataset.most = 1; }")
    form = page.locator("form.report")
    form.evaluate(GIVE, ["drop", "large.log", "x" * 2048])
    page.get_by_text("large.log has 2 kB; a file may have 1 kB.").wait_for()
    for name in ("one.log", "two.log"):
        form.evaluate(GIVE, ["drop", name, "small"])
    page.get_by_text("A message takes 1 files; 1 were left out.").wait_for()
    page.get_by_label("What is wrong, in one line?").fill("No severity is chosen")
    form.evaluate("(form) => { form.noValidate = true; }")
    page.get_by_role("button", name="Send the report").click()
    page.get_by_text("Choose the severity that fits best.").first.wait_for()
    assert page.get_by_label("What is wrong, in one line?").input_value() == "No severity is chosen"


@pytest.mark.long
def test_without_javascript_a_customer_reports_answers_and_takes_it_back(sign_in, chromium):
    with_script = sign_in("customer, Advanced")
    context = chromium.new_context(java_script_enabled=False, storage_state=with_script.context.storage_state())
    page = context.new_page()
    page.goto(with_script.url.rpartition("/")[0] + "/report")
    page.get_by_role("radio", name="Severity 2 High").check()
    page.get_by_label("What is wrong, in one line?").fill("Half of it is down")
    page.get_by_role("button", name="Send the report").click()
    page.get_by_label("Your message").fill("It is the other half, in fact.")
    follow(page.get_by_role("button", name="Send", exact=True))
    assert page.get_by_text("It is the other half, in fact.").count() == 1
    page.get_by_text("Take the report back").click()
    page.get_by_label("Why?").fill("It was us.")
    follow(page.get_by_role("button", name="Take it back"))
    assert page.get_by_text("This incident is closed").count() == 1
    context.close()


def test_what_is_like_it_is_offered_while_one_writes_and_what_was_written_is_kept_until_it_is_sent(desk, sign_in):
    page = sign_in("customer, Premium")
    page.goto(f"{desk.url}/incidents?show=open")
    known = page.locator(".row-link").first.inner_text()
    page.goto(f"{desk.url}/report")
    page.get_by_label("What happened?").fill("Half of my words.")
    page.get_by_label("What is wrong, in one line?").press_sequentially(known[:30])
    offered = page.locator("#similar").get_by_role("link", name=known)
    offered.wait_for()
    offered.click()
    page.wait_for_url("**/incidents/WK-*")
    page.get_by_label("Your message").fill("I see it too.")
    page.goto(f"{desk.url}/report")
    assert page.get_by_label("What happened?").input_value() == "Half of my words."
    assert page.get_by_label("What is wrong, in one line?").input_value() == known[:30]
    page.get_by_role("radio", name="Severity 1 Critical").check()
    page.get_by_role("button", name="Send the report").click()
    page.wait_for_url("**/incidents/WK-*")
    page.goto(f"{desk.url}/report")
    assert page.get_by_label("What happened?").input_value() == ""
    assert page.get_by_label("What is wrong, in one line?").input_value() == ""
