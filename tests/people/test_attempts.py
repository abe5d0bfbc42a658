"""The count of attempts holds when many come at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from django.db import connection, transaction

from watchkeeper.people.models import SignInAttempts
from watchkeeper.people.sign_in import attempts


def _count_one(_nth: int) -> bool:
    try:
        with transaction.atomic():
            return attempts.count(attempts.PASSWORDS, "petra@premier.example")
    finally:
        connection.close()


def test_of_many_attempts_at_the_same_time_five_are_let_through(committed_db):
    with ThreadPoolExecutor(16) as together:
        let_through = list(together.map(_count_one, range(64)))
    assert sum(let_through) == attempts.PASSWORDS.most


def test_what_is_over_is_forgotten_and_no_address_is_kept(db, clock):
    attempts.count(attempts.PASSWORDS, "petra@premier.example")
    kept = SignInAttempts.objects.get()
    assert "petra" not in kept.address_digest
    clock.advance(attempts.PASSWORD_LINKS.window)
    attempts.count(attempts.PASSWORDS, "somebody@else.example")
    assert not SignInAttempts.objects.filter(pk=kept.pk).exists()
