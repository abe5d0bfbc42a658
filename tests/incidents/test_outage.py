"""An outage: incidents of many accounts under one parent, and one update to all of them."""

from __future__ import annotations

import pytest

from tests.notify.stage import NAMED_SERVER
from watchkeeper.core.leaving import HELD_FOR
from watchkeeper.incidents import flow, verbs
from watchkeeper.incidents.evidence import first_flaw
from watchkeeper.incidents.models import Incident, Message
from watchkeeper.incidents.reading import standing_of
from watchkeeper.notify.models import Notice
from watchkeeper.people.access import Refused
from watchkeeper.people.models import Team

UPDATE = "The carrier is down; the next update comes at noon."


@pytest.fixture
def outage(cast, report, settings):
    """Petra's incident with two of other accounts under it."""
    settings.WATCHKEEPER_SMTP = NAMED_SERVER
    parent, *below = (report(who) for who in (cast.petra, cast.ada, cast.basil))
    for each in below:
        verbs.put_under(each, parent=parent, by=cast.ana)
    return parent, below


def references(incidents):
    return [each.reference for each in incidents]


def public_words(incident):
    return list(
        Message.objects.filter(incident=incident, is_public=True, taken_back_at=None).values_list("body", flat=True)
    )


def test_one_update_acknowledges_each_and_is_said_to_each_by_its_own_message(cast, outage):
    parent, below = outage
    verbs.reply_to_all(parent, among=references(below), by=cast.ana, text=UPDATE)
    for incident in (parent, *below):
        incident.refresh_from_db()
        assert public_words(incident)[-1] == UPDATE
        assert (incident.state, incident.assignee) == ("acknowledged", cast.ana)
    mailed = Notice.objects.filter(incident_id__in=[each.pk for each in below], text__contains=UPDATE)
    assert set(mailed.values_list("recipient", flat=True)) == {cast.ada.email, cast.basil.email}


def test_no_customer_learns_of_another(cast, outage):
    parent, below = outage
    verbs.reply_to_all(parent, among=references(below), by=cast.ana, text=UPDATE)
    for incident in (parent, *below):
        others = {each.reference for each in (parent, *below)} - {incident.reference}
        known = [str(event.data) for event in incident.events.known_to_customers() if event.kind == "linked"]
        told = Notice.objects.filter(incident_id=incident.pk)
        assert known == []
        assert not [notice for notice in told for other in others if other in notice.text + notice.subject]


def test_what_is_closed_was_taken_out_or_was_not_named_is_not_reached(cast, outage, report):
    parent, (closed, out) = outage
    unnamed, elsewhere = report(cast.clara), report(cast.clara)
    verbs.put_under(unnamed, parent=parent, by=cast.ana)
    verbs.withdraw(closed, by=cast.ada, reason="It works again.")
    verbs.take_out(out, by=cast.ana)
    verbs.reply_to_all(parent, among=references([closed, out, elsewhere]), by=cast.ana, text=UPDATE)
    assert public_words(parent)[-1] == UPDATE
    assert [UPDATE in public_words(each) for each in (closed, out, unnamed, elsewhere)] == [False] * 4


def test_who_does_not_serve_an_account_does_not_reach_it(cast, outage):
    parent, (advanced, basic) = outage
    for name, member in (("East", cast.ana), ("West", cast.bo)):
        Team.objects.create(name=name).members.add(member)
    basic.account.team = Team.objects.get(name="West")
    basic.account.save()
    verbs.reply_to_all(parent, among=references([advanced, basic]), by=cast.ana, text=UPDATE)
    assert [UPDATE in public_words(each) for each in (advanced, basic)] == [True, False]


def test_a_held_update_taken_back_is_taken_back_from_all(cast, outage):
    parent, below = outage
    event = verbs.reply_to_all(parent, among=references(below), by=cast.ana, text=UPDATE, held_for=HELD_FOR)
    verbs.take_back(parent, number=event.number, by=cast.ana)
    for incident in (parent, *below):
        incident.refresh_from_db()
        assert UPDATE not in public_words(incident)
        assert incident.acknowledged_at is None


