"""Who follows an incident: people of the account are let in, and leave."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.reading import words_of
from watchkeeper.incidents import verbs
from watchkeeper.people.access import Refused
from watchkeeper.people.models import Account, Person


@pytest.fixture
def paul(cast):
    return Person.objects.create_person(
        "paul@premier.example", name="Paul", password=None, roles=["customer"], account=cast.premium
    )


@pytest.fixture
def head(cast):
    return Person.objects.create_person(
        "hana@premier.example", name="Hana", password=None, roles=["customer_manager"], account=cast.premium
    )


def followers(incident):
    return sorted(row.person.name for row in incident.participants.select_related("person"))


def test_whoever_leaves_follows_it_no_longer_and_reads_it_no_more_where_incidents_are_kept_apart(
    cast, report, browser_of
):
    Account.objects.filter(pk=cast.premium.pk).update(sees_only_own=True)
    incident = report(cast.petra, 1)
    browser = browser_of(cast.petra)
    answer = browser.post(
        reverse("portal-departures", args=[incident.reference]), {"person": cast.petra.pk}, follow=True
    )
    assert answer.status_code == 200
    assert f"You follow {incident.reference} no longer." in words_of(answer.content)
    assert browser.get(f"/incidents/{incident.reference}").status_code == 404


def test_nobody_but_a_customer_manager_and_the_team_removes_somebody_else(cast, report, paul, head):
    incident = report(cast.petra, 1)
    for other in (paul, cast.axel):
        with pytest.raises(Refused):
            verbs.remove_participant(incident, person=cast.petra, by=other)
    assert followers(incident) == ["Petra"]
    verbs.remove_participant(incident, person=cast.petra, by=head)
    verbs.add_participant(incident, person=paul, by=head)
    verbs.remove_participant(incident, person=paul, by=cast.ana)
    assert followers(incident) == []


def test_who_does_not_follow_cannot_leave(cast, report, paul):
    with pytest.raises(verbs.NotPossible, match="Paul does not follow"):
        verbs.remove_participant(report(cast.petra, 1), person=paul, by=paul)


def test_the_team_removes_a_participant_on_the_page(cast, report, browser_of):
    incident = report(cast.petra, 1)
    browser = browser_of(cast.ana)
    page = browser.post(f"/desk/incidents/{incident.reference}/departures", {"person": cast.petra.pk}, follow=True)
    assert "Petra does not follow" in words_of(page.content)
    assert "removed Petra as a participant" in words_of(page.content)
    assert followers(incident) == []


def test_only_people_of_the_account_may_ask_and_only_those_who_do_not_follow(cast, report):
    incident = report(cast.petra, 1)
    with pytest.raises(verbs.NotPossible, match="is not of"):
        verbs.ask_to_join(incident, by=cast.clara)
    with pytest.raises(verbs.NotPossible, match="Petra follows"):
        verbs.ask_to_join(incident, by=cast.petra)
    with pytest.raises(Refused):
        verbs.ask_to_join(incident, by=cast.ana)
