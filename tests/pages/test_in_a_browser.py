"""Every page of the demo's desk in a real Chromium, for every role that may open it.

The `page` fixture fails on a script that raised and on what the Content-Security-Policy stopped. Who sees most of a
page has it looked at by axe as well, and on a phone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.harness.axe import violations
from tests.harness.desk_process import Desk
from tests.harness.fit import cut, is_too_wide
from tests.pages.furnishing import furnished_desk
from tests.pages.visits import LOOK_ALIKE, WHO, Visit, files, readers, visits

if TYPE_CHECKING:
    from playwright.sync_api import Page, Request

__all__ = ["furnished_desk"]

pytestmark = pytest.mark.browser

SMALLEST = {"width": 320, "height": 640}


@pytest.fixture
def faults(page: Page) -> list[str]:
    """What a browser complains of on any page: its console, and what could not be fetched."""
    found: list[str] = []
    page.on(
        "console", lambda said: found.append(f"console: {said.text}") if said.type in ("error", "warning") else None
    )
    page.on("requestfailed", lambda request: found.extend(_not_fetched(request)))
    page.on("response", lambda answer: found.append(f"{answer.status} {answer.url}") if answer.status >= 400 else None)
    return found


@pytest.mark.long
@pytest.mark.parametrize("role", WHO)
def test_every_page_is_sound_for_whom_it_is(furnished_desk: Desk, page: Page, sign_in, faults: list[str], role) -> None:
    page.context.clear_cookies()
    if role != "nobody":
        sign_in(WHO[role])
    complaints, dialogs = [], set()
    for visit in visits(furnished_desk):
        who = readers(visit.name)
        if role not in who:
            continue
        found = _looked_at(page, furnished_desk, visit)
        if role == who[0] and visit.name not in LOOK_ALIKE:
            found += violations(page, dialogs) + _on_a_phone(page)
        complaints += [f"{visit.path}: {each}" for each in (*found, *faults)]
        faults.clear()
    assert not complaints, "\n".join(["", *complaints])


@pytest.mark.long
@pytest.mark.parametrize("role", ["manager", "customer manager"])
def test_every_page_fits_with_the_longer_words_of_german_too(
    furnished_desk: Desk, page: Page, sign_in, faults: list[str], role
) -> None:
    sign_in(WHO[role])
    page.context.add_cookies([{"name": "django_language", "value": "de", "url": furnished_desk.url}])
    complaints = []
    for visit in visits(furnished_desk):
        if role == readers(visit.name)[0] and visit.name not in LOOK_ALIKE:
            found = _looked_at(page, furnished_desk, visit) + _on_a_phone(page)
            assert page.locator("html").get_attribute("lang") == "de"
            complaints += [f"{visit.path}: {each}" for each in (*found, *faults)]
            faults.clear()
    assert not complaints, "\n".join(["", *complaints])


@pytest.mark.parametrize(("role", "path"), [("nobody", "/no-such-page"), ("manager", "/desk/incidents/WK-222222")])
def test_what_does_not_exist_is_said_on_a_sound_page(furnished_desk: Desk, page: Page, sign_in, role, path) -> None:
    if role != "nobody":
        sign_in(WHO[role])
    answer = page.goto(furnished_desk.url + path)
    assert (answer.status, page.locator("h1").count()) == (404, 1)
    assert not violations(page) + _on_a_phone(page)


def test_every_file_is_there_for_whom_it_is(furnished_desk: Desk, page: Page, sign_in) -> None:
    for role in ("manager", "customer manager"):
        sign_in(WHO[role])
        for visit in files(furnished_desk):
            if role in readers(visit.name):
                answer = page.context.request.get(furnished_desk.url + visit.path)
                assert (answer.status, bool(answer.body())) == (200, True), visit.path


def _on_a_phone(page: Page) -> list[str]:
    window = page.viewport_size
    page.set_viewport_size(SMALLEST)
    found = ["is wider than the smallest phone"] if is_too_wide(page) else []
    page.set_viewport_size(window)
    return found


def _not_fetched(request: Request) -> Iterator[str]:
    if request.failure != "net::ERR_ABORTED":  # a page that is left while it looks for news
        yield f"not fetched: {request.url} {request.failure}"


def _looked_at(page: Page, desk: Desk, visit: Visit) -> list[str]:
    answer = page.goto(desk.url + visit.path)
    assert answer is not None
    headings = page.locator("h1").count()
    found = [] if answer.status == 200 else [f"answers {answer.status}"]
    found += [] if headings == 1 else [f"has {headings} headings of the first rank"]
    return found + cut(page)
