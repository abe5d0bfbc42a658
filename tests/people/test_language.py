"""In which language the desk speaks to whom."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.cast import PASSWORD
from watchkeeper.people.language import speaking_to
from watchkeeper.people.models import Person
from watchkeeper.ui.moments import UTC_ZONE, written

GERMAN = {"Accept-Language": "de-AT, de;q=0.9, en;q=0.5"}


@pytest.fixture
def petra(cast) -> Person:
    cast.petra.set_password(PASSWORD)
    cast.petra.save()
    return cast.petra


def sign_in(client: Client, person: Person, **how):
    return client.post("/sign-in", {"email": person.email, "password": PASSWORD}, **how)


def words(client: Client, path: str = "/sign-in", **how) -> str:
    return client.get(path, **how).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "language", "title"),
    [
        ("de-AT, de;q=0.9, en;q=0.5", "de", "Anmelden"),
        ("en-GB", "en", "Sign in"),
        ("fr, de;q=0.8", "de", "Anmelden"),
        ("fr", "en", "Sign in"),
        ("", "en", "Sign in"),
    ],
)
def test_a_page_speaks_the_browsers_language_where_the_desk_knows_it_else_english(asked, language, title):
    page = words(Client(), headers={"Accept-Language": asked})
    assert f'<html lang="{language}">' in page
    assert f"<h1>{title}</h1>" in page


@pytest.mark.django_db
def test_who_chose_a_language_gets_it_whatever_the_browser_says_and_is_led_back():
    client = Client(headers=GERMAN)
    answer = client.post("/language", {"language": "en", "next": "/support-levels"})
    assert (answer.status_code, answer.url) == (302, "/support-levels")
    assert "<h1>Sign in</h1>" in words(client)


@pytest.mark.django_db
@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_choosing_a_language_leads_to_no_other_site(elsewhere):
    assert Client().post("/language", {"language": "de", "next": elsewhere}).url == "/"


@pytest.mark.django_db
@pytest.mark.parametrize("unknown", ["", "fr", "de\r\nSet-Cookie: x=1", "../../x"])
def test_a_language_the_desk_does_not_speak_changes_nothing(unknown):
    client = Client(headers=GERMAN)
    answer = client.post("/language", {"language": unknown})
    assert "django_language" not in answer.cookies
    assert "<h1>Anmelden</h1>" in words(client)


def test_what_a_person_chose_comes_with_them_to_another_browser(petra):
    here, elsewhere = Client(), Client()
    sign_in(here, petra)
    here.post("/language", {"language": "de"})
    assert "Mein Konto" in words(here, "/my-account")
    sign_in(elsewhere, petra)
    assert "Mein Konto" in words(elsewhere, "/my-account")


def test_who_never_chose_is_written_to_in_what_their_browser_spoke_when_they_signed_in(petra):
    sign_in(Client(), petra, headers=GERMAN)
    petra.refresh_from_db()
    assert petra.language == "de"
    with speaking_to(petra):
        assert written(petra.last_login, "day", UTC_ZONE).split()[1].endswith(".")


def test_machines_are_answered_in_english_whatever_they_ask_for(cast):
    said = [
        Client().get("/api/v1/incidents/WK-000000", headers={"Accept-Language": language}).json()
        for language in ("de", "en")
    ]
    assert said[0] == said[1]


@pytest.mark.django_db
def test_what_scripts_say_is_served_in_the_languages_there_are():
    assert r'"Due now": "Jetzt f\u00e4llig"' in words(Client(), "/words/de.js")
    assert Client().get("/words/fr.js").status_code == 404


@pytest.mark.django_db
def test_a_page_that_stands_by_itself_speaks_the_readers_language_too():
    page = Client().get("/no-such-page", headers=GERMAN)
    assert page.status_code == 404
    assert "Hier ist nichts für Sie" in page.content.decode()
