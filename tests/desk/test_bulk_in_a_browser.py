"""Choosing several incidents in a real Chromium, by keys and mouse, while the queue changes; and acting on them on a
running desk."""

from __future__ import annotations

from threading import Thread
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from tests.harness.axe import violations
from tests.harness.browser import Keys, follow
from tests.harness.desk_process import wait_until
from tests.harness.fit import cut, is_too_wide
from tests.live.visitor import Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

NEWS = "document.dispatchEvent(new Event('visibilitychange'))"
"""What the browser tells a page when its reader returns to it: the page asks whether the queue changed."""


def acknowledge_meanwhile(page: Page, reference: str) -> None:
    """Somebody takes an incident meanwhile, so that its row changes."""
    token = page.locator("[name=csrfmiddlewaretoken]").first.input_value()
    answer = page.request.post(
        page.url.partition("?")[0] + f"incidents/{reference}/acknowledgement",
        form={"csrfmiddlewaretoken": token},
        headers={"Referer": page.url},
    )
    assert answer.ok, answer.text()


def test_several_are_chosen_looked_at_and_acted_on_and_stay_chosen_while_the_queue_changes(demo_desk, sign_in):
    page = sign_in("manager, team")
    page.goto(f"{demo_desk.url}/desk/?state=new")
    keys, boxes = Keys(page), page.locator("td.choosing input")
    bar = page.get_by_role("form", name="Chosen incidents")
    page.get_by_label("Choose all on this page").wait_for()
    assert boxes.count() >= 4, "the demo has too few new incidents"
    names = [boxes.nth(n).get_attribute("value") for n in range(boxes.count())]
    assert not bar.is_visible()

    keys.press("j")
    keys.press("m")
    bar.get_by_text("1 chosen").wait_for()
    boxes.nth(2).click(modifiers=["Shift"])
    bar.get_by_text("3 chosen").wait_for()
    keys.press("k")
    keys.press("k")
    keys.press("m")
    bar.get_by_text("2 chosen").wait_for()
    assert [box.is_checked() for box in boxes.all()[:4]] == [False, True, True, False]

    acknowledge_meanwhile(page, names[1])
    page.evaluate(NEWS)
    bar.get_by_text("2 chosen, 1 no longer in this list").wait_for()
    assert page.locator(f"#choose-{names[2]}").is_checked()
    assert not violations(page)

    follow(bar.get_by_role("button", name="Acknowledge"))
    page.get_by_role("heading", name="Acknowledge: 2 incidents").wait_for()
    page.get_by_role("row", name=names[1]).get_by_text("Refused").wait_for()
    page.get_by_role("row", name=names[2]).get_by_text("New → Acknowledged").wait_for()
    assert not violations(page)

    follow(page.get_by_role("button", name="Acknowledge: 1 incident"))
    page.get_by_role("heading", name="Acknowledged: 1 of 2 incidents").wait_for()
    assert page.get_by_role("row", name=names[2]).get_by_text("Acknowledged").count() == 2
    assert not violations(page)

    follow(page.get_by_role("link", name="Back to the queue"))
    page.get_by_label("Choose all on this page").check()
    follow(bar.get_by_role("button", name="Severity"))
    page.get_by_label("Severity").select_option("1")
    page.get_by_label("Reason").fill("Everything stands still.")
    follow(page.get_by_role("button", name="See what happens"))
    page.get_by_text("→ Critical").first.wait_for()
    assert not cut(page)
    page.set_viewport_size({"width": 320, "height": 800})
    assert not is_too_wide(page)


def test_each_is_on_record_as_soon_as_it_is_done_though_the_next_one_has_to_wait(demo_desk):
    helen = Visitor(demo_desk).signs_in("manager, team")
    with demo_desk.database() as owner, demo_desk.database() as another:
        two = "select id, reference from incidents_incident order by id limit 2"
        (_, first), (key, second) = owner.execute(two).fetchall()

        def notes_on(reference: str) -> int:
            of_it = "select count(*) from incidents_event e join incidents_incident i on i.id = e.incident_id"
            told = f"{of_it} where i.reference = %s and kind = 'noted'"
            return owner.execute(told, [reference]).fetchone()[0]

        before = notes_on(first), notes_on(second)
        with another.transaction():
            another.execute("select from incidents_incident where id = %s for update", [key])
            form = {"act": "note", "step": "confirm", "key": str(uuid4()), "text": "Told to all.", "previewed": ""}
            posting = Thread(target=lambda: helen.posts("/desk/bulk", of=[first, second], **form))
            posting.start()
            wait_until(lambda: notes_on(first) == before[0] + 1, seconds=20)
            assert notes_on(second) == before[1]
        posting.join(20)
        assert notes_on(second) == before[1] + 1
