"""A review is published, given a date, talked about and held: each a verb, and a row that stays."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.utils.translation import gettext

from watchkeeper.notify import wording
from watchkeeper.people import access, clock
from watchkeeper.people.models import Person
from watchkeeper.premium.models import ReviewComment, ReviewEdition, ServiceReview
from watchkeeper.premium.reviews.document import digest_of, document_of
from watchkeeper.premium.reviews.history import record
from watchkeeper.premium.reviews.reminders import skip_what_is_due
from watchkeeper.premium.reviews.telling import customer_managers, tell, who_leads, who_writes
from watchkeeper.premium.reviews.words import as_kept, hold_open, newest_words

WAITS_FOR_CAUSES = timedelta(hours=1)


class NotNow(Exception):
    """What was asked for cannot be done with the review as it is; the message says what is missing."""


def publish(review: ServiceReview, *, seen: int, by: Person) -> ReviewEdition:
    """Show the account the review as it stands with the words number ``seen``. Raises ``NotNow`` and ``Closed``."""
    access.require(by, "publish review")
    with transaction.atomic():
        held = hold_open(review)
        now = clock.now()
        _require_publishable(held, seen, now)
        document = document_of(held)
        number = held.editions.count() + 1
        edition = ReviewEdition.objects.create(
            review=held,
            account_id=held.account_id,
            number=number,
            document=document,
            digest=digest_of(document),
            published_at=now,
            published_by=by,
        )
        if number == 1:
            held.published_at = now
            held.save(update_fields=["published_at"])
        record(held, "published", at=now, by=by, about=str(number))
        told = partial(wording.review_published, by=by.name, edition=number)
        tell(held, f"published:{number}", customer_managers(held.account), told, at=now, speaker=by.name)
    return edition


def set_date(review: ServiceReview, meets_at: datetime, *, by: Person) -> ServiceReview:
    """Say when a published review is to be held. Raises ``NotNow`` and ``Closed``."""
    access.require(by, "hold review")
    with transaction.atomic():
        held, now = hold_open(review), clock.now()
        if held.published_at is None:
            raise NotNow(gettext("Publish the review first: the customer reads it before it is held."))
        if meets_at <= now:
            raise NotNow(gettext("That is in the past: a review is held at a time to come."))
        if held.meets_at != meets_at:
            held.meets_at = meets_at
            held.save(update_fields=["meets_at"])
            record(held, "date set", at=now, by=by, about=meets_at.isoformat())
            told = partial(wording.review_date_set, by=by.name, meets_at=meets_at)
            others = [person for person in (*customer_managers(held.account), *who_leads(held.account)) if person != by]
            tell(held, f"date:{meets_at.isoformat()}", others, told, at=now, speaker=by.name)
            skip_what_is_due(held, at=now)
    return held


def hold(review: ServiceReview, *, agreed: str, by: Person) -> ServiceReview:
    """Write down that it was held, and what was agreed, which the customer reads. Raises ``NotNow`` and ``Closed``."""
    access.require(by, "hold review")
    with transaction.atomic():
        held, now = hold_open(review), clock.now()
        if held.published_at is None:
            raise NotNow(gettext("Publish the review first: what the customer never read was not reviewed with them."))
        held.held_at, held.agreed = now, as_kept(agreed)
        held.save(update_fields=["held_at", "agreed"])
        record(held, "held", at=now, by=by)
    return held


def comment(review: ServiceReview, text: str, *, by: Person) -> ReviewComment:
    """Say something about a published review; the other side is told. Raises ``NotNow``."""
    access.require(by, "comment on review")
    if review.published_at is None:
        raise NotNow(gettext("Nobody of the customer can read this yet: publish the review first."))
    now = clock.now()
    said = ReviewComment.objects.create(review=review, account_id=review.account_id, at=now, by=by, text=as_kept(text))
    others = [*who_leads(review.account), *who_writes(review.account)]
    told = partial(wording.review_commented, by=by.name, text=said.text)
    to = others if by.is_customer else customer_managers(review.account)
    tell(review, f"comment:{said.pk}", to, told, at=now, speaker=by.name)
    return said


def is_looked_through(review: ServiceReview, at: datetime) -> bool:
    """Whether repeated causes were looked for, or a worker had an hour to: a review waits for no machine for ever."""
    return at >= review.drafted_at + WAITS_FOR_CAUSES or review.figures.grouped_at is not None


def _require_publishable(review: ServiceReview, seen: int, at: datetime) -> None:
    if not is_looked_through(review, at):
        raise NotNow(gettext("Repeated causes are still being looked for; look at them before the customer does."))
    newest = newest_words(review)
    if newest.number != seen:
        name = newest.by.name if newest.by else gettext("The desk")
        raise NotNow(gettext("{person} wrote in the review meanwhile: look at it first.").format(person=name))
