"""One row for each commitment of an incident: a copy of core's answer, rewritten with every event."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models

from watchkeeper.core import commitments as core
from watchkeeper.people.models import Account
from watchkeeper.policies.models import GivenPromise


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    def of_incident(self, incident_id: int) -> CommitmentQuerySet:
        return self.filter(incident_id=incident_id).order_by("metric", "nth")

    def opened_on(self, first: date, before: date) -> CommitmentQuerySet:
        """Those that came to be owed on the days of a half-open span, by the calendar of their policy's zone."""
        return self.filter(opened_on__gte=first, opened_on__lt=before)


class Measured(models.Model):
    """What a report sorts by, copied beside what it counts, so that it reads one narrow table and asks nothing twice.

    ``level`` is that of the promise, ``component`` what the incident is about now. ``opened_on`` and ``opened_hour``
    are a day and an hour of the week by the calendar of the policy's zone: ``core.measures.Opened``.
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    severity = models.PositiveSmallIntegerField()
    level = models.CharField(max_length=80)
    component = models.CharField(max_length=200, blank=True)
    is_test = models.BooleanField(default=False)
    opened_at = models.DateTimeField()
    opened_on = models.DateField()
    opened_hour = models.PositiveSmallIntegerField()

    class Meta:
        abstract = True


class Commitment(Measured):
    """A target applied to one incident; the fields mean what ``core.commitments.Commitment`` says.

    ``took_elapsed`` and ``took_operating`` are ``core.measures.Took`` in microseconds, ``disputed`` how the customer's
    dispute about it stands.
    """

    OUTCOMES: ClassVar = [(o, o) for o in (core.RUNNING, core.MET, core.BREACHED, core.CANCELLED)]

    incident_id = models.BigIntegerField()
    metric = models.CharField(max_length=32)
    nth = models.PositiveIntegerField()
    promise = models.ForeignKey(GivenPromise, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    goal_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=16, choices=OUTCOMES)
    done_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=64, blank=True)
    excluded = models.TextField(blank=True)
    disputed = models.CharField(max_length=16, blank=True)
    took_elapsed = models.BigIntegerField(null=True)
    took_operating = models.BigIntegerField(null=True)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["incident_id", "metric", "nth"], name="commitment_once_an_incident")
        ]
        indexes = [
            models.Index(fields=["account", "opened_on"], name="commitment_of_account"),
            models.Index(fields=["opened_on"], name="commitment_opened"),
        ]


class OutsideTheLevel(Measured):
    """An incident for which its level promises nothing: it has no commitment, and counts beside them."""

    incident_id = models.BigIntegerField(unique=True)

    class Meta:
        indexes = [
            models.Index(fields=["account", "opened_on"], name="outside_of_account"),
            models.Index(fields=["opened_on"], name="outside_opened"),
        ]
