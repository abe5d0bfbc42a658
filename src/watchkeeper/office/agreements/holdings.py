"""What an account holds at an instant, by scope. What cannot be read any more says why, and hides nothing else."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext

from watchkeeper.core import published
from watchkeeper.core.policy import UnknownLevel
from watchkeeper.core.policy_file import PolicyFileErrors
from watchkeeper.core.promise import Promise
from watchkeeper.office.agreements import words
from watchkeeper.people.models import Account
from watchkeeper.policies.models import Agreement
from watchkeeper.policies.terms import entitlements_of, promise_under
from watchkeeper.ui.translated import translated

UNREADABLE = (UnknownLevel, PolicyFileErrors)
"""Why a promise cannot be read: the policy has no such level any more, or the SLA does not fit it."""


class Holding(NamedTuple):
    """A promise and the agreement it comes from; ``None`` stands for the licence. ``faults`` say why there is none."""

    agreement: Agreement | None
    covers: str
    promise: Promise | None
    faults: tuple[str, ...]

    @property
    def rank(self) -> int:
        """The place of its level in the policy, the lowest 1."""
        return self.promise.policy.levels.index(self.promise.level) + 1 if self.promise else 1

    @property
    def table(self) -> published.Table | None:
        """Its effective terms."""
        return translated(published.table(self.promise)) if self.promise else None


def holdings_of(account: Account, *, at: datetime) -> list[Holding]:
    """Everything an account holds at an instant, the widest scope first."""
    return [_holding(each, account, at) for each in entitlements_of(account, at=at)]


def _holding(agreement: Agreement | None, account: Account, at: datetime) -> Holding:
    covers = words.covers(agreement) if agreement else gettext("everything, by the licence")
    return Holding(agreement, covers, *promise_or_faults(agreement, account, at=at))


def promise_or_faults(
    agreement: Agreement | None, account: Account, *, at: datetime
) -> tuple[Promise | None, tuple[str, ...]]:
    """What an agreement promises, or why its version of the policy knows no such promise."""
    try:
        return promise_under(agreement, account, at=at), ()
    except UnknownLevel as error:
        return None, (str(error),)
    except PolicyFileErrors as errors:
        return None, tuple(map(str, errors.problems))
