"""The report after an incident: as the team writes it, and as the customer reads it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from watchkeeper.incidents.models.incidents import Event, Incident
from watchkeeper.people.models import Account, Person


class ReportSections(models.Model):
    """What stands in the report after an incident, each part in Markdown."""

    summary = models.TextField(blank=True)
    impact = models.TextField(blank=True)
    timeline = models.TextField(blank=True)
    cause = models.TextField(blank=True)
    done = models.TextField(blank=True)
    to_do = models.TextField(blank=True)

    SECTIONS: ClassVar = ("summary", "impact", "timeline", "cause", "done", "to_do")

    class Meta:
        abstract = True

    @property
    def written(self) -> dict[str, str]:
        """Its parts by their names."""
        return {name: getattr(self, name) for name in self.SECTIONS}


class ReportDraft(ReportSections):
    """The report as the team is writing it. ``number`` counts how often it was saved."""

    incident = models.OneToOneField(Incident, on_delete=models.PROTECT, related_name="report_draft")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")


class PublishedReport(ReportSections):
    """One version of the report as the customer reads it. The application may add rows and never change one.

    Its event holds the salted digest of it.
    """

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="reports")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="report")
    version = models.PositiveIntegerField()
    salt = models.CharField(max_length=32)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-version"]
        constraints = [models.UniqueConstraint(fields=["incident", "version"], name="report_version_once")]
