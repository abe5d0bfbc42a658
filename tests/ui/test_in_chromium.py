"""The scripts of the shell in a real Chromium. Its clock is the test's: it starts at Friday 6 March 2026, 22:30 UTC."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.template import engines
from django.template.loader import render_to_string
from django.utils import translation
from playwright.sync_api import Page, expect

from tests.ui.conftest import DESK, Visit, gallery_page
from watchkeeper.ui.moments import DeskZone, duration, written
from watchkeeper.ui.time_left import TimeLeft

pytestmark = pytest.mark.browser

Render = Callable[..., str]
NOW = datetime(2026, 3, 6, 22, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
MONDAY = datetime(2026, 3, 9, 13, tzinfo=UTC)
EIGHT_HOURS = TimeLeft(
    "running",
    NOW,
    datetime(2026, 3, 9, 20, 30, tzinfo=UTC),
    8 * HOUR,
    8 * HOUR,
    ((NOW, NOW + HOUR / 2), (MONDAY, MONDAY + 7.5 * HOUR)),
)


def page_with(render: Render, body: str, **context: object) -> str:
    context = {"desk_zone": "America/Chicago", "desk_zone_label": "CT"} | context
    return render('{% extends "ui/portal.html" %}{% load ui %}{% block content %}' + body + "{% endblock %}", **context)


@pytest.fixture
def render() -> Render:
    return lambda source, **context: engines["django"].from_string(source).render(context)


def countdown(visit: Visit, render: Render, left: TimeLeft = EIGHT_HOURS) -> Page:
    return visit(page_with(render, '{% time_left left size="ring" %}', left=left))


def arc(page: Page) -> str | None:
    return page.locator("[data-part=arc]").get_attribute("stroke-dasharray")


def test_the_figure_and_the_ring_drain_while_support_is_open(visit: Visit, render: Render) -> None:
    page = countdown(visit, render)
    expect(page.locator("[data-part=figure]")).to_have_text("8 h")
    page.clock.run_for(20 * 60 * 1000)
    expect(page.locator("[data-part=figure]")).to_have_text("7 h 40 min")
    assert arc(page) == "95.83 100"


def test_they_stand_still_over_the_weekend_and_say_until_when(visit: Visit, render: Render) -> None:
    page = countdown(visit, render)
    page.clock.fast_forward(31 * 60 * 1000)
    page.clock.run_for(1000)
    figure, still = page.locator("[data-part=figure]"), page.locator("[data-part=still]")
    expect(figure).to_have_text("7 h 30 min")
    expect(still).to_have_text("Stands still: support opens Mon 9 Mar, 14:00 CET")
    page.clock.fast_forward(24 * 3600 * 1000)
    page.clock.run_for(1000)
    expect(figure).to_have_text("7 h 30 min")


def test_they_go_on_when_support_opens_again(visit: Visit, render: Render) -> None:
    page = countdown(visit, render)
    page.clock.fast_forward((MONDAY + HOUR - NOW) // timedelta(milliseconds=1))
    page.clock.run_for(1000)
    expect(page.locator("[data-part=figure]")).to_have_text("6 h 29 min")
    expect(page.locator("[data-part=still]")).to_be_hidden()


def test_the_page_is_told_once_when_the_window_has_passed(visit: Visit, render: Render) -> None:
    page = countdown(visit, render, TimeLeft("running", NOW, NOW + HOUR, HOUR, HOUR, ((NOW, NOW + HOUR),)))
    page.evaluate("document.addEventListener('watchkeeper:due', () => { window.told = (window.told ?? 0) + 1 })")
    page.clock.fast_forward(3600 * 1000)
    page.clock.run_for(5000)
    expect(page.locator("[data-part=figure]")).to_have_text("Due now")
    assert page.evaluate("window.told") == 1


def test_the_tone_warns_from_half_of_the_window_and_from_four_fifths(visit: Visit, render: Render) -> None:
    page = countdown(visit, render, TimeLeft("running", NOW, NOW + HOUR, HOUR, HOUR, ((NOW, NOW + HOUR),)))
    clock = page.locator(".time-left")
    for minutes, tone in ((29, "calm"), (1, "soon"), (17, "soon"), (1, "urgent")):
        page.clock.fast_forward(minutes * 60 * 1000 - 1000)
        page.clock.run_for(1000)
        expect(clock).to_have_attribute("data-tone", tone)


def test_the_servers_clock_counts_and_not_the_readers(visit: Visit, render: Render) -> None:
    page = countdown(visit, render)
    offset = """async ([server, answeredAt]) =>
        (await import('/static/ui/js/clock.js')).offsetFrom(server, answeredAt)"""
    assert page.evaluate(offset, ["1970-01-01T00:01:00Z", 45_000]) == 15_000
    assert page.evaluate(offset, [None, 45_000]) == 0


def test_browser_and_server_write_a_length_alike(visit: Visit, render: Render) -> None:
    page = countdown(visit, render)
    lengths = [0, 7, 59, 60, 552, 599, 600, 2399, 3600, 24_059, 172_800]
    spoken = "async (all) => { const m = await import('/static/ui/js/countdown.js'); return all.map(m.spoken) }"
    said = page.evaluate(spoken, [1000 * seconds for seconds in lengths])
    assert said == [duration(timedelta(seconds=seconds)) for seconds in lengths]


def test_browser_and_server_write_a_moment_alike(visit: Visit, render: Render) -> None:
    page = countdown(visit, render)
    asked = """async ([all, style]) => {
        const { written } = await import('/static/ui/js/moments.js');
        return all.map((at) => written(at, style, 'America/Chicago', 'CT'));
    }"""
    year = [datetime(2026, month, 9, 4, 5, 6, tzinfo=UTC) for month in range(1, 13)]
    for style in ("short", "zoned", "full", "day", "clock", "dated", "dated-zoned"):
        said = page.evaluate(asked, [[at.timestamp() * 1000 for at in year], style])
        assert said == [written(at, style, DeskZone("America/Chicago", "CT")) for at in year]


def test_browser_and_server_write_a_moment_alike_in_german(visit: Visit, render: Render) -> None:
    with translation.override("de"):
        page = visit(page_with(render, "{% moment at 'zoned' %}", at=NOW))
        assert page.locator("html").get_attribute("lang") == "de"
        shown = page.locator("main time").inner_text()
        assert shown == written(NOW, "zoned", DeskZone("Europe/Berlin", "MEZ"))


def test_a_reader_sees_their_own_time_and_may_ask_for_the_desks(visit: Visit, render: Render) -> None:
    page = visit(page_with(render, "{% moment at 'zoned' %}", at=NOW))
    moment = page.locator("main time")
    expect(moment).to_have_text("Fri 6 Mar, 23:30 CET")
    expect(moment).to_have_attribute("title", "Friday 6 March 2026, 16:30:00 CT at the desk")
    page.get_by_role("radio", name="Desk · CT").check()
    expect(moment).to_have_text("Fri 6 Mar, 16:30 CT")
    page.reload()
    expect(moment).to_have_text("Fri 6 Mar, 16:30 CT")


def test_who_lives_in_the_desks_zone_is_not_asked(visit: Visit, render: Render) -> None:
    page = visit(page_with(render, "{% moment at 'zoned' %}", at=NOW), timezone_id="America/Chicago")
    expect(page.locator("main time")).to_have_text("Fri 6 Mar, 16:30 CT")
    expect(page.locator("[data-zone-switch]")).to_be_hidden()


def test_a_chosen_theme_is_there_before_the_page_is_painted(visit: Visit) -> None:
    page = visit(gallery_page("public"), color_scheme="light")
    page.get_by_role("radio", name="Dark").check()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.route("**/page.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    page.goto(f"{DESK}/again")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_a_dialog_opens_with_focus_inside_and_closes_on_escape(visit: Visit) -> None:
    page = visit(gallery_page())
    page.get_by_text("Open a dialog").click()
    expect(page.locator("#to")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#reassign")).to_be_hidden()


def test_without_scripts_the_page_shows_its_rings_and_its_dialogs(visit: Visit) -> None:
    page = visit(gallery_page(), java_script_enabled=False)
    expect(page.locator("[data-part=figure]").first).to_have_text("8 min 12 s")
    expect(page.locator("[data-theme-switch]").first).to_be_hidden()
    expect(page.locator("#reassign")).to_be_hidden()
    page.get_by_text("Open a dialog").click()
    expect(page.locator("#reassign")).to_be_visible()


def test_the_menu_closes_on_escape_and_gives_the_focus_back(visit: Visit) -> None:
    page = visit(gallery_page("portal"))
    page.locator("summary").click()
    page.get_by_role("link", name="My account").focus()
    page.keyboard.press("Escape")
    expect(page.locator("details[data-menu]")).not_to_have_attribute("open", "")
    expect(page.locator("summary")).to_be_focused()


def test_a_message_can_be_dismissed(visit: Visit) -> None:
    page = visit(gallery_page())
    shown = page.locator("main [data-flash]")
    before = shown.count()
    shown.first.get_by_role("button", name="Dismiss").click()
    expect(shown).to_have_count(before - 1)


def test_the_first_tab_reaches_the_link_that_skips_to_the_content(visit: Visit, render: Render) -> None:
    page = visit(page_with(render, "<h1>Incidents</h1>"))
    page.keyboard.press("Tab")
    expect(page.locator(".skip-link")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()


@pytest.mark.parametrize("shell", ["public", "portal", "desk"])
def test_no_page_is_wider_than_its_window(visit: Visit, shell: str) -> None:
    page = visit(gallery_page(shell))
    for width in (320, 360, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") == width


UNREADABLE = """() => {
  const parse = (colour) => (colour.match(/[\\d.]+/g) ?? []).map(Number);
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const [r, g, b, alpha = 1] = parse(getComputedStyle(at).backgroundColor);
      if (alpha === 1) return [r, g, b];
    }
  };
  const linear = (part) => (part /= 255) <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  const luminance = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  const bad = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || !element.checkVisibility() || element.closest("[disabled]")) continue;
    const pair = [parse(getComputedStyle(element).color), ground(element)].map(luminance).sort((a, b) => b - a);
    const ratio = (pair[0] + 0.05) / (pair[1] + 0.05);
    if (ratio < 4.5) bad.push(`${ratio.toFixed(2)} ${element.className || element.tagName}: ${element.textContent}`);
  }
  return bad;
}"""


@pytest.mark.parametrize("shell", ["public", "portal", "desk"])
def test_all_text_of_all_components_can_be_read(visit: Visit, shell: str) -> None:
    page = visit(gallery_page(shell), reduced_motion="reduce")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert page.evaluate(UNREADABLE) == []


def test_on_paper_there_is_nothing_to_press(visit: Visit) -> None:
    page = visit(gallery_page("public"))
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.locator(".topbar")).to_be_hidden()
    expect(page.locator(".button").first).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"


def test_an_error_page_stands_by_itself(visit: Visit) -> None:
    page = visit(render_to_string("500.html"))
    expect(page.get_by_role("heading", level=1)).to_have_text("The desk made a mistake")
