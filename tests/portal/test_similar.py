"""While a report is written, the open incidents that it may be: so that a second person joins and repeats nothing."""

from __future__ import annotations

import pytest

from tests.reading import words_of
from watchkeeper.incidents import verbs
from watchkeeper.notify.models import Notice
from watchkeeper.people.models import Account, Person
from watchkeeper.people.wall import stand_for_the_desk


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


@pytest.fixture
def mailed():
    """``mailed(incident, kind)``: to whom mails about events of this kind go."""

    def addresses(incident, kind):
        stand_for_the_desk()
        of_kind = Notice.objects.filter(incident_id=incident.pk, step__startswith=f"{kind}:")
        return sorted(of_kind.values_list("recipient", flat=True))

    return addresses


@pytest.fixture
def paul(cast):
    """A second customer of Premier, which keeps incidents apart."""
    Account.objects.filter(pk=cast.premium.pk).update(sees_only_own=True)
    return Person.objects.create_person(
        "paul@premier.example", name="Paul", password=None, roles=["customer"], account=cast.premium
    )


def test_where_the_account_keeps_incidents_apart_one_is_told_only_that_one_may_ask(cast, alike, report, paul):
    incident = report(cast.petra, 1)
    page = alike(paul, "gateway answering 503")
    assert "Ask to join" in page
    assert incident.reference not in page
    assert incident.title not in page
    assert "Petra" not in page
    assert "Is it one of these?" in alike(cast.petra, "The gateway answers 503")
    assert alike(paul, "Invoices are sent twice") == ""


def test_who_asks_is_let_in_by_whoever_follows_and_reads_nothing_before(cast, alike, report, paul, browser_of, mailed):
    incident = report(cast.petra, 1)
    title = {"title": "gateway answering 503"}
    asked = browser_of(paul).post("/report/joining", title, follow=True)
    assert "You have asked to join." in words_of(asked.content)
    assert "You have asked to join; you hear" in alike(paul, title["title"])
    assert browser_of(paul).get(f"/incidents/{incident.reference}").status_code == 404
    assert mailed(incident, "join_asked") == ["petra@premier.example"]
    assert "Paul asks to follow it" in words_of(browser_of(cast.petra).get(f"/incidents/{incident.reference}").content)
    browser_of(cast.petra).post(f"/incidents/{incident.reference}/participants", {"person": paul.pk})
    page = words_of(browser_of(paul).get(f"/incidents/{incident.reference}").content)
    assert "asks to follow it" not in page
    assert mailed(incident, "joined") == ["paul@premier.example"]


def test_asking_twice_or_for_what_is_over_is_answered_in_words(cast, report, paul, browser_of):
    incident = report(cast.petra, 1)
    browser = browser_of(paul)
    for said in ("You have asked to join.", "You have asked already"):
        assert said in words_of(browser.post("/report/joining", {"title": incident.title}, follow=True).content)
    verbs.resolve(incident, by=cast.ana, text="Done.")
    answer = browser.post("/report/joining", {"title": incident.title}, follow=True)
    assert "Nothing like it is open any more: report it." in words_of(answer.content)


def test_at_most_three_the_most_alike_first(cast, alike, report):
    for title in ("Gateway slow", "The gateway answers 503", "Gateway answers 502", "A gateway answers 504"):
        report(cast.petra, 1, title=title)
    page = alike(cast.petra, "The gateway answers 503")
    assert page.index("answers 503") < page.index("answers 50", page.index("answers 503") + 12)
    assert page.count("WK-") == 3


def test_the_team_and_strangers_are_offered_nothing(cast, browser_of, client):
    assert browser_of(cast.ana).get("/report/similar?title=gateway").status_code == 404
    assert client.get("/report/similar?title=gateway").status_code == 302
