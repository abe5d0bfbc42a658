"""While a report is written, the open incidents that it may be: so that a second person joins and repeats nothing."""

from __future__ import annotations

import pytest

from tests.reading import words_of
from watchkeeper.incidents import verbs
from watchkeeper.people.models import Account, Person


@pytest.fixture
def alike(cast, browser_of):
    """``alike(person, title)``: what the page offers beside that title."""

    def offered(person, title):
        answer = browser_of(person).get("/report/similar", {"title": title})
        assert answer.status_code == 200
        return words_of(answer.content)

    return offered


@pytest.mark.parametrize(
    "title",
    [
        "The gateway answers 503",
        "gateway answers with 503",
        "Gateway answering 503 since noon",
        "Our gateway gives 503",
    ],
)
def test_an_open_incident_with_a_title_like_it_is_offered_with_who_reported_it(cast, alike, report, title):
    incident = report(cast.petra, 1)
    assert "Is it one of these? " in alike(cast.petra, title)
    assert f"The gateway answers 503 {incident.reference} New Petra" in alike(cast.petra, title)


@pytest.mark.parametrize(
    "title", ["", "503", "Invoices are sent twice", "x" * 300, "\x00\x00\x00\x00\x00\x00", "%_'\\"]
)
def test_what_is_not_like_it_is_not_offered(cast, alike, report, title):
    report(cast.petra, 1)
    assert alike(cast.petra, title) == ""


def test_what_is_solved_or_of_another_account_is_not_offered(cast, alike, report):
    solved = report(cast.petra, 1)
    verbs.resolve(solved, by=cast.ana, text="Done.")
    report(cast.clara, 1)
    assert alike(cast.petra, "The gateway answers 503") == ""


def test_where_the_account_keeps_incidents_apart_only_those_one_follows_are_offered(cast, alike, report):
    Account.objects.filter(pk=cast.premium.pk).update(sees_only_own=True)
    paul = Person.objects.create_person(
        "paul@premier.example", name="Paul", password=None, roles=["customer"], account=cast.premium
    )
    report(cast.petra, 1)
    assert alike(paul, "The gateway answers 503") == ""
    assert "Is it one of these?" in alike(cast.petra, "The gateway answers 503")


def test_at_most_three_the_most_alike_first(cast, alike, report):
    for title in ("Gateway slow", "The gateway answers 503", "Gateway answers 502", "A gateway answers 504"):
        report(cast.petra, 1, title=title)
    page = alike(cast.petra, "The gateway answers 503")
    assert page.index("answers 503") < page.index("answers 50", page.index("answers 503") + 12)
    assert page.count("WK-") == 3


def test_the_team_and_strangers_are_offered_nothing(cast, browser_of, client):
    assert browser_of(cast.ana).get("/report/similar?title=gateway").status_code == 404
    assert client.get("/report/similar?title=gateway").status_code == 302
