"""A review as one value: what the desk counted, the groups that stand, and what people wrote.

A draft is shown from it, publishing keeps it as an edition, and pages and paper are made of nothing else.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from typing import Any

from watchkeeper.premium.models import GroupedIncident, IncidentGroup, ReviewFigures, ServiceReview
from watchkeeper.premium.reviews.words import HEADINGS, newest_words

FORM = 1
"""Which shape of document this is: an edition is read by the shape it was kept in."""


def document_of(review: ServiceReview) -> dict[str, Any]:
    """The review as it stands now. The team's comments, drafts and dropped groups are no part of it."""
    figures = ReviewFigures.objects.get(review=review)
    words = newest_words(review)
    return {
        "form": FORM,
        "account": review.account.name,
        "period": review.period,
        "each": review.each,
        "starts_at": review.starts_at.isoformat(),
        "ends_at": review.ends_at.isoformat(),
        "words": {name: words.sections[name] for name in HEADINGS},
        "causes": causes_of(review),
        **figures.counted,
    }


def causes_of(review: ServiceReview) -> list[dict[str, Any]]:
    """The groups that stand, the largest first, each with its incidents and how many there were the period before."""
    rows = list(IncidentGroup.objects.filter(review=review))
    stands_in = {row.pk: row.into_id or row.pk for row in rows}
    members: dict[int, dict[int, GroupedIncident]] = defaultdict(dict)
    for member in GroupedIncident.objects.filter(group__review=review).select_related("incident").order_by("pk"):
        members[stands_in[member.group_id]].setdefault(member.incident_id, member)
    causes = [_cause(row, list(members[row.pk].values())) for row in rows if row.stands]
    return sorted(causes, key=lambda cause: -cause["count"])


def digest_of(document: dict[str, Any]) -> str:
    """SHA-256 of a document, whatever order its parts stand in."""
    return hashlib.sha256(json.dumps(document, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _cause(group: IncidentGroup, members: list[GroupedIncident]) -> dict[str, Any]:
    now = [member for member in members if not member.is_before]
    return {
        "group": group.pk,
        "name": str(group),
        "component": group.component,
        "count": len(now),
        "before": len(members) - len(now),
        "incidents": [
            {
                "reference": member.incident.reference,
                "title": member.incident.title,
                "received_at": member.incident.received_at.isoformat(),
            }
            for member in sorted(now, key=lambda member: member.incident.received_at)
        ],
    }
