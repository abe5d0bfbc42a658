"""Service reviews: what the desk prepares for itself, and what an account reads of it.

What is drafted stands behind the wall of the desk alone: figures, groups and words reach the account's rows only as an
edition, which a person published and which never changes.
"""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils.translation import pgettext_lazy

from watchkeeper.core.features import MONTH, QUARTER
from watchkeeper.incidents.models import Incident
from watchkeeper.people.access import accounts_served_by
from watchkeeper.people.models import Account, Person


class ServiceReviewQuerySet(models.QuerySet["ServiceReview"]):
    def seen_by(self, person: Person) -> ServiceReviewQuerySet:
        """The reviews a person may see; every page starts here. Customers see what is published, and only managers."""
        if not person.is_active:
            return self.none()
        if not person.is_customer:
            return self.filter(account__in=accounts_served_by(person))
        if not person.has_role(Person.Role.CUSTOMER_MANAGER):
            return self.none()
        return self.filter(account_id=person.account_id, published_at__isnull=False)

    def not_looked_through(self, since: datetime) -> ServiceReviewQuerySet:
        """Those drafted before ``since``, not held, in which nobody looked for repeated causes yet."""
        return self.not_held().filter(drafted_at__lte=since, figures__grouped_at__isnull=True, figures__isnull=False)

    def not_held(self) -> ServiceReviewQuerySet:
        return self.filter(held_at__isnull=True)


class ServiceReview(models.Model):
    """One period of one account, looked back on. ``period`` is ``2026-03`` or ``2026-Q1``, half-open between its times.

    ``meets_at`` is when it is to be held, ``agreed`` what was agreed when it was.
    """

    class Each(models.TextChoices):
        MONTH = MONTH, pgettext_lazy("a service review of each", "month")
        QUARTER = QUARTER, pgettext_lazy("a service review of each", "quarter")

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("a service review", "draft")
        PUBLISHED = "published", pgettext_lazy("a service review", "published")
        HELD = "held", pgettext_lazy("a service review", "held")

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="service_reviews")
    each = models.CharField(max_length=8, choices=Each.choices)
    period = models.CharField(max_length=8)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    drafted_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, help_text="of the first edition")
    meets_at = models.DateTimeField(null=True)
    held_at = models.DateTimeField(null=True)
    agreed = models.TextField(blank=True)

    objects = ServiceReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_at", "account__name"]
        constraints = [models.UniqueConstraint(fields=["account", "period"], name="reviewed_once_a_period")]

    def __str__(self) -> str:
        return f"service review {self.period} of {self.account}"

    @property
    def state(self) -> State:
        if self.held_at is not None:
            return self.State.HELD
        return self.State.PUBLISHED if self.published_at is not None else self.State.DRAFT

    @property
    def is_open(self) -> bool:
        """Whether it can still be written and published: until it is held."""
        return self.held_at is None


class ReviewFigures(models.Model):
    """What the desk's records said when the review was drafted, as plain values: it is not counted again.

    ``grouped_at`` is when incidents were looked through for repeated causes; empty: not yet.
    """

    review = models.OneToOneField(ServiceReview, on_delete=models.PROTECT, related_name="figures")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    counted = models.JSONField()
    grouped_at = models.DateTimeField(null=True)


class ReviewWords(models.Model):
    """What a person wrote beside the figures, by section, in Markdown; every save is a row, the last one holds."""

    review = models.ForeignKey(ServiceReview, on_delete=models.PROTECT, related_name="words")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    sections = models.JSONField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["review", "number"], name="review_says_one_text_a_number")]


class IncidentGroup(models.Model):
    """Incidents of a review that seem to have one cause. ``suggested`` is the name the desk found, ``name`` a person's.

    ``into`` is the group that a person merged it into, ``dropped_at`` when a person said that it is none.
    """

    review = models.ForeignKey(ServiceReview, on_delete=models.PROTECT, related_name="groups")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField()
    component = models.CharField(max_length=200, blank=True)
    suggested = models.CharField(max_length=200)
    name = models.CharField(max_length=200, blank=True)
    into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="merged")
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["review", "place"], name="review_group_has_a_place")]

    def __str__(self) -> str:
        return self.name or self.suggested

    @property
    def stands(self) -> bool:
        """Whether it is shown as a group of its own."""
        return self.into_id is None and self.dropped_at is None


class GroupedIncident(models.Model):
    """An incident in a group. ``is_before``: of the period before, for comparison."""

    group = models.ForeignKey(IncidentGroup, on_delete=models.PROTECT, related_name="incidents")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="+")
    is_before = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "incident"], name="grouped_once")]


class ReviewEdition(models.Model):
    """A review as the account reads it, whole and in plain values: pages and paper are made of nothing else.

    The application adds editions and changes none; the highest number holds, ``digest`` is the SHA-256 of its document.
    """

    review = models.ForeignKey(ServiceReview, on_delete=models.PROTECT, related_name="editions")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    document = models.JSONField()
    digest = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["review", "number"], name="review_edition_once")]


class ReviewComment(models.Model):
    """What somebody of the account, or of the team, said about a published review. Rows are only added."""

    review = models.ForeignKey(ServiceReview, on_delete=models.PROTECT, related_name="comments")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()

    class Meta:
        ordering = ["at", "pk"]


class ReviewAct(models.Model):
    """What was done with a review, when and by whom; ``by`` is empty for the desk itself. Rows are only added."""

    ACTS: ClassVar = (
        "drafted",
        "grouped",
        "written",
        "group renamed",
        "groups merged",
        "group dropped",
        "group put back",
        "published",
        "date set",
        "reminded",
        "held",
    )

    review = models.ForeignKey(ServiceReview, on_delete=models.PROTECT, related_name="acts")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    act = models.CharField(max_length=24, choices=[(act, act) for act in ACTS])
    about = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]


class ReviewReminder(models.Model):
    """That a review that is not held was brought to mind by a step; once each."""

    review = models.ForeignKey(ServiceReview, on_delete=models.PROTECT, related_name="reminders")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    step = models.CharField(max_length=40)
    told_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "step"], name="review_reminded_once_a_step")]
