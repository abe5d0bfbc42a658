"""Whether a page fits the window it is opened in, whatever the theme."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page, ViewportSize


def is_too_wide(page: Page) -> bool:
    """Whether the page can be scrolled sideways."""
    return page.evaluate("document.documentElement.scrollWidth > innerWidth")


def require_fit(page: Page, addresses: Iterable[str], window: ViewportSize) -> None:
    """Open each address: it answers, stays within the window in both themes, and has one heading of the first rank."""
    page.set_viewport_size(window)
    for address in addresses:
        answer = page.goto(address)
        assert answer is not None, address
        assert answer.status == 200, address
        assert page.get_by_role("heading", level=1).count() == 1, address
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme)
            assert not is_too_wide(page), f"{address} is too wide in the {theme} theme"


def cut(page: Page) -> list[str]:
    """What of a page has to be scrolled sideways to be read: each table by its caption."""
    return page.evaluate(TOO_WIDE)


TOO_WIDE = """() => [...document.querySelectorAll("table")]
    .filter((table) => table.checkVisibility() && table.parentElement.scrollWidth > table.parentElement.clientWidth + 1)
    .map((table) => `the table “${table.caption?.textContent.trim()}” is wider than its place`)"""
