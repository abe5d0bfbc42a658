"""The job that looks for repeated causes: it reads the reports, has them grouped apart, and keeps what was found."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import OuterRef, Subquery
from procrastinate.contrib.django import app

from watchkeeper.core import timeline as t
from watchkeeper.core.shares import Period
from watchkeeper.incidents.models import Message
from watchkeeper.people import clock
from watchkeeper.people.wall import for_the_desk
from watchkeeper.policies.versions import policy_in_force
from watchkeeper.premium.models import GroupedIncident, IncidentGroup, ReviewFigures, ServiceReview
from watchkeeper.premium.reviews.figures.own_incidents import own_incidents
from watchkeeper.premium.reviews.grouping.alike import Group, Report
from watchkeeper.premium.reviews.grouping.apart import groups_of
from watchkeeper.premium.reviews.grouping.names import GROUP, QUEUE
from watchkeeper.premium.reviews.history import record
from watchkeeper.premium.reviews.periods import before

LONGEST_NAME = 200
MOST_COMPARED = 2000
"""So many reports of two periods are compared, the newest: each is compared with each."""


@app.task(name=GROUP, queue=QUEUE)
def group(review_id: int) -> None:
    """Group the incidents of a review once. Between reading and keeping no transaction is open."""
    with for_the_desk():
        review = ServiceReview.objects.select_related("account").filter(pk=review_id, figures__grouped_at=None).first()
        reports = reports_of(review) if review is not None else []
    if review is None:
        return
    found = groups_of(reports)
    with for_the_desk():
        keep(review, found, reports)


def reports_of(review: ServiceReview) -> list[Report]:
    """What was reported in the period, and in the one before to compare: title and report, never what came after."""
    earlier = _begin_of_the_one_before(review)
    body = Message.objects.filter(incident=OuterRef("pk"), event__kind=t.REPORTED, erased_at=None).values("body")[:1]
    rows = own_incidents(review.account).filter(received_at__gte=earlier, received_at__lt=review.ends_at)
    return [
        Report(pk, component, title, text or "", received_at >= review.starts_at)
        for pk, component, title, text, received_at in rows.annotate(text=Subquery(body))
        .order_by("-received_at", "-pk")
        .values_list("pk", "component", "title", "text", "received_at")[:MOST_COMPARED]
    ]


def keep(review: ServiceReview, found: Sequence[Group], reports: Sequence[Report]) -> None:
    """Write down what was found, unless another worker did meanwhile."""
    now = clock.now()
    if ReviewFigures.objects.filter(review=review, grouped_at=None).update(grouped_at=now) == 0:
        return
    counts = {report.key: report.counts for report in reports}
    for place, group in enumerate(found, 1):
        row = IncidentGroup.objects.create(
            review=review,
            account_id=review.account_id,
            place=place,
            component=group.component,
            suggested=suggested_name(group),
        )
        GroupedIncident.objects.bulk_create(
            GroupedIncident(group=row, account_id=review.account_id, incident_id=key, is_before=not counts[key])
            for key in group.keys
        )
    record(review, "grouped", at=now, by=None, about=str(len(found)))


def suggested_name(group: Group) -> str:
    """What a group is called until a person names it: its component, and the words that tell it from the others."""
    name = ": ".join(filter(None, (group.component, ", ".join(group.words))))
    return name[:LONGEST_NAME]


def _begin_of_the_one_before(review: ServiceReview) -> datetime:
    zone = policy_in_force(review.drafted_at).zone
    return before(Period(review.period, review.starts_at, review.ends_at), review.each, zone).starts_at
