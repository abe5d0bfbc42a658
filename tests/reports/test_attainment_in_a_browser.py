"""Attainment in Chromium: its reports and charts come into the page, the policy stops nothing, axe is calm."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.harness.axe import AT_THEIR_END, violations

LOOKS = {
    "light": ("light", {"width": 1280, "height": 900}),
    "dark": ("dark", {"width": 1280, "height": 900}),
    "phone": ("light", {"width": 320, "height": 720}),
}
SIDES = {"manager": "/desk/attainment?period=all", "customer manager, Premium": "/attainment?period=all"}


@pytest.mark.browser
@pytest.mark.long
@pytest.mark.parametrize("who", SIDES)
def test_the_reports_come_into_the_page_with_their_charts(demo_desk, page, sign_in, who):
    sign_in(who)
    page.goto(demo_desk.url + SIDES[who])
    for chart in range(3):
        page.locator(".chart-place svg").nth(chart).wait_for(timeout=120_000)
    page.get_by_role("heading", name="Time to acknowledge").locator("..").get_by_role("table").wait_for()
    for name, (scheme, window) in LOOKS.items():
        page.set_viewport_size(window)
        page.emulate_media(color_scheme=scheme)
        page.evaluate(AT_THEIR_END)
        if folder := os.environ.get("PICTURES"):
            page.screenshot(path=Path(folder) / f"{who.split()[0]}.{name}.png", full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), f"{name} is too wide"
        assert not violations(page)
    bar = page.locator(".chart-place .chart-met-fill").first
    assert bar.evaluate("bar => getComputedStyle(bar).fill") != "rgb(0, 0, 0)"
    page.locator(".heat-table summary").click()
    link = page.locator("td.number a").first
    said = link.inner_text()
    link.click()
    page.wait_for_url(lambda url: "/attainment/incidents" in url)
    assert page.locator("main p strong").first.inner_text() == said
