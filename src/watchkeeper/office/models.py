"""What the office keeps: the tables that were imported or are about to be, how far a new desk is set up, and what
belongs to publishing (``publishing/models.py``)."""

from __future__ import annotations

import uuid

from django.db import models

from watchkeeper.office.publishing.models import DraftEffect, EarlierText, PolicyDraft
from watchkeeper.people.models import Person

__all__ = ["DraftEffect", "EarlierText", "ImportedTable", "PolicyDraft", "SetUp"]


class ImportedTable(models.Model):
    """A file that was checked, and imported at ``done_at``; then its content is gone and its digest remains.

    ``outcome`` is what the import did: the counts, and the first of its steps. ``by`` is empty for the command.
    """

    key = models.UUIDField(primary_key=True, default=uuid.uuid4)
    kind = models.CharField(max_length=16)
    file_name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    encoding = models.CharField(max_length=16, blank=True)
    content = models.BinaryField(blank=True)
    sla_files = models.JSONField(default=dict, blank=True)
    invites = models.BooleanField(default=False)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    checked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    outcome = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["-checked_at"]

    def __str__(self) -> str:
        return f"{self.kind}: {self.file_name}"


class SetUp(models.Model):
    """The one walk by which a new desk is set up, while it is under way; of secrets only digests.

    ``link_digest`` is of the link that nobody has used yet, ``walker_digest`` of what the browser holds that used the
    last one, ``listens_at`` is where ``serve`` was heard when it made the link. ``answers`` is what was typed so far.
    """

    only_row = models.BooleanField(primary_key=True, default=True)
    link_digest = models.CharField(max_length=64, blank=True)
    walker_digest = models.CharField(max_length=64, blank=True)
    listens_at = models.CharField(max_length=200, blank=True)
    answers = models.JSONField(default=dict, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(name="a_desk_is_set_up_once", condition=models.Q(only_row=True))]
