"""Which review or group a page is about: one that the reader sees. Who comes in says ``people.doors``."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from watchkeeper.premium.models import IncidentGroup, ReviewEdition, ServiceReview

_ALONG = ("account__account_executive", "account__team")


def review_seen(request: HttpRequest, key: int) -> ServiceReview:
    """The review with this key if the asker, of the team, sees it; else there is no such page."""
    return get_object_or_404(ServiceReview.objects.seen_by(request.user).select_related(*_ALONG), pk=key)


def own_review(request: HttpRequest, period: str) -> ServiceReview:
    """The review of a period of the reader's own account, once it is published."""
    own = ServiceReview.objects.seen_by(request.user).filter(account_id=request.user.account_id)
    return get_object_or_404(own.select_related(*_ALONG), period=period)


def group_seen(request: HttpRequest, key: int) -> IncidentGroup:
    """A group of a review that the asker sees."""
    seen = ServiceReview.objects.seen_by(request.user)
    return get_object_or_404(
        IncidentGroup.objects.filter(review__in=seen).select_related("review", *(f"review__{each}" for each in _ALONG)),
        pk=key,
    )


def newest_edition(review: ServiceReview) -> ReviewEdition | None:
    """What the account reads; ``None`` while nothing is published."""
    return review.editions.select_related("published_by").first()
