"""What is known of an account's place: the run book, announced changes, and what of both stands beside an incident."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.premium.recommended import page, post
from tests.stage import chicago
from watchkeeper.incidents.verbs import NotPossible
from watchkeeper.people import access, clock
from watchkeeper.people.wall import stand_as, stand_for_the_desk
from watchkeeper.policies.models import Agreement, DesignatedEngineer
from watchkeeper.premium.models import AnnouncedChange, RunBookNote
from watchkeeper.premium.places import acts
from watchkeeper.premium.places.acts import Part
from watchkeeper.premium.places.beside import changes_beside

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MONDAY = chicago("2026-03-02 10:00")
ALL = Part()
TYPED = {
    "title": "New certificates",
    "environment": "production",
    "product": "",
    "component": "TLS",
    "starts": "2026-03-03T22:00",
    "ends": "2026-03-04T01:30",
    "zone": "America/Chicago",
    "text": "Call **Petra**.",
}


def announced(account, by, *, starts_at=MONDAY, ends_at=None, title="New certificates", part=ALL) -> AnnouncedChange:
    ends_at = ends_at or starts_at + HOUR
    return acts.announce(account, by=by, title=title, text="", part=part, starts_at=starts_at, ends_at=ends_at)


# announcing


def test_a_customer_announces_a_change_by_the_clocks_they_choose(cast, browser_of):
    petra = browser_of(cast.petra)
    assert post(petra, "portal-new-change", **TYPED).status_code == 302
    change = AnnouncedChange.objects.get()
    assert (change.starts_at, change.ends_at) == (chicago("2026-03-03 22:00"), chicago("2026-03-04 01:30"))
    assert (change.account, change.announced_by, change.part) == (cast.premium, cast.petra, "production · TLS")
    shown = page(petra, "portal-changes")
    assert "New certificates Coming" in shown
    assert "Call Petra." in shown
    assert "New certificates" in page(browser_of(cast.ana), "desk-places")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"ends": "2026-03-03T22:00"}, "It ends before it starts."),
        ({"ends": "2026-12-31T22:00"}, "It lasts longer than 90 days; announce its parts."),
        ({"starts": "soon"}, "This is no time; write it as 2026-12-31 16:30."),
        ({"zone": "Mars/Base"}, "Mars/Base is not one of the available choices."),
        ({"title": " "}, "This field is required."),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_kept(cast, browser_of, typed, words):
    answer = browser_of(cast.petra).post(reverse("portal-new-change"), TYPED | typed)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not AnnouncedChange.objects.exists()


def test_an_hour_that_comes_twice_is_meant_whole(cast, browser_of):
    post(
        browser_of(cast.petra),
        "portal-new-change",
        **TYPED | {"starts": "2026-11-01T01:30", "ends": "2026-11-01T01:45"},
    )
    change = AnnouncedChange.objects.get()
    assert change.ends_at - change.starts_at == HOUR + timedelta(minutes=15)


def test_a_change_is_called_off_and_stays_on_the_record(cast, browser_of, clock):
    change = announced(cast.premium, cast.petra, starts_at=MONDAY + HOUR)
    assert post(browser_of(cast.petra), "portal-change-calling-off", change.key).status_code == 302
    assert "Called off by Petra" in page(browser_of(cast.ana), "desk-place", "premier")
    with pytest.raises(NotPossible, match="called off before"):
        acts.call_off(change, by=cast.ana)
    over = announced(cast.premium, cast.petra, starts_at=MONDAY)
    clock.set(MONDAY + HOUR)
    with pytest.raises(NotPossible, match="it is over"):
        acts.call_off(over, by=cast.petra)


def test_an_account_calls_off_its_own_changes_alone(cast, browser_of):
    change = announced(cast.contracted, cast.clara, starts_at=MONDAY + HOUR)
    assert post(browser_of(cast.petra), "portal-change-calling-off", change.key).status_code == 404
    stand_as(cast.petra)
    assert not AnnouncedChange.objects.exists()


def test_changes_are_had_as_a_calendar_file(cast, browser_of):
    from icalendar import Calendar

    change = announced(cast.premium, cast.petra, title="Upgrade, then restart", part=Part("production", "", "TLS"))
    gone = announced(cast.premium, cast.petra, starts_at=MONDAY + DAY, title="Load test")
    announced(cast.contracted, cast.clara, title="Not yours")
    acts.call_off(gone, by=cast.ana)
    for browser, address in (
        (browser_of(cast.petra), reverse("portal-changes-calendar")),
        (browser_of(cast.ana), reverse("desk-place-calendar", args=["premier"])),
    ):
        answer = browser.get(address)
        assert answer["Content-Type"] == "text/calendar; charset=utf-8"
        first, second = Calendar.from_ical(answer.content).walk("VEVENT")
        assert (str(first["summary"]), str(first["location"])) == ("Premier: Upgrade, then restart", "production · TLS")
        assert (first["dtstart"].dt, first["dtend"].dt) == (change.starts_at, change.ends_at)
        assert (str(first["status"]), str(second["status"])) == ("CONFIRMED", "CANCELLED")
        assert str(first["uid"]).startswith(change.key)
    stand_for_the_desk()


# who has it


@pytest.mark.parametrize("who", ["basil", "ada"])
def test_who_has_no_ongoing_support_is_told_which_level_includes_it(cast, browser_of, who):
    person = getattr(cast, who)
    browser = browser_of(person)
    shown = page(browser, "portal-changes")
    assert "Premium includes ongoing support" in shown
    assert "engineers who are designated for you" in shown
    assert post(browser, "portal-new-change", **TYPED).url == "/changes"
    assert not AnnouncedChange.objects.exists()
    with pytest.raises(NotPossible, match="does not include ongoing support"):
        announced(person.account, person)


def test_an_sla_may_add_it(cast, browser_of):
    Agreement.objects.filter(account=cast.advanced).update(sla_text="sla: More\nfeatures: [ongoing support]\n")
    assert "Nothing is announced" in page(browser_of(cast.ada), "portal-changes")
    assert post(browser_of(cast.ada), "portal-new-change", **TYPED).status_code == 302
    assert AnnouncedChange.objects.get().account == cast.advanced


def test_the_desk_keeps_no_run_book_where_it_is_not_included(cast, browser_of):
    assert "Premium does, and an SLA may add it." in page(browser_of(cast.ana), "desk-place", "basic")
    answer = post(browser_of(cast.ana), "desk-new-run-book-note", "basic", text="x")
    assert answer.status_code == 422
    assert not RunBookNote.objects.exists()


# the run book


def test_the_team_keeps_a_note_for_each_part(cast, browser_of):
    ana = browser_of(cast.ana)
    typed = {"environment": "production", "component": "Router", "text": "Two nodes, **no** failover."}
    assert post(ana, "desk-new-run-book-note", "premier", **typed).status_code == 302
    again = ana.post(reverse("desk-new-run-book-note", args=["premier"]), typed)
    assert (again.status_code, "This part has a note already" in again.content.decode()) == (422, True)
    stand_for_the_desk()
    note = RunBookNote.objects.get()
    assert "production · Router Change Two nodes, no failover." in page(ana, "desk-place", "premier")
    bo = browser_of(cast.bo)
    assert post(bo, "desk-run-book-note", note.pk, text="Three nodes.", seen=1).status_code == 302
    late = ana.post(reverse("desk-run-book-note", args=[note.pk]), {"text": "Four nodes.", "seen": 1})
    assert "Bo changed the note meanwhile" in late.content.decode()
    stand_for_the_desk()
    note.refresh_from_db()
    assert (note.text, note.part, note.changed_by) == ("Three nodes.", "production · Router", cast.bo)
    assert post(ana, "desk-run-book-note-removal", note.pk).status_code == 302
    assert not RunBookNote.objects.exists()


def test_an_account_executive_reads_a_run_book_and_does_not_write_it(cast, browser_of):
    note = acts.write_note(cast.premium, by=cast.ana, part=Part(component="Router"), text="Two nodes.")
    assert "Two nodes." in page(browser_of(cast.axel), "desk-place", "premier")
    assert browser_of(cast.axel).get(reverse("desk-run-book-note", args=[note.pk])).status_code == 404
    with pytest.raises(access.Refused):
        acts.write_note(cast.premium, by=cast.axel, part=Part(), text="x")


def test_no_customer_reads_a_run_book_whatever_a_query_forgets(cast):
    acts.write_note(cast.premium, by=cast.ana, part=Part(), text="They forget to pay.")
    stand_as(cast.petra)
    assert not RunBookNote.objects.exists()


# beside an incident


def test_changes_within_a_day_of_the_report_stand_beside_it_those_of_the_same_part_first(cast, report, clock):
    incident = report(cast.petra, 1, component="Router", environment="production")
    near = announced(cast.premium, cast.petra, title="near", starts_at=MONDAY - 3 * HOUR)
    same = announced(cast.premium, cast.petra, title="same", starts_at=MONDAY + 23 * HOUR, part=Part("", "", "router"))
    announced(cast.premium, cast.petra, title="other part", starts_at=MONDAY + HOUR, part=Part("", "", "Console"))
    announced(cast.premium, cast.petra, title="later", starts_at=MONDAY + 24 * HOUR)
    announced(cast.premium, cast.petra, title="earlier", starts_at=MONDAY - 26 * HOUR, ends_at=MONDAY - 24 * HOUR)
    announced(cast.contracted, cast.clara, title="foreign")
    acts.call_off(announced(cast.premium, cast.petra, title="off", starts_at=MONDAY + HOUR), by=cast.petra)
    found = [(shown.change.title, is_same) for shown, is_same in changes_beside(incident, MONDAY + 2 * DAY)]
    assert found == [("near", True), ("same", True), ("other part", False)]
    assert near.is_about(incident), "what names no part is about all of them"
    assert same.is_about(incident), "names are the same in small letters"


def test_the_incident_page_asks_for_its_place_and_is_told_what_the_team_knows(cast, report, browser_of):
    incident = report(cast.petra, 1, component="Router", environment="production")
    ana = browser_of(cast.ana)
    address = reverse("desk-incident-place", args=[incident.reference])
    assert f'hx-get="{address}"' in ana.get(reverse("desk-incident", args=[incident.reference])).content.decode()
    assert ana.get(address).status_code == 204, "nothing is known"
    stand_for_the_desk()
    acts.write_note(cast.premium, by=cast.ana, part=Part("", "", "Router"), text="Restart node *two* first.")
    acts.write_note(cast.premium, by=cast.ana, part=Part("", "", "Console"), text="Not this one.")
    announced(cast.premium, cast.petra, title="Load test")
    agreement = Agreement.objects.get(account=cast.premium)
    DesignatedEngineer.objects.create(account=cast.premium, agreement=agreement, person=cast.bo)
    shown = page(ana, "desk-incident-place", incident.reference)
    assert "Restart node two first." in shown
    assert "Load test" in shown
    assert "Designated engineers" in shown
    assert "The whole place, with one more note" in shown
    assert "Not this one." not in shown


def test_the_clock_of_a_change_is_the_databases(cast):
    assert announced(cast.premium, cast.petra).announced_at == clock.now() == MONDAY
