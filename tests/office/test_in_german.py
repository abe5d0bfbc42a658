"""The office in German: what is decided and kept stays English, and is worded when it is shown."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from tests.office.agreement_pages import agreement_of, page, post, said
from tests.policy_texts import FASTER, TEXT, WITHOUT_PREMIUM, replaced
from tests.reading import words_of
from watchkeeper.core.differences import differences
from watchkeeper.core.policy_file import read_policy
from watchkeeper.office.agreements import kept_words
from watchkeeper.office.models import ImportedTable, PolicyDraft
from watchkeeper.office.publishing import drafts
from watchkeeper.office.publishing.words import in_words
from watchkeeper.people import clock as desk_clock
from watchkeeper.people.wall import stand_for_the_desk
from watchkeeper.policies.models import TermsChange
from watchkeeper.policies.versions import version_in_force


@pytest.fixture
def mia(cast, browser_of):
    browser = browser_of(cast.mia)
    browser.cookies[settings.LANGUAGE_COOKIE_NAME] = "de"
    return browser


def draft_of(text: str, by) -> PolicyDraft:
    return drafts.open_draft(text, based_on=version_in_force(desk_clock.now()), note="Next", by=by)


def give(browser, kind: str, content: str) -> str:
    answer = browser.post(reverse("desk-import"), {"kind": kind, "file": SimpleUploadedFile("t.csv", content.encode())})
    stand_for_the_desk()
    return answer.url


def test_what_a_draft_changes_is_said_in_german(cast, mia):
    draft = draft_of(FASTER, cast.mia)
    assert "Premium, High: Annahme 4 h → wird zu 2 h" in words_of(mia.get(f"/desk/policy/drafts/{draft.pk}/").content)


@pytest.mark.parametrize(
    ("was", "becomes", "place", "said"),
    [
        ("1: {within: 2h,", "1: {within: 2 business days,", "Premium, Critical: Annahme", "2 Arbeitstage"),
        ("answer: 2h", "answer: 3 business days", "Premium: Eskalation", "beantwortet innerhalb von 3 Arbeitstagen"),
        (
            "    features: [pro",
            "    channels: [web]\n    features: [pro",
            "Premium: neben den Zusagen",
            "Meldewege: 0, Web",
        ),
        (
            "    features: [pro",
            "    limits: [{of: cases, at_most: 10, each: month}]\n    features: [pro",
            "Premium: neben den Zusagen",
            "Grenzen: höchstens 10 cases je Monat",
        ),
    ],
)
def test_what_two_policies_say_differently_is_german_within_too(was, becomes, place, said):
    found = differences(read_policy(TEXT), read_policy(replaced(was, becomes)))
    with translation.override("de"):
        after = {difference.place: difference.after for difference in in_words(found)}
    assert said in after[place]


def test_the_terms_beside_their_level_are_told_in_german(cast, mia):
    shown = page(mia, "desk-agreement", agreement_of(cast.clara.account).pk)
    assert "Binnen 30 min (24 hours per day, 7 days per week), Ziel 10 min" in shown
    assert "binnen 30 min, Ziel 10 min" in shown
    assert "Antwort auf eine Eskalation binnen 2 h" in shown


def test_why_an_incident_cannot_be_computed_is_kept_in_english_and_shown_in_german(cast, mia, report):
    report(cast.petra, 1)
    draft = draft_of(WITHOUT_PREMIUM, cast.mia)
    page = words_of(mia.post(f"/desk/policy/drafts/{draft.pk}/effect", follow=True).content)
    stand_for_the_desk()
    draft.refresh_from_db()
    assert draft.effect.result["reasons"] == [{"reason": "the level Premium is gone", "count": 1}]
    assert "1: die Stufe Premium ist entfallen" in page


def test_the_odd_days_of_a_year_are_told_in_german(mia):
    page = words_of(mia.get("/desk/policy/rehearsal/").content)
    assert "So, 8. Mär 2026 Uhr vor America/Chicago: auf 02:00 folgt 03:00; 1 h entfällt" in page
    assert "Eingang Mi 28. Okt 17:00 CT, Ende Mo 2. Nov 14:00 CT" in page


def test_what_an_import_did_is_shown_in_german_and_to_others_in_english(cast, mia, browser_of):
    page = give(mia, "people", "email,name,roles,account\nada@basic.example,Ada,customer manager,basic\n")
    assert "Kundenmanager, Basic" in words_of(mia.get(page).content)
    assert "Kundenmanager, Basic" in words_of(mia.post(page + "/doing", follow=True).content)
    assert "customer manager of Basic" in words_of(browser_of(cast.mia).get(page).content)


def test_what_was_imported_before_is_shown_as_it_was_kept(mia):
    stand_for_the_desk()
    step = {"line": 2, "act": "added", "about": "Acme (acme)", "says": ["team: East"]}
    counts = {"added": 1, "changed": 0, "unchanged": 0, "more": 0}
    outcome = {**counts, "beside": [], "read_as": "UTF-8, comma between cells", "steps": [step]}
    at = desk_clock.now()
    kept = ImportedTable.objects.create(kind="accounts", file_name="x", checked_at=at, done_at=at, outcome=outcome)
    assert "team: East" in words_of(mia.get(reverse("desk-imported", args=[kept.pk])).content)


@pytest.mark.parametrize(
    ("kind", "table", "said"),
    [
        ("accounts", "name,zone\nAcme,Mars\n", "2 zone „Mars“ ist keine IANA-Zeitzone"),
        ("accounts", "name\nAcme\nAcme\n", "3 – betrifft acme, wie schon Zeile 2"),
        ("people", "email,name,roles\na@x.example,A,boss\n", "2 roles „boss“ ist unbekannt, hier steht eine Rolle"),
        ("licences", "account,to\n", "es fehlt die Spalte from"),
    ],
)
def test_what_is_wrong_with_a_table_is_said_in_german(mia, kind, table, said):
    assert said in words_of(mia.get(give(mia, kind, table)).content)


def test_why_a_file_of_holidays_is_not_taken_is_said_in_german(mia):
    form = {"file": SimpleUploadedFile("days.ics", b"hello"), "calendar": "standard", "into": "new"}
    page = words_of(mia.post("/desk/policy/holidays/file", form).content)
    assert "days.ics: Zeile 1: ist keine iCalendar-Datei in UTF-8" in page


def test_the_history_of_an_agreement_is_kept_in_english_and_told_in_german(cast, mia):
    held = agreement_of(cast.premium)
    typed = said(level="advanced", scope="environment", scope_value="production", first_day="2020-01-01", last_day="")
    post(mia, "desk-agreement-edit", held.pk, **typed, seen="0")
    kept = TermsChange.objects.get()
    assert kept.about == "Advanced for the environment production"
    assert ["Last day", "31 Dec 2099", "without end"] in kept.differences
    shown = page(mia, "desk-agreement", held.pk)
    assert "Mia hat geändert: Advanced für die Umgebung production" in shown
    assert "Gilt für: alles → die Umgebung production" in shown
    assert "Letzter Tag: 31. Dez 2099 → ohne Ende" in shown


@pytest.mark.parametrize(
    ("what", "kept", "said"),
    [
        ("Policy", "version 3", "Version 3"),
        ("Policy", "the version in force", "die geltende Version"),
        ("Covers", "the product version 3", "das Produkt version 3"),
        ("Designated engineers", "everything", "everything"),
        ("First day", "1 Jan 2027", "1. Jan 2027"),
        ("Last day", "some day", "some day"),
    ],
)
def test_only_what_the_desk_itself_put_into_the_history_is_said_anew(what, kept, said):
    with translation.override("de"):
        assert kept_words.value(what, kept) == said


def test_what_was_changed_is_said_in_german():
    with translation.override("de"):
        said = [kept_words.about(kept) for kept in ("Licence", "Gold for one for the product for all", "Anything")]
    assert said == ["Lizenz", "Gold for one für das Produkt for all", "Anything"]
