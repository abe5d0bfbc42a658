"""An outage at the desk: what it is made of, and one update to all that are part of it."""

from __future__ import annotations

import pytest

from tests.desk.test_bulk import KEY
from tests.reading import words_of
from watchkeeper.core.leaving import HELD_FOR
from watchkeeper.incidents import verbs


@pytest.fixture
def outage(cast, report):
    """Petra's incident with Ada's and Basil's under it."""
    parent, *below = (report(who) for who in (cast.petra, cast.ada, cast.basil))
    for each in below:
        verbs.put_under(each, parent=parent, by=cast.ana)
    return parent, below


def named(incidents):
    return " ".join(each.reference for each in incidents)


def test_an_incident_is_put_under_another_and_taken_out_again(cast, report, browser_of):
    parent, child = report(cast.petra), report(cast.ada)
    ana = browser_of(cast.ana)
    answer = ana.post(f"/desk/incidents/{child.reference}/outage", {"parent": parent.reference.lower()}, follow=True)
    assert f"{child.reference} is part of {parent.reference} now." in words_of(answer.content)
    assert f"It is part of {parent.reference}" in words_of(answer.content)
    assert child.reference in words_of(ana.get(f"/desk/incidents/{parent.reference}").content)
    answer = ana.post(f"/desk/incidents/{child.reference}/outage/end", follow=True)
    assert f"{child.reference} is part of no outage any more." in words_of(answer.content)


def test_an_update_reaches_whom_the_composer_said_and_nobody_who_came_since(cast, outage, browser_of, report):
    parent, below = outage
    ana = browser_of(cast.ana)
    page = words_of(ana.get(f"/desk/incidents/{parent.reference}").content)
    assert "for the 2 open incidents of this outage too" in page
    assert all(f"{each.account.name} ({each.reference})" in page for each in below)
    late = report(cast.clara)
    verbs.put_under(late, parent=parent, by=cast.bo)
    ana.post(f"/desk/incidents/{parent.reference}/replies", {"text": "The carrier is down.", "to_all": named(below)})
    assert [each.events.filter(kind="replied").count() for each in (parent, *below, late)] == [1, 1, 1, 0]
    child = words_of(ana.get(f"/desk/incidents/{below[0].reference}").content)
    assert f"said on the outage {parent.reference}, to all of it" in child


def test_without_the_tick_it_is_said_to_the_one_customer_alone(cast, outage, browser_of):
    parent, below = outage
    browser_of(cast.ana).post(f"/desk/incidents/{parent.reference}/replies", {"text": "For you alone."})
    assert [each.events.filter(kind="replied").count() for each in (parent, *below)] == [1, 0, 0]


def test_the_end_of_it_resolves_all(cast, outage, browser_of):
    parent, below = outage
    browser_of(cast.ana).post(
        f"/desk/incidents/{parent.reference}/resolution", {"text": "It is back.", "to_all": named(below)}
    )
    for each in (parent, *below):
        each.refresh_from_db()
        assert each.state == "resolved"


def test_a_customer_reads_the_update_and_learns_of_no_other(cast, outage, browser_of, clock):
    parent, below = outage
    advanced = below[0]
    browser_of(cast.ana).post(
        f"/desk/incidents/{parent.reference}/replies", {"text": "It is down.", "to_all": named(below)}
    )
    clock.advance(HELD_FOR * 2)
    page = browser_of(cast.ada).get(f"/incidents/{advanced.reference}").content.decode()
    assert "It is down." in page
    assert parent.reference not in page
    assert "outage" not in page


def test_several_are_put_under_one_from_the_queue(cast, report, browser_of):
    parent, *below = (report(who) for who in (cast.petra, cast.ada, cast.basil))
    ana = browser_of(cast.ana)
    asked = {"act": "outage", "of": [each.reference for each in below]}
    asked["key"] = KEY.search(ana.get("/desk/bulk", asked).content.decode())[1]
    preview = ana.post("/desk/bulk", asked | {"step": "preview", "to": parent.reference})
    assert words_of(preview.content).count("No clock changes") == 2
    ana.post("/desk/bulk", asked | {"step": "confirm", "to": parent.reference, "previewed": parent.reference})
    assert set(parent.below.values_list("reference", flat=True)) == {each.reference for each in below}
