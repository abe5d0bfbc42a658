"""Signing in and out, and where each side begins."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.cast import PASSWORD
from watchkeeper.people.models import Person
from watchkeeper.people.sign_in import attempts
from watchkeeper.people.wall import stand_for_the_desk

WRONG = "That address and that password do not belong together."
TOO_OFTEN = "Too many attempts for this address."


@pytest.fixture
def somebody(cast) -> Person:
    cast.petra.set_password(PASSWORD)
    cast.petra.save()
    return cast.petra


def sign_in(client: Client, email: str, password: str = PASSWORD, **more: str):
    return client.post("/sign-in", {"email": email, "password": password} | more)


def test_a_customer_begins_at_their_incidents_and_the_team_at_the_queue(cast, browser_of):
    assert browser_of(cast.petra).get("/").url == "/incidents"
    assert browser_of(cast.ana).get("/").url == "/desk/"
    assert Client().get("/").url == "/sign-in"


def test_the_right_password_signs_in_and_goes_on_to_where_one_was_going(somebody):
    client = Client()
    asked = client.get("/report")
    assert asked.url == "/sign-in?next=/report"
    answer = sign_in(client, "Petra@Premier.Example", next="/report")
    assert (answer.status_code, answer.url) == (302, "/report")
    assert client.get("/incidents").status_code == 200


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_signing_in_leads_to_no_other_site(somebody, elsewhere):
    assert sign_in(Client(), somebody.email, next=elsewhere).url == "/"


def test_the_unknown_the_inactive_and_the_mistaken_get_the_same_answer(somebody, cast):
    Person.objects.filter(pk=cast.basil.pk).update(is_active=False, password=somebody.password)
    tries = [("nobody@nowhere.example", PASSWORD), (cast.basil.email, PASSWORD), (somebody.email, "not it at all")]
    answers = [sign_in(Client(), email, password) for email, password in tries]
    assert {answer.status_code for answer in answers} == {422}
    pages = {
        answer.content.decode().replace(email, "ADDRESS") for answer, (email, _) in zip(answers, tries, strict=True)
    }
    without_tokens = {"".join(line for line in page.splitlines() if "csrf" not in line) for page in pages}
    assert len(without_tokens) == 1
    assert WRONG in without_tokens.pop()


def test_an_unknown_address_costs_the_same_hashing_as_a_known_one(somebody, monkeypatch):
    hashed: list[str] = []
    from django.contrib.auth.hashers import MD5PasswordHasher

    original = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *given: hashed.append("once") or original(*given))
    sign_in(Client(), "nobody@nowhere.example", "not it at all")
    unknown = len(hashed)
    hashed.clear()
    sign_in(Client(), somebody.email, "not it at all")
    assert unknown == len(hashed) > 0


def test_after_five_attempts_even_the_right_password_waits_a_quarter_of_an_hour(somebody, clock):
    from datetime import timedelta

    for _ in range(attempts.PASSWORDS.most):
        assert WRONG in sign_in(Client(), somebody.email, "not it at all").content.decode()
    assert TOO_OFTEN in sign_in(Client(), somebody.email.upper()).content.decode()
    clock.advance(attempts.PASSWORDS.window - timedelta(seconds=1))
    assert TOO_OFTEN in sign_in(Client(), somebody.email).content.decode()
    clock.advance(timedelta(seconds=1))
    assert sign_in(Client(), somebody.email).status_code == 302


def test_an_address_that_nobody_has_runs_out_of_attempts_alike(cast):
    said = [
        sign_in(Client(), "nobody@nowhere.example", "x" * 12).content.decode()
        for _ in range(attempts.PASSWORDS.most + 1)
    ]
    assert [TOO_OFTEN in page for page in said] == [False] * attempts.PASSWORDS.most + [True]


def test_a_right_password_begins_the_count_anew(somebody):
    for _ in range(3):
        for _ in range(attempts.PASSWORDS.most - 1):
            sign_in(Client(), somebody.email, "not it at all")
        assert sign_in(Client(), somebody.email).status_code == 302


def test_one_who_was_signed_out_for_ever_is_out_at_once(somebody, browser_of):
    client = browser_of(somebody)
    stand_for_the_desk()
    Person.objects.filter(pk=somebody.pk).update(is_active=False)
    assert client.get("/incidents").status_code == 302


def test_signing_out_takes_a_post(somebody, browser_of):
    client = browser_of(somebody)
    assert client.get("/sign-out").status_code == 405
    assert client.post("/sign-out").url == "/sign-in"
    assert client.get("/incidents").status_code == 302


def test_a_form_from_another_site_is_refused(somebody):
    strict = Client(enforce_csrf_checks=True)
    assert sign_in(strict, somebody.email).status_code == 403
