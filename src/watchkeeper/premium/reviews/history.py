"""What was done with a review, when and by whom."""

from __future__ import annotations

from datetime import datetime

from watchkeeper.people.models import Person
from watchkeeper.premium.models import ReviewAct, ServiceReview

LONGEST = 400


def record(review: ServiceReview, act: str, *, at: datetime, by: Person | None, about: str = "") -> ReviewAct:
    """Write down one act, one of ``ReviewAct.ACTS``."""
    kept = about if len(about) <= LONGEST else about[: LONGEST - 1] + "…"
    return ReviewAct.objects.create(review=review, account_id=review.account_id, at=at, by=by, act=act, about=kept)
