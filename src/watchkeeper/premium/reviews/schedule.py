"""What the desk does for reviews by itself: drafts those of a period that is over, and reminds until they are held.

Any number of processes may look, as often as they like: a review is one row for an account and a period, a reminder
one row for a review and a step, each written with its notices in one transaction.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from watchkeeper.core.features import SERVICE_REVIEWS
from watchkeeper.core.shares import Period
from watchkeeper.notify import wording
from watchkeeper.people import clock
from watchkeeper.people.apart import apart
from watchkeeper.people.models import Account
from watchkeeper.people.wall import for_the_desk
from watchkeeper.policies.versions import NoPolicy, policy_in_force
from watchkeeper.premium.entitlement import accounts_holding, entitlement_of
from watchkeeper.premium.models import ServiceReview
from watchkeeper.premium.reviews.drafting import begin, look_for_causes
from watchkeeper.premium.reviews.figures.own_incidents import own_incidents
from watchkeeper.premium.reviews.periods import last_period
from watchkeeper.premium.reviews.publication import WAITS_FOR_CAUSES
from watchkeeper.premium.reviews.reminders import remind
from watchkeeper.premium.reviews.telling import tell, who_leads, who_writes

DRAFTED_AFTERWARDS = timedelta(days=14)
"""How long after a period its review is still drafted by itself: later a person asks for it, or nobody needs it."""

_A_MOMENT = timedelta(microseconds=1)


def look_after_reviews() -> int:
    """Draft and remind what is due; how many of both. A fault in one account holds up no other.

    Where a worker did not come to look for repeated causes within the hour, another is asked.
    """
    drafted = sum(
        apart(f"draft the review of {period.name} for the account {key}", _draft, key, each, period)
        for key, each, period in _to_draft()
    )
    reminded = sum(apart(f"remind of the review {key}", _remind, key) for key in _to_remind())
    with for_the_desk():
        for review in ServiceReview.objects.not_looked_through(clock.now() - WAITS_FOR_CAUSES):
            look_for_causes(review)
    return drafted + reminded


def _to_draft() -> list[tuple[int, str, Period]]:
    with for_the_desk():
        now = clock.now()
        try:
            zone = policy_in_force(now).zone
        except NoPolicy:
            return []
        return list(_due(now, zone))


def _due(now: datetime, zone: str) -> Iterator[tuple[int, str, Period]]:
    """Each account that held service reviews to the end of a period that ended lately and has no review of it yet."""
    if all(now - last_period(each, now, zone).ends_at > DRAFTED_AFTERWARDS for each in ServiceReview.Each.values):
        return
    for account in accounts_holding(SERVICE_REVIEWS, at=now):
        each = entitlement_of(account, at=now).reviewed_each
        period = last_period(each, now, zone)
        if now - period.ends_at <= DRAFTED_AFTERWARDS and _is_to_be_reviewed(account, period):
            yield account.pk, each, period


def _is_to_be_reviewed(account: Account, period: Period) -> bool:
    is_there = ServiceReview.objects.filter(account=account, period=period.name).exists()
    return (
        not is_there
        and own_incidents(account).filter(received_at__lt=period.ends_at).exists()
        and entitlement_of(account, at=period.ends_at - _A_MOMENT).includes(SERVICE_REVIEWS)
    )


def _draft(account_id: int, each: str, period: Period) -> bool:
    account = Account.objects.select_related("account_executive", "team").get(pk=account_id)
    review, is_new = begin(account, period, each, by=None)
    if is_new:
        people = [*who_writes(account), *who_leads(account)]
        tell(review, "drafted", people, wording.review_drafted, at=review.drafted_at)
    return is_new


def _to_remind() -> list[int]:
    with for_the_desk():
        return list(ServiceReview.objects.not_held().order_by("pk").values_list("pk", flat=True))


def _remind(key: int) -> bool:
    review = (
        ServiceReview.objects.not_held().select_related("account__account_executive", "account__team").filter(pk=key)
    )
    return any(remind(each, at=clock.now()) for each in review)
