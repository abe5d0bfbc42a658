"""Which reminder a review that is not held is due, and to whom: a table of what can be late."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple

from watchkeeper.notify import wording
from watchkeeper.people.models import Person
from watchkeeper.premium.models import ReviewReminder, ServiceReview
from watchkeeper.premium.reviews.history import record
from watchkeeper.premium.reviews.telling import Worded, customer_managers, tell, who_leads

EVERY = timedelta(days=7)
"""So often somebody is reminded of what they have not done."""

BEFOREHAND = (timedelta(days=7), timedelta(days=1))
"""So long before its date both sides are reminded of it."""


class Due(NamedTuple):
    """A reminder: its step, which is told once, whether the customer hears it too, and its words."""

    step: str
    is_for_both: bool
    words: Worded


def reminder_due(review: ServiceReview, at: datetime) -> Due | None:
    """What is due to be told at an instant: of several the last that came due."""
    if review.held_at is not None:
        return None
    if review.published_at is None:
        return _weekly("unpublished", review.drafted_at, at, wording.review_not_published)
    if review.meets_at is None:
        return _weekly("undated", review.published_at, at, wording.review_without_a_date)
    return _of_its_date(review.meets_at, at)


def remind(review: ServiceReview, *, at: datetime) -> bool:
    """Tell what is due of a review, unless it was told; whether anything was."""
    due = reminder_due(review, at)
    if due is None or not _is_first(review, due, at):
        return False
    tell(review, f"reminder:{due.step}", _people(review, due), due.words, at=at)
    record(review, "reminded", at=at, by=None, about=due.step)
    return True


def skip_what_is_due(review: ServiceReview, *, at: datetime) -> None:
    """Nobody is reminded now of a date that they are being told."""
    due = reminder_due(review, at)
    if due is not None:
        _is_first(review, due, at)


def _is_first(review: ServiceReview, due: Due, at: datetime) -> bool:
    _row, is_new = ReviewReminder.objects.get_or_create(
        review=review, step=due.step, defaults={"account_id": review.account_id, "told_at": at}
    )
    return is_new


def _people(review: ServiceReview, due: Due) -> list[Person]:
    leading = who_leads(review.account)
    return [*leading, *customer_managers(review.account)] if due.is_for_both else leading


def _weekly(step: str, since: datetime, at: datetime, words: Callable[..., wording.Words]) -> Due | None:
    weeks = (at - since) // EVERY
    return Due(f"{step}:{weeks}", False, partial(words, days=(at - since).days)) if weeks >= 1 else None


def _of_its_date(meets_at: datetime, at: datetime) -> Due | None:
    dated = f"{meets_at:%Y%m%dT%H%M}"
    if at >= meets_at + min(BEFOREHAND):
        weeks = (at - meets_at) // EVERY
        return Due(f"not-held:{dated}:{weeks}", False, partial(wording.review_not_held, meets_at=meets_at))
    come = [before for before in BEFOREHAND if meets_at - before <= at < meets_at]
    if not come:
        return None
    return Due(f"soon:{dated}:{min(come).days}", True, partial(wording.review_comes_up, meets_at=meets_at))
