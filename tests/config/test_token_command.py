"""`watchkeeper token`: what machines come in with, and how it ends."""

from __future__ import annotations

import pytest
from tests.config.desk_commands import call

from watchkeeper.config.cannot_run import CommandError
from watchkeeper.config.commands.desk_words import NotFound
from watchkeeper.people.models import Account, MachineToken

pytestmark = pytest.mark.django_db


def test_the_secret_is_printed_once_and_only_its_digest_is_kept(capsys):
    Account.objects.create(name="Basic", slug="basic")
    assert call("token", "add", "monitoring", "--account", "basic", "--scope", "report", "--scope", "read") == 0
    secret = capsys.readouterr().out.strip()
    token = MachineToken.objects.get()
    assert token.digest == MachineToken.digest_of(secret)
    assert secret not in str(MachineToken.objects.values().get())
    assert (token.account.slug, token.scopes) == ("basic", ["read", "report"])


def test_without_an_account_it_is_for_all_of_them():
    call("token", "add", "monitoring", "--scope", "read")
    assert MachineToken.objects.get().account is None


def test_a_revoked_token_is_no_longer_in_force_and_its_name_is_free_again():
    call("token", "add", "monitoring", "--scope", "read")
    assert call("token", "revoke", "monitoring") == 0
    assert MachineToken.objects.get().revoked_at is not None
    call("token", "add", "monitoring", "--scope", "read")


def test_a_name_in_force_is_not_given_twice():
    call("token", "add", "monitoring", "--scope", "read")
    with pytest.raises(CommandError, match='a token "monitoring" is in force; revoke it first'):
        call("token", "add", "monitoring", "--scope", "read")


def test_what_is_not_in_force_cannot_be_revoked():
    with pytest.raises(NotFound, match='no token "monitoring" is in force'):
        call("token", "revoke", "monitoring")


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (("add", "monitoring"), "--scope"),
        (("add", "monitoring", "--scope", "acknowledge"), "invalid choice"),
        (("add", " ", "--scope", "read"), "1 to 200 characters"),
        (("add", "monitoring", "--scope", "read", "--account", "x"), "none yet"),
        ((), "add|revoke"),
    ],
)
def test_what_cannot_be_is_refused(given, why):
    with pytest.raises(CommandError, match=why.replace("|", r"\|")):
        call("token", *given)
