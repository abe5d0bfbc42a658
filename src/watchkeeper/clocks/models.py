"""One row for each commitment of an incident: a copy of core's answer, rewritten with every event."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models

from watchkeeper.core import commitments as core
from watchkeeper.people.models import Account
from watchkeeper.policies.models import GivenPromise


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    def of_incident(self, incident_id: int) -> CommitmentQuerySet:
        return self.filter(incident_id=incident_id).order_by("metric", "nth")

    def opened_in(self, starts_at: datetime, ends_at: datetime) -> CommitmentQuerySet:
        """Those that came to be owed in a half-open span, the newest first."""
        return self.filter(opened_at__gte=starts_at, opened_at__lt=ends_at).order_by("-opened_at", "-pk")


class Commitment(models.Model):
    """A target applied to one incident; the fields mean what ``core.commitments.Commitment`` says."""

    OUTCOMES: ClassVar = [(o, o) for o in (core.RUNNING, core.MET, core.BREACHED, core.CANCELLED)]

    incident_id = models.BigIntegerField()
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    metric = models.CharField(max_length=32)
    nth = models.PositiveIntegerField()
    severity = models.PositiveSmallIntegerField()
    promise = models.ForeignKey(GivenPromise, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    starts_at = models.DateTimeField()
    goal_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=16, choices=OUTCOMES)
    done_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=64, blank=True)
    excluded = models.TextField(blank=True)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["incident_id", "metric", "nth"], name="commitment_once_an_incident")
        ]
