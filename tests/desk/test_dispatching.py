"""To whom an incident is best dispatched: in which order its page offers people, and why."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from tests.cast import ALWAYS
from tests.reading import words_of
from watchkeeper.incidents import presence, verbs
from watchkeeper.people.models import Person, Team
from watchkeeper.people.wall import stand_for_the_desk
from watchkeeper.policies.models import Agreement, DesignatedEngineer


@pytest.fixture
def incident(cast, report):
    return report(cast.petra, 3)


@pytest.fixture
def offered(cast, incident, browser_of):
    """``offered()``: who is offered, in order, each with the reasons."""

    def people(of=None):
        page = browser_of(cast.mia).get(reverse("desk-incident", args=[(of or incident).reference])).content
        stand_for_the_desk()
        labels = re.findall(rb'<span class="colleague">(.*?</span>)</span>', page, re.DOTALL)
        return [words_of(label).strip() for label in labels]

    return people


def test_who_has_least_in_hand_comes_first_and_what_presses_counts_before_how_much_it_is(cast, report, offered):
    for _ in range(3):
        verbs.dispatch(report(cast.petra, 5), to=cast.bo, by=cast.mia)
    verbs.dispatch(report(cast.petra, 1), to=cast.ana, by=cast.mia)
    assert offered() == [
        "Mia team Gateway · nothing in hand",
        "Bo team Gateway · 3 open",
        "Ana team Gateway · 1 open, 1 due within 2 h",
    ]


def test_what_is_overdue_is_told_as_that(cast, report, offered, clock, look_again):
    late = report(cast.petra, 1)
    verbs.dispatch(late, to=cast.ana, by=cast.mia)
    clock.set(late.due_at + timedelta(minutes=1))
    look_again(late)
    assert "Ana team Gateway · 1 open, 1 overdue" in offered()


def test_the_team_of_the_account_comes_before_who_serves_every_account(cast, report, offered):
    Person.objects.create_person("zoe@vendor.example", name="Zoe", password=None, roles=["manager"])
    verbs.dispatch(report(cast.petra, 5), to=cast.bo, by=cast.mia)
    assert offered()[-2:] == ["Bo team Gateway · 1 open", "Zoe serves every account · nothing in hand"]


def test_who_is_designated_comes_first_while_the_agreement_is_in_force(cast, report, offered):
    agreement = Agreement.objects.filter(account=cast.premium).first() or Agreement.objects.create(
        account=cast.premium, level="premium", period=ALWAYS
    )
    DesignatedEngineer.objects.create(account=cast.premium, agreement=agreement, person=cast.bo)
    verbs.dispatch(report(cast.petra, 5), to=cast.bo, by=cast.mia)
    assert offered()[0] == "Bo designated for Premier · team Gateway · 1 open"


def test_who_is_at_an_incident_just_now_comes_before_who_is_not_and_their_clock_is_told(
    cast, report, offered, incident, clock
):
    Person.objects.filter(pk=cast.bo.pk).update(zone="Asia/Tokyo")
    other = report(cast.petra, 4)
    presence.be_there(other, cast.bo, is_writing=False, now=incident.received_at)
    first = "Bo team Gateway · at an incident just now · 01:00 where they are · nothing in hand"
    assert offered()[0] == first
    clock.advance(presence.LASTS)
    assert offered()[0].startswith("Ana")


def test_who_has_it_comes_last(cast, offered, incident):
    verbs.dispatch(incident, to=cast.ana, by=cast.mia)
    assert offered()[-1] == "Ana has it now · team Gateway · 1 open"


def test_without_a_team_nothing_is_said_of_teams(cast, report, offered):
    cast.premium.team = None
    cast.premium.save()
    assert offered(report(cast.petra, 3))[0] == "Ana nothing in hand"


def test_the_first_is_chosen_and_a_name_is_never_markup(cast, offered, incident, browser_of):
    Person.objects.filter(pk=cast.ana.pk).update(name="<b>Ana</b>")
    Team.objects.update(name="<i>Gate</i>")
    page = browser_of(cast.mia).get(reverse("desk-incident", args=[incident.reference])).content.decode()
    assert "<b>Ana</b>" not in page
    assert "<i>Gate" not in page
    assert re.search(rf'value="{cast.ana.pk}"[^>]* checked', page)
