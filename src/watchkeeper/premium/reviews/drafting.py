"""A review is begun: its figures are counted once, and a worker is asked to look for repeated causes."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext
from procrastinate.contrib.django import app

from watchkeeper.core.features import SERVICE_REVIEWS
from watchkeeper.core.shares import Period
from watchkeeper.people import access, clock
from watchkeeper.people.models import Account, Person
from watchkeeper.policies.versions import policy_in_force
from watchkeeper.premium.entitlement import holds
from watchkeeper.premium.models import ReviewFigures, ServiceReview
from watchkeeper.premium.reviews.figures import counted
from watchkeeper.premium.reviews.grouping.names import GROUP, QUEUE
from watchkeeper.premium.reviews.history import record
from watchkeeper.premium.reviews.words import keep_first_words


class NotDrafted(Exception):
    """There is nothing to review for the account, or not yet; the message says why."""


def draft_for(account: Account, period: Period, each: str, *, by: Person) -> tuple[ServiceReview, bool]:
    """The review of a period, begun by a person unless it is there; and whether it is new. Raises ``NotDrafted``."""
    access.require(by, "write review")
    now = clock.now()
    if not holds(account, SERVICE_REVIEWS, at=now):
        raise NotDrafted(
            gettext("{account} holds no level or SLA that includes service reviews.").format(account=account)
        )
    if period.ends_at > now:
        raise NotDrafted(gettext("That period is not over yet: a review looks back on a whole one."))
    return begin(account, period, each, by=by)


def begin(account: Account, period: Period, each: str, *, by: Person | None) -> tuple[ServiceReview, bool]:
    """The review of a period, and whether it is new: of two who begin it at once, one does."""
    now = clock.now()
    with transaction.atomic():
        review, is_new = ServiceReview.objects.get_or_create(
            account=account,
            period=period.name,
            defaults={"each": each, "starts_at": period.starts_at, "ends_at": period.ends_at, "drafted_at": now},
        )
        if is_new:
            _fill(review, period, by)
    return review, is_new


def look_for_causes(review: ServiceReview) -> None:
    """Ask a worker to group what was reported: one review after the other, for each takes much memory."""
    app.configure_task(GROUP, queue=QUEUE, lock=GROUP).defer(review_id=review.pk)


def _fill(review: ServiceReview, period: Period, by: Person | None) -> None:
    now = review.drafted_at
    found = counted(review.account, period, review.each, policy=policy_in_force(now), as_of=now)
    ReviewFigures.objects.create(review=review, account_id=review.account_id, counted=found)
    before = found["volume"]["periods"][-2]["count"]
    with translation.override(settings.LANGUAGE_CODE):
        keep_first_words(review, found["volume"]["total"], before)
    record(review, "drafted", at=now, by=by)
    look_for_causes(review)
