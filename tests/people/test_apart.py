"""A fault in one piece of what the clock begins holds up no other, keeps nothing half done, and is said."""

from __future__ import annotations

from watchkeeper.people.apart import apart
from watchkeeper.people.models import Account


def rename(account: Account, name: str) -> int:
    Account.objects.filter(pk=account.pk).update(name=name)
    if not name:
        raise ValueError("an account has a name")
    return 1


def test_what_fails_leaves_nothing_is_logged_and_the_next_is_done(cast, caplog) -> None:
    pieces = [(cast.basic, ""), (cast.premium, "Renamed")]
    assert sum(apart(f"rename {account.slug}", rename, account, name) for account, name in pieces) == 1
    assert [Account.objects.get(pk=account.pk).name for account, _ in pieces] == ["Basic", "Renamed"]
    assert "could not rename basic" in caplog.text
    assert "an account has a name" in caplog.text
