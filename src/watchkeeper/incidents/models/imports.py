"""Incidents that came from another desk's log, known by what they were called there."""

from __future__ import annotations

from django.db import models

from watchkeeper.incidents.models.incidents import Incident
from watchkeeper.people.models import Account


class ImportedIncident(models.Model):
    """That an incident came from another desk: brought in again it is not made again."""

    incident = models.OneToOneField(Incident, on_delete=models.PROTECT, related_name="imported")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=100, help_text="which desk it comes from; names are told apart by it")
    key = models.CharField(max_length=200, help_text="what it was called there")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "source", "key"], name="imported_once_an_account")]
