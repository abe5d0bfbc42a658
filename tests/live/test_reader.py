"""What a stream may tell whom: the same as the pages show, asked anew for each change."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from watchkeeper.core import timeline as t
from watchkeeper.incidents import verbs
from watchkeeper.incidents.announcement import Announcement
from watchkeeper.incidents.live.reader import shown_to
from watchkeeper.people.wall import stand_for_the_desk


@pytest.fixture
def session_of(browser_of):
    """``session_of(person)``: the name of a session in which that person is signed in."""
    return lambda person: browser_of(person).session.session_key


def test_each_hears_of_what_their_pages_show(cast, report, session_of):
    mine, foreign = report(cast.petra), report(cast.clara)
    replies = [Announcement.of(incident, [t.REPLIED]) for incident in (mine, foreign)]
    assert shown_to(session_of(cast.petra), replies) == [mine.reference]
    assert shown_to(session_of(cast.ada), replies) == []
    assert set(shown_to(session_of(cast.ana), replies)) == {mine.reference, foreign.reference}


def test_a_note_is_heard_by_the_team_alone(cast, report, session_of):
    incident = report(cast.petra)
    noted = [Announcement.of(incident, [t.NOTED])]
    assert shown_to(session_of(cast.ana), noted) == [incident.reference]
    assert shown_to(session_of(cast.petra), noted) == []


def test_who_sees_only_their_own_hears_only_of_their_own(cast, report, session_of):
    from watchkeeper.people.models import Person

    colleague = Person.objects.create_person(
        "paul@premier.example", name="Paul", password=None, roles=["customer"], account=cast.premium
    )
    replied = [Announcement.of(report(cast.petra), [t.REPLIED])]
    session = session_of(colleague)
    assert len(shown_to(session, replied)) == 1
    cast.premium.sees_only_own = True
    cast.premium.save()
    assert shown_to(session, replied) == []


def test_a_session_that_is_over_hears_nothing_at_all(cast, report, browser_of):
    replied = [Announcement.of(report(cast.petra), [t.REPLIED])]
    browser = browser_of(cast.petra)
    session = browser.session.session_key
    browser.logout()
    assert shown_to(session, replied) is None
    session = browser_of(cast.petra).session.session_key
    cast.petra.set_password("a password that she chose elsewhere")
    cast.petra.save()
    assert shown_to(session, replied) is None


@pytest.mark.parametrize("who", ["petra", "ana"])
def test_whoever_may_no_longer_sign_in_hears_nothing_at_all(cast, report, session_of, who):
    replied = [Announcement.of(report(cast.petra), [t.REPLIED])]
    person = getattr(cast, who)
    session = session_of(person)
    person.is_active = False
    person.save()
    assert shown_to(session, replied) is None


ACTS = {
    "a note": lambda incident, cast, other: verbs.note(incident, by=cast.ana, text="canary"),
    "a link": lambda incident, cast, other: verbs.link(incident, to=other, by=cast.ana),
    "an exclusion": lambda incident, cast, other: verbs.exclude(
        incident, by=cast.mia, metric="acknowledgement", nth=1, reason="canary"
    ),
    "a dispatch": lambda incident, cast, other: verbs.dispatch(incident, to=cast.bo, by=cast.mia),
    "a reply": lambda incident, cast, other: verbs.reply(incident, by=cast.ana, text="We are on it."),
}


@pytest.mark.parametrize("act", ACTS)
def test_a_customer_is_told_of_a_change_exactly_where_their_page_changes(cast, report, browser_of, act):
    incident, other = report(cast.petra), report(cast.petra)
    browser = browser_of(cast.petra)
    before = page_of(browser, incident)
    stand_for_the_desk()
    ACTS[act](incident, cast, other)
    assert is_told(incident, after=1) is (page_of(browser, incident) != before)


def test_a_warning_of_the_team_is_nothing_a_customer_could_notice(cast, report, browser_of, clock, look_again):
    incident = report(cast.petra)
    clock.advance(timedelta(minutes=61))
    browser = browser_of(cast.petra)
    before = page_of(browser, incident)
    look_again(incident)
    assert incident.events.filter(kind=t.WARNED).exists()
    assert page_of(browser, incident) == before
    stand_for_the_desk()
    assert not is_told(incident, after=1)


def is_told(incident, *, after: int) -> bool:
    """Whether customers hear of what was appended after the event of this number."""
    kinds = incident.events.filter(number__gt=after).values_list("kind", flat=True)
    return Announcement.of(incident, list(kinds)).is_for_customers


def page_of(browser, incident) -> str:
    """The customer's page without what is drawn by lot for each answer."""
    page = browser.get(f"/incidents/{incident.reference}").content.decode()
    return re.sub(r"[A-Za-z0-9]{64}", "", page)
