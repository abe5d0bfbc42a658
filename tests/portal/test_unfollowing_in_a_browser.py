"""The page that the link at the foot of a mail opens, in a real Chromium."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.harness.axe import violations
from tests.harness.fit import is_too_wide
from watchkeeper.incidents.leaving_links import leaving_link
from watchkeeper.incidents.models import Incident
from watchkeeper.people.models import Person

pytestmark = pytest.mark.browser

PICTURES = Path(__file__).parents[2] / "build" / "screenshots" / "mail"


@pytest.mark.long
@pytest.mark.parametrize("width", [320, 700])
def test_the_page_asks_before_it_does_anything(demo_desk, page, settings, width):
    settings.SECRET_KEY = (demo_desk.folder / "var" / "secret-key").read_text().strip()
    settings.WATCHKEEPER_BASE_URL = demo_desk.url
    with demo_desk.database() as owner:
        reference, key = owner.execute(
            "select reference, reporter_id from incidents_incident where state = 'new'"
        ).fetchone()
    page.set_viewport_size({"width": width, "height": 700})
    page.goto(leaving_link(Incident(reference=reference), Person(pk=key)))
    page.get_by_role("heading", name=f"Stop following {reference}").wait_for()
    assert page.get_by_role("button", name="Stop following it").is_visible()
    assert not is_too_wide(page)
    assert violations(page) == []
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"unfollow-{width}.png", full_page=True)
