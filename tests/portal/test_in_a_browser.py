"""The portal in a real Chromium, on a running desk with the demo's people. The `page` fixture fails on any script
error and on anything the Content-Security-Policy stopped."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from tests.harness.desk_process import Desk, environment

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One desk for all tests of this file, with the demo's people: none of them disturbs another."""
    folder = tmp_path_factory.mktemp("desk")
    started = Desk(folder, environment(folder))
    started.start()
    started.run("demo")
    yield started
    started.stop()


@pytest.fixture
def sign_in(desk: Desk, page: Page) -> Callable[[str], Page]:
    """``sign_in("Break-Fix")``: the browser, signed in as the demo's first customer of whom that is said."""
    people = json.loads((desk.var / "demo-sign-ins.json").read_text())

    def signed_in(who: str) -> Page:
        person = next(person for person in people if "customer" in person["who"] and who in person["who"])
        page.goto(f"{desk.url}/sign-in")
        page.get_by_label("E-mail").fill(person["email"])
        page.get_by_label("Password").fill(person["password"])
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url("**/incidents")
        return page

    return signed_in


def is_wider_than_the_screen(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth > innerWidth")


def test_a_customer_sees_the_promise_change_with_the_choice_and_reports_once(sign_in):
    page = sign_in("Break-Fix")
    page.get_by_role("link", name="Report an incident").first.click()
    promise = page.locator("#promise")
    page.get_by_role("radio", name="Severity 3 Medium").check()
    promise.get_by_text("makes no promise for Medium").wait_for()
    assert "Premium would answer by" in promise.inner_text()
    page.get_by_role("radio", name="Severity 1 Critical").check()
    promise.get_by_text("a person answers by").wait_for()
    assert "for you)" in promise.inner_text(), "Vienna's time stands beside Chicago's"
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


def test_on_a_phone_a_customer_does_everything_and_nothing_sticks_out(sign_in):
    page = sign_in("Premium")
    page.set_viewport_size(PHONE)
    addresses = ["/incidents?show=all", "/report", "/support-terms", "/my-account", "/support-levels"]
    page.goto(page.url + "?show=all")
    page.locator(".row-link").first.click()
    page.wait_for_url("**/incidents/WK-*")
    base = page.url.split("/incidents")[0]
    addresses.append(page.url.removeprefix(base))
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        for address in addresses:
            assert page.goto(base + address).status == 200
            assert not is_wider_than_the_screen(page), f"{address} is wider than a phone"
            assert page.get_by_role("heading", level=1).count() == 1


def test_without_javascript_a_customer_reports_answers_and_takes_it_back(sign_in, chromium):
    with_script = sign_in("Advanced")
    context = chromium.new_context(java_script_enabled=False, storage_state=with_script.context.storage_state())
    page = context.new_page()
    page.goto(with_script.url.rpartition("/")[0] + "/report")
    page.get_by_role("radio", name="Severity 2 High").check()
    page.get_by_label("What is wrong, in one line?").fill("Half of it is down")
    page.get_by_role("button", name="Send the report").click()
    page.get_by_label("Your message").fill("It is the other half, in fact.")
    page.get_by_role("button", name="Send", exact=True).click()
    assert page.get_by_text("It is the other half, in fact.").count() == 1
    page.get_by_text("Take the report back").click()
    page.get_by_label("Why?").fill("It was us.")
    page.get_by_role("button", name="Take it back").click()
    assert page.get_by_text("This incident is closed").count() == 1
    context.close()
