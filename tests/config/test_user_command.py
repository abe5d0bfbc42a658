"""`watchkeeper user add`: who may sign in, and with which password."""

from __future__ import annotations

import io
import re

import pytest
from tests.config.desk_commands import call

from watchkeeper.config.command import CommandError
from watchkeeper.people.models import Account, Person

pytestmark = pytest.mark.django_db

ENGINEER = ("add", "Eva@Vendor.Example", "--name", "Eva", "--role", "engineer")


def test_a_person_may_sign_in_with_the_password_that_is_printed_once(capsys):
    assert call("user", *ENGINEER) == 0
    email, password = re.fullmatch(r"(\S+) may sign in with the password (\S+)\n", capsys.readouterr().out).groups()
    eva = Person.objects.get(email="eva@vendor.example")
    assert (email, eva.roles, eva.account) == ("eva@vendor.example", ["engineer"], None)
    assert eva.check_password(password)


def test_a_password_that_is_given_is_not_printed(capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("an open gate at dawn\n"))
    call("user", *ENGINEER, "--password-stdin")
    assert capsys.readouterr().out == "eva@vendor.example may sign in\n"
    assert Person.objects.get().check_password("an open gate at dawn")


def test_a_customer_belongs_to_an_account():
    Account.objects.create(name="Basic", slug="basic")
    call("user", "add", "bo@basic.example", "--name", "Bo", "--role", "customer", "--account", "basic")
    assert Person.objects.get().account.slug == "basic"


REFUSED = {
    "a customer without an account": (("--role", "customer"), "customer belongs to an account: add --account SLUG"),
    "an engineer of an account": (("--role", "engineer", "--account", "basic"), "engineer is for the vendor's own"),
    "an account that is not": (("--role", "customer", "--account", "x"), '"x" is not the slug of an account'),
    "a role that is not": (("--role", "king"), "invalid choice: 'king'"),
}


@pytest.mark.parametrize(("given", "why"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_is_refused_in_one_line(given, why):
    Account.objects.create(name="Basic", slug="basic")
    with pytest.raises(CommandError, match=re.escape(why)) as refused:
        call("user", "add", "eva@vendor.example", "--name", "Eva", *given)
    assert "\n" not in str(refused.value)
    assert not Person.objects.exists()


@pytest.mark.parametrize("email", ["eva", "eva@", "eva@vendor.example\nBcc: x@example.com"])
def test_an_address_that_is_none_is_refused(email):
    with pytest.raises(CommandError, match="email: Enter a valid email address"):
        call("user", "add", email, "--name", "Eva", "--role", "engineer")


def test_nobody_is_added_twice():
    call("user", *ENGINEER)
    with pytest.raises(CommandError, match="already exists"):
        call("user", *ENGINEER)


@pytest.mark.parametrize("password", ["", "short", "1234567890"])
def test_a_weak_password_is_refused(password, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
    with pytest.raises(CommandError, match="password"):
        call("user", *ENGINEER, "--password-stdin")
    assert not Person.objects.exists()
