"""What the rules say where the vendor gave no words is German on German pages; what the vendor wrote stays so."""

from __future__ import annotations

from datetime import date

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation

from tests.cast import POLICY
from tests.reading import words_of
from watchkeeper.core.circumstances import When
from watchkeeper.core.named_contacts import Band, NamedContacts
from watchkeeper.core.offer import Credit
from watchkeeper.core.within import Within
from watchkeeper.people.wall import stand_for_the_desk
from watchkeeper.policies.publishing import publish
from watchkeeper.ui.translated import translated

OF_PREMIUM = """\
    channels: {1: phone, others: [web, mail]}
    limits: [{of: cases, at_most: 10, each: month}, two screen shares]
    credits: [{after: 4 missed acknowledgements, each: quarter, worth: 20 % of the fee}]
    resolution:
      1: {within: 4h}
      2: {within: 2 business days}
      3: {within: next business day by 10:00}
"""


def in_german(words: str) -> str:
    with translation.override("de"):
        return translated(words)


def german(path: str, browser: Client | None = None) -> str:
    browser = browser or Client()
    browser.cookies[settings.LANGUAGE_COOKIE_NAME] = "de"
    answer = browser.get(path)
    stand_for_the_desk()
    return words_of(answer.content)


@pytest.fixture
def more_of_premium(cast):
    publish(POLICY.read_text(encoding="utf-8") + OF_PREMIUM, valid_from=date(2026, 3, 1))


@pytest.mark.parametrize(
    "words",
    [
        "Lösung",
        "Binnen 4 h (24 hours per day, 7 days per week)",
        "Binnen 2 Arbeitstagen (24 hours per day, 7 days per week)",
        "Nächster Arbeitstag bis 10:00",
        "Meldewege Critical: Telefon alle anderen: Web, E-Mail",
        "Grenzen höchstens 10 cases je Monat two screen shares",
        "Gutschriften nach 4 verfehlten Annahmen je Quartal: 20 % of the fee",
        "Within 24 hours, before escalation.",
    ],
)
def test_the_published_page_says_in_german_what_the_vendor_gave_no_words_for(more_of_premium, words):
    assert words in german("/support-levels")


def test_machines_read_the_page_in_english_whoever_asks(more_of_premium):
    browser = Client()
    browser.cookies[settings.LANGUAGE_COOKIE_NAME] = "de"
    premium = browser.get("/support-levels.json").json()["levels"][2]
    assert premium["headings"][3] == "Resolution"
    assert premium["rows"][1][3] == "Within 2 business days (24 hours per day, 7 days per week)"
    assert premium["notes"][0] == {"heading": "Ways in", "lines": ["Critical: phone", "all others: web, mail"]}


def test_what_an_sla_changed_is_said_in_german_on_the_terms_of_an_account(cast, browser_of):
    page = german("/support-terms", browser_of(cast.clara))
    assert "Binnen 30 min (24 hours per day, 7 days per week)" in page
    assert "Within minutes up to 2 hours" in page


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("4h", "4 h"),
        ("1 business day", "1 Arbeitstag"),
        ("2 business days", "2 Arbeitstage"),
        ("3 calendar days", "3 Kalendertage"),
        ("same business day", "gleicher Arbeitstag"),
        ("next business day by 10:00", "nächster Arbeitstag bis 10:00"),
    ],
)
def test_a_length_is_said_in_german(written, said):
    assert in_german(str(Within.parse(written))) == said


@pytest.mark.parametrize(
    ("written", "said"), [("2 business days", "nach 2 Arbeitstagen"), ("1 calendar day", "nach 1 Kalendertag")]
)
def test_days_are_inflected_after_a_preposition(written, said):
    within = Within.parse(written)
    assert within.as_delay == f"after {written}"
    assert in_german(within.as_delay) == said


@pytest.mark.parametrize(
    ("thing", "said"),
    [
        (
            When((("environment", ("production",)), ("channel", ("phone", "pager")))),
            "In production, über Telefon oder pager",
        ),
        (When(agreed_since=date(2026, 1, 1)), "Vereinbart seit 2026-01-01"),
        (NamedContacts((Band(3, 100), Band(5)), by="users", who="admins"), "höchstens 3 bis 100 users, 5 (admins)"),
        (
            Credit(1, "update", "month", "5 %", "in writing"),
            "nach 1 verfehlten Zwischenstand je Monat: 5 % (in writing)",
        ),
    ],
)
def test_what_a_level_brings_is_said_in_german(thing, said):
    assert in_german(str(thing)) == said
