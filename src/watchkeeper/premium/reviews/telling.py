"""Who is told what of a review, through the outbox, in the transaction of what made it worth telling."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from django.conf import settings
from django.urls import reverse

from watchkeeper.notify import outbox
from watchkeeper.notify.wording import Review, Words
from watchkeeper.people.language import speaking_to
from watchkeeper.people.models import Account, Person
from watchkeeper.policies.versions import policy_in_force
from watchkeeper.premium.models import ServiceReview
from watchkeeper.premium.reviews.periods import spelled
from watchkeeper.ui.moments import DeskZone

Worded = Callable[[Review], Words]


def customer_managers(account: Account) -> list[Person]:
    """Those of the account who read its reviews."""
    return list(account.people.filter(is_active=True, roles__contains=[Person.Role.CUSTOMER_MANAGER]))


def who_leads(account: Account) -> list[Person]:
    """The account executive, else the managers of its team."""
    executive = account.account_executive
    return [executive] if executive is not None and executive.is_active else account.managers()


def who_writes(account: Account) -> list[Person]:
    """The engineers whom the account's agreements name, else the managers of its team."""
    designated = Person.objects.filter(designated_in__account=account, is_active=True).distinct().order_by("name")
    return list(designated) or account.managers()


def tell(
    review: ServiceReview, step: str, people: Iterable[Person], worded: Worded, *, at: datetime, speaker: str = ""
) -> int:
    """Queue the same for each of some people, in their languages; how many."""
    policy = policy_in_force(at)
    zone = DeskZone(policy.zone, policy.zone_label or policy.zone)
    sayings = [_saying(review, step, person, worded, zone, at, speaker) for person in dict.fromkeys(people)]
    outbox.queue_all(sayings)
    return len(sayings)


def _saying(
    review: ServiceReview, step: str, to: Person, worded: Worded, zone: DeskZone, at: datetime, speaker: str
) -> outbox.Saying:
    page = (
        reverse("portal-review", args=[review.period]) if to.is_customer else reverse("desk-review", args=[review.pk])
    )
    with speaking_to(to):
        url = settings.WATCHKEEPER_BASE_URL + page
        words = worded(Review(account=review.account.name, period=spelled(review.period), zone=zone, url=url))
    return outbox.Saying(
        step=f"review:{review.pk}:{step}",
        to=outbox.Recipient(to.email, to.name, to.pk),
        words=words,
        account_id=review.account_id,
        speaker=speaker,
        at=at,
    )
