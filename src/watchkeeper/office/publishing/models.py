"""What publishing keeps: drafts with every text they had, the effect replayed for a draft, versions withdrawn."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext as _

from watchkeeper.people.models import Person
from watchkeeper.policies.models import PolicyVersion


class PolicyDraftQuerySet(models.QuerySet["PolicyDraft"]):
    def open(self) -> PolicyDraftQuerySet:
        """Those that were neither published nor discarded."""
        return self.filter(published_as__isnull=True, discarded_at__isnull=True)


class PolicyDraft(models.Model):
    """A text that may become a version. ``based_on`` is the version it is compared with and would replace.

    ``revision`` counts its saves from 1; ``changed_by`` made the last one.
    """

    text = models.TextField()
    revision = models.PositiveIntegerField(default=1)
    based_on = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, related_name="+")
    note = models.TextField()
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    published_as = models.OneToOneField(PolicyVersion, on_delete=models.PROTECT, null=True, related_name="draft")
    discarded_at = models.DateTimeField(null=True)
    discarded_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    objects = PolicyDraftQuerySet.as_manager()

    class Meta:
        ordering = ["-changed_at"]

    def __str__(self) -> str:
        return f"draft {self.pk}: {self.note}"

    @property
    def is_open(self) -> bool:
        return self.published_as_id is None and self.discarded_at is None


class EarlierText(models.Model):
    """What a draft said before it was saved again: nothing that was written is lost."""

    draft = models.ForeignKey(PolicyDraft, on_delete=models.PROTECT, related_name="earlier")
    revision = models.PositiveIntegerField()
    text = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "revision"], name="draft_says_one_text_a_revision")]


class DraftEffect(models.Model):
    """What the desk's own incidents would have come to under a draft, as it stood at ``revision``.

    ``run`` names the replay that was asked for last; another one that is still under way sees it and ends.
    """

    draft = models.OneToOneField(PolicyDraft, on_delete=models.PROTECT, related_name="effect")
    run = models.UUIDField()
    revision = models.PositiveIntegerField()
    as_of = models.DateTimeField()
    total = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)
    result = models.JSONField(default=dict)

    @property
    def is_stale(self) -> bool:
        """Whether the draft says something else by now."""
        return self.revision != self.draft.revision

    @property
    def progress(self) -> str:
        """How far the replay is: ``500 of 12000``."""
        return _("{some} of {all}").format(some=self.done, all=self.total)
