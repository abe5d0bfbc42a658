"""`watchkeeper user add`: who may sign in, and with which password."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from tests.config.desk_commands import call

from watchkeeper.config.cannot_run import CannotRun, CommandError
from watchkeeper.config.smtp_server import SmtpServer
from watchkeeper.notify.models import Notice
from watchkeeper.people.models import Account, Person
from watchkeeper.policies.publishing import publish_first

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


def test_who_is_invited_gets_a_link_by_mail_and_nothing_is_printed(capsys, settings):
    settings.WATCHKEEPER_SMTP = SmtpServer.from_url("smtp://mail.example.com")
    settings.WATCHKEEPER_BASE_URL = "https://desk.example.com"
    policy = (Path(__file__).parents[2] / "policies" / "production-support.yaml").read_text(encoding="utf-8")
    publish_first(policy)
    call("user", *ENGINEER, "--invite")
    assert capsys.readouterr().out == "eva@vendor.example is sent a link to set a password; it works for an hour\n"
    mail = Notice.objects.get()
    assert (mail.recipient, mail.urgency, mail.status) == ("eva@vendor.example", "sign_in", "queued")
    assert "Eva, the administrator gave you access" in mail.text
    assert "https://desk.example.com/new-password/" in mail.text
    assert not Person.objects.get().has_usable_password()


def test_nobody_is_invited_where_no_mail_could_go(settings):
    settings.WATCHKEEPER_SMTP = None
    with pytest.raises(CannotRun, match="WATCHKEEPER_SMTP_URL is empty"):
        call("user", *ENGINEER, "--invite")
    assert not Person.objects.exists()


REFUSED = {
    "a customer without an account": (("--role", "customer"), "customer belongs to an account: add --account SLUG"),
    "an engineer of an account": (("--role", "engineer", "--account", "basic"), "engineer is for the vendor's own"),
    "an account that is not": (("--role", "customer", "--account", "x"), '"x" is not the slug of an account'),
    "a role that is not": (("--role", "king"), "invalid choice: 'king'"),
    "a password and an invitation": (
        ("--role", "engineer", "--invite", "--password-stdin"),
        "--password-stdin: not allowed with argument --invite",
    ),
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