def test_a_held_update_taken_back_is_taken_back_from_who_was_taken_out_or_moved_meanwhile(cast, outage, report):
    parent, (out, moved) = outage
    another = report(cast.clara)
    event = verbs.reply_to_all(parent, among=references([out, moved]), by=cast.ana, text=UPDATE, held_for=HELD_FOR)
    verbs.take_out(out, by=cast.bo)
    verbs.put_under(moved, parent=another, by=cast.bo)
    verbs.take_back(parent, number=event.number, by=cast.ana)
    assert [UPDATE in public_words(each) for each in (parent, out, moved)] == [False] * 3


def test_taken_back_from_one_it_is_still_said_to_the_others(cast, outage):
    parent, (one, other) = outage
    event = verbs.reply_to_all(parent, among=references([one, other]), by=cast.ana, text=UPDATE, held_for=HELD_FOR)
    verbs.take_back(one, number=one.events.get(kind="replied").number, by=cast.ana)
    assert UPDATE in public_words(other)
    verbs.take_back(parent, number=event.number, by=cast.ana)
    assert UPDATE not in public_words(other)


def test_refused_by_one_it_is_said_to_none(cast, outage):
    parent, below = outage
    with pytest.raises(verbs.NotPossible):
        verbs.reply_to_all(parent, among=references(below), by=cast.ana, text="   ")
    assert [incident.events.filter(kind="replied").count() for incident in (parent, *below)] == [0, 0, 0]


def test_the_end_of_the_outage_resolves_each(cast, outage):
    parent, below = outage
    verbs.resolve_all(parent, among=references(below), by=cast.ana, text="The carrier is back.")
    for incident in (parent, *below):
        incident.refresh_from_db()
        assert incident.state == "resolved"


def test_the_row_says_what_the_timeline_says_and_the_chain_holds(cast, outage):
    parent, (one, other) = outage
    verbs.take_out(one, by=cast.ana)
    verbs.reply_to_all(parent, among=references([one, other]), by=cast.ana, text=UPDATE)
    for incident in (parent, one, other):
        row = Incident.objects.get(pk=incident.pk)
        copies = flow.copies(standing_of(row), row.look_again_at)
        assert {name: getattr(row, name) for name in copies} == copies
        assert first_flaw(incident.account) is None
    assert Incident.objects.get(pk=one.pk).parent is None
    assert Incident.objects.get(pk=other.pk).parent == parent


def test_an_outage_has_one_level_and_is_not_part_of_itself(cast, outage, report):
    parent, (one, _other) = outage
    late = report(cast.petra)
    for incident, of, why in [
        (late, one, "part of an outage itself"),
        (parent, late, "with incidents of its own"),
        (parent, parent, "is this incident itself"),
    ]:
        with pytest.raises(verbs.NotPossible, match=why):
            verbs.put_under(incident, parent=of, by=cast.ana)
    with pytest.raises(verbs.NotPossible, match="part of no outage"):
        verbs.take_out(late, by=cast.ana)


def test_put_under_another_it_leaves_the_first(cast, outage, report):
    _parent, (one, _other) = outage
    another = report(cast.petra)
    verbs.put_under(one, parent=another, by=cast.ana)
    assert Incident.objects.get(pk=one.pk).parent == another


def test_an_outage_is_not_merged_away_from_its_incidents(cast, outage, report, clock):
    older, (one, _other) = outage
    younger = report(cast.petra)
    verbs.put_under(one, parent=younger, by=cast.ana)
    with pytest.raises(verbs.NotPossible, match="incidents of its own"):
        verbs.merge(younger, into=older, by=cast.ana)


def test_a_customer_makes_no_outage(cast, outage, report):
    parent, _below = outage
    with pytest.raises(Refused):
        verbs.put_under(report(cast.petra), parent=parent, by=cast.petra)
    with pytest.raises(Refused):
        verbs.reply_to_all(parent, among=[], by=cast.petra, text=UPDATE)
