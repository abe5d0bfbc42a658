"""A real Chromium, the one the system has: Playwright drives it and downloads nothing."""

import os
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="module")
def chromium() -> "Iterator[Browser]":
    """One browser for a module. While it is open Playwright's loop runs in this thread, so it is closed after: other
    tests have loops of their own, and Django takes every query beside a loop for an async one."""
    from playwright.sync_api import sync_playwright

    executable = next(filter(None, map(shutil.which, NAMES)), None)
    if executable is None:
        missing = pytest.fail if os.environ.get("CI") else pytest.skip
        missing("the browser tests need Chromium: apt-get install chromium-headless-shell")
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=executable, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: "Browser") -> "Iterator[Page]":
    """A fresh browser, signed in nowhere. A script that raised, or that our policy stopped, fails the test."""
    context = chromium.new_context(locale="en-GB", timezone_id="Europe/Vienna", viewport={"width": 1280, "height": 900})
    context.set_default_timeout(15_000)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
    yield page
    context.close()
    assert not faults, "the page's scripts failed:\n" + "\n".join(faults)


def follow(link: "Locator") -> None:
    """Press what leads to another page, and be there: a click alone does not wait for it."""
    with link.page.expect_navigation():
        link.click()


class Keys:
    """The keyboard of somebody who sees a page before they press a key."""

    def __init__(self, page: "Page") -> None:
        self._page = page

    def press(self, key: str) -> None:
        self._page.wait_for_load_state()
        self._page.keyboard.press(key)

    def type(self, words: str) -> None:
        self._page.keyboard.type(words)
