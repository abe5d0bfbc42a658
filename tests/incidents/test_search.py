"""Finding incidents: by reference, title and what was said, each reader among what they see."""

from __future__ import annotations

import pytest
from django.db import connection

from watchkeeper.incidents import verbs
from watchkeeper.incidents.models import Incident
from watchkeeper.incidents.search import found
from watchkeeper.people.wall import stand_as


@pytest.fixture
def search(cast):
    """``search(person, words)``: the titles that are found, behind the wall of that person."""

    def searched(person, words):
        stand_as(person)
        return {each.title for each in Incident.objects.seen_by(person).filter(found(words, reader=person))}

    return searched


@pytest.fixture
def spoken(cast, report):
    """An incident of Premier with a reply and a note, and one of Contracted that says the same."""
    ours = report(cast.petra, 1, title="Gateway down", body="Upstream payments.example resets the connection.")
    verbs.reply(ours, by=cast.ana, text="We restart the Blätterwald pool.")
    verbs.note(ours, by=cast.ana, text="Looks like the incident of the zebra.")
    report(cast.clara, 1, title="Theirs", body="Upstream payments.example resets the connection.")
    return ours


@pytest.mark.parametrize(
    "words",
    [
        "gateway",
        "way dow",
        "connection upstream",
        "UPSTREAM conn",
        "payments.example",
        "blätterwald",
        "blätter restart",
    ],
)
def test_it_is_found_by_a_part_of_its_title_and_by_what_was_said_in_any_order(search, spoken, cast, words):
    assert "Gateway down" in search(cast.ana, words)
    assert search(cast.petra, words) == {"Gateway down"}


def test_it_is_found_by_its_reference_from_the_beginning(search, spoken, cast):
    assert search(cast.petra, spoken.reference.lower()) == {"Gateway down"}
    assert search(cast.petra, spoken.reference[:5]) == {"Gateway down"}
    assert search(cast.petra, spoken.reference[3:]) == set()


def test_all_the_words_must_be_said(search, spoken, cast):
    assert search(cast.ana, "upstream giraffe") == set()


def test_a_note_is_found_by_the_team_and_by_no_customer(search, spoken, cast):
    assert search(cast.ana, "zebra") == {"Gateway down"}
    assert search(cast.petra, "zebra") == set()


def test_the_team_finds_among_all_it_serves_and_a_customer_among_their_own(search, spoken, cast):
    assert search(cast.ana, "upstream") == {"Gateway down", "Theirs"}
    assert search(cast.clara, "upstream") == {"Theirs"}
    assert search(cast.basil, "upstream") == set()


def test_the_search_itself_stands_behind_the_wall(search, spoken, cast):
    stand_as(cast.basil)
    with connection.cursor() as cursor:
        cursor.execute("select watchkeeper_found(to_tsquery('simple', 'upstream'), 'e', true)")
        assert cursor.fetchall() == []


@pytest.mark.parametrize(
    "words",
    ["'", "''", "\\", "a'b\\c", "%", "_", "100%", "&|!()<->:*", "a:*b", '"', "!", "😀", "-", "x" * 200, "'\\' | zebra"],
)
def test_whatever_is_typed_is_a_search(search, spoken, cast, words):
    assert search(cast.petra, words) == set()


def test_nothing_typed_narrows_nothing(search, spoken, cast):
    assert search(cast.ana, "") == {"Gateway down", "Theirs"}
