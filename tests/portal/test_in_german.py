"""The portal in German: what the rules say is said in it too, and what is kept stays as it was written."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.utils import translation

from tests.reading import part, words_of
from watchkeeper.core import lifecycle
from watchkeeper.core import timeline as t
from watchkeeper.incidents import refusals, verbs


@pytest.fixture
def page_of(browser_of):
    def page(person, incident) -> bytes:
        browser = browser_of(person)
        browser.cookies[settings.LANGUAGE_COOKIE_NAME] = "de"
        return browser.get(f"/incidents/{incident.reference}").content

    return page


def test_the_page_says_in_german_what_was_promised_and_why(cast, report, page_of):
    page = page_of(cast.petra, report(cast.petra, 3))
    assert "Annahme 8 h übrig fällig Di, 3. Mär, 09:00 CT" in part(page, "standing")
    assert "Mo 10:00–17:00 7 h · Di 08:00–09:00 1 h · fällig Di 09:00 CT" in part(page, "why")
    assert "Petra hat dies mit Medium gemeldet" in part(page, "happened")


def test_why_a_severity_changed_back_is_kept_in_english_and_shown_in_german(cast, report, page_of):
    incident = report(cast.petra, 3)
    verbs.classify(incident, by=cast.ana, severity=2, reason="It is more.")
    verbs.take_back(incident, number=incident.events.get(kind=t.CLASSIFIED).number, by=cast.ana)
    kept = incident.events.filter(kind=t.CLASSIFIED).last().data["reason"]
    assert kept == "The change before it was a mistake and is taken back."
    assert "Die Änderung davor war ein Versehen und ist zurückgenommen." in words_of(page_of(cast.petra, incident))


def test_an_acknowledgement_without_words_speaks_the_language_of_the_reporter(cast, report):
    cast.petra.language = "de"
    cast.petra.save()
    said = verbs.acknowledge(report(cast.petra, 1), by=cast.ana).message.body
    assert said == "Ana hat Ihre Meldung angenommen und arbeitet daran."


@pytest.mark.parametrize("kind", lifecycle.TRANSITIONS)
def test_what_the_lifecycle_refuses_a_page_says_in_the_same_words(kind):
    with pytest.raises(lifecycle.NotAllowedNow) as refused:
        lifecycle.next_state(lifecycle.CLOSED, kind)
    assert refusals.not_in_this_state(refused.value) == str(refused.value)


def test_what_the_lifecycle_refuses_a_page_says_in_german():
    with pytest.raises(lifecycle.NotAllowedNow) as refused:
        lifecycle.next_state(lifecycle.RESOLVED, t.ACKNOWLEDGED)
    with translation.override("de"):
        said = refusals.words_of(refused.value)
    assert said == "Ein Vorfall, der gelöst ist, kann nicht angenommen werden; er muss neu oder zugewiesen sein."
