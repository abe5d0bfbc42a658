"""Every page of the demo's desk as pictures to look at: in both themes, and as wide as a phone.

``make screenshots`` runs it; its name keeps it out of the suite. The pictures go to ``build/screenshots``.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.harness.axe import AT_THEIR_END
from tests.harness.desk_process import Desk
from tests.pages.furnishing import furnished_desk
from tests.pages.visits import WHO, readers, visits

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["furnished_desk"]

FOLDER = Path(__file__).parents[2] / "build" / "screenshots"
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
LOOKS = {
    "light": ("light", DESKTOP),
    "dark": ("dark", DESKTOP),
    "phone": ("light", PHONE),
    "document": ("light", {"width": 1280, "height": 720}),  # the upper part alone, as in docs/images
}


@pytest.mark.parametrize("role", WHO)
def test_take_them(furnished_desk: Desk, page: Page, sign_in, role) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    page.context.clear_cookies()
    if role != "nobody":
        sign_in(WHO[role])
    for visit in visits(furnished_desk):
        if readers(visit.name)[0] != role:
            continue
        page.goto(furnished_desk.url + visit.path)
        name = "-".join(visit.path.partition("?")[0].split("/")).strip("-") or "start"
        for look, (scheme, window) in LOOKS.items():
            page.set_viewport_size(window)
            page.emulate_media(color_scheme=scheme)
            page.evaluate(AT_THEIR_END)
            page.screenshot(path=FOLDER / f"{name}.{look}.png", full_page=look != "document")
