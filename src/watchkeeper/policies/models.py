"""Published policy versions, licences and agreements."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models

from watchkeeper.people.models import Account, Person


class PolicyVersionQuerySet(models.QuerySet["PolicyVersion"]):
    def standing(self) -> PolicyVersionQuerySet:
        """Those that were not withdrawn before they came into force (a row of the room that publishes)."""
        return self.filter(withdrawal__isnull=True)

    def in_force_by(self, day: date) -> PolicyVersionQuerySet:
        """Those valid by a day, the one in force first: the one valid last, of those of one day the newest."""
        return self.standing().filter(valid_from__lte=day).order_by("-valid_from", "-number")

    def in_force_on(self, day: date) -> PolicyVersion | None:
        """The version in force on a day."""
        return self.in_force_by(day).first()


class PolicyVersion(models.Model):
    """One immutable version of the policy: its file as it was published, and its holidays resolved to dates."""

    number = models.PositiveIntegerField(unique=True)
    text = models.TextField()
    holidays = models.JSONField(default=dict)
    valid_from = models.DateField()
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    note = models.TextField(blank=True)

    objects = PolicyVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"policy version {self.number}"


class Licence(models.Model):
    """That an account may use the product, from–to (``to`` exclusive); it carries the level marked as included."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="licences")
    period = DateRangeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="licences_of_an_account_never_overlap",
                expressions=[("account", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
            )
        ]


class Agreement(models.Model):
    """A level bought by an account for all, or for one product or environment, with an optional SLA over it."""

    class Scope(models.TextChoices):
        ALL = "all", "everything"
        PRODUCT = "product", "one product"
        ENVIRONMENT = "environment", "one environment"

    NARROWEST_FIRST: ClassVar = (Scope.ENVIRONMENT, Scope.PRODUCT, Scope.ALL)

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="agreements")
    level = models.CharField(max_length=80)
    scope = models.CharField(max_length=16, choices=Scope.choices, default=Scope.ALL)
    scope_value = models.CharField(max_length=200, blank=True)
    period = DateRangeField()
    sla_text = models.TextField(blank=True)
    pinned_version = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="agreements_of_one_scope_never_overlap",
                expressions=[
                    ("account", RangeOperators.EQUAL),
                    ("scope", RangeOperators.EQUAL),
                    ("scope_value", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                name="a_scope_names_what_it_covers",
                condition=models.Q(scope="all", scope_value="") | (~models.Q(scope="all") & ~models.Q(scope_value="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.level} for {self.scope_value or 'everything'}"


class GivenPromise(models.Model):
    """The terms an incident was given at a moment, by reference to what is immutable: an incident keeps its promise.

    ``sla_text`` is the SLA as it stood; the timeline names the row by its key. ``circumstances`` are those that the
    policy or the SLA looks at, ``holidays`` the dates of the places that the SLA or the customer's hours name.
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=80)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    sla_text = models.TextField(blank=True)
    circumstances = models.JSONField(default=dict)
    holidays = models.JSONField(default=dict)
