"""Whether a page fits the window it is opened in, whatever the theme."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page


def is_too_wide(page: Page) -> bool:
    """Whether the page can be scrolled sideways."""
    return page.evaluate("document.documentElement.scrollWidth > innerWidth")


def cut(page: Page) -> list[str]:
    """What of a page has to be scrolled sideways to be read: each table by its caption."""
    return page.evaluate(TOO_WIDE)


TOO_WIDE = """() => [...document.querySelectorAll("table")]
    .filter((table) => table.checkVisibility() && table.parentElement.scrollWidth > table.parentElement.clientWidth + 1)
    .map((table) => `the table “${table.caption?.textContent.trim()}” is wider than its place`)"""
