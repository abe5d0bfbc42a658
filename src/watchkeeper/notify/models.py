"""The truth about everything the desk says: one notice for each thing said to one recipient over one channel."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext, gettext_lazy, gettext_noop

from watchkeeper.notify.urgency import URGENCIES, Urgency
from watchkeeper.people.models import Account, Person


class NoticeQuerySet(models.QuerySet["Notice"]):
    def for_incident(self, incident_id: int) -> NoticeQuerySet:
        """What was said about an incident, in the order it was queued."""
        return self.filter(incident_id=incident_id).order_by("queued_at", "id")

    def to_read_in_the_desk(self) -> NoticeQuerySet:
        """What no channel carried away and managers and engineers read in the desk, newest first."""
        return self.filter(status=Notice.Status.KEPT).order_by("-queued_at", "id")

    def under_way(self) -> NoticeQuerySet:
        """What is neither accepted nor given up."""
        return self.filter(status__in=[Notice.Status.QUEUED, Notice.Status.SENDING])

    def unaccepted_since(self, instant: datetime) -> NoticeQuerySet:
        """What was queued at or before an instant and nobody has accepted yet."""
        return self.under_way().filter(queued_at__lte=instant)

    def without_fallback(self) -> NoticeQuerySet:
        """What no other channel was asked to say instead."""
        return self.filter(~Exists(Notice.objects.filter(fallback_of=OuterRef("pk"))))

    def due_to_be_sent(self, now: datetime) -> NoticeQuerySet:
        """What waits in the queue and may be tried."""
        return self.filter(status=Notice.Status.QUEUED, next_attempt_at__lte=now).order_by("next_attempt_at", "id")

    def abandoned(self, now: datetime) -> NoticeQuerySet:
        """What a worker was sending when it stopped renewing its lease."""
        return self.filter(status=Notice.Status.SENDING, lease_until__lt=now)


class Notice(models.Model):
    """One thing said to one recipient over one channel, and how far it has come.

    It moves forward only: ``queued → sending (attempt k) → sent | failed | suppressed``, back to ``queued`` between
    two attempts; ``kept`` is said in the desk itself. The id is the Message-ID of every attempt. ``incident_id`` is
    no foreign key here, for the rooms to the right know no incident; theirs adds the constraint.
    """

    class Status(models.TextChoices):
        QUEUED = "queued", gettext_lazy("waiting to be sent")
        SENDING = "sending", gettext_lazy("being sent")
        SENT = "sent", gettext_lazy("accepted by the receiving server")
        FAILED = "failed", gettext_lazy("given up")
        SUPPRESSED = "suppressed", gettext_lazy("called off before it was sent")
        KEPT = "kept", gettext_lazy("kept to be read in the desk")

    FINISHED = (Status.SENT, Status.FAILED, Status.SUPPRESSED, Status.KEPT)
    ERASED = gettext_noop("(erased: it was for the recipient's eyes only)")
    REDACTED = gettext_noop("(erased: it should not have been written)")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    incident_id = models.BigIntegerField(null=True, blank=True)
    step = models.CharField(max_length=200, help_text="what is said: receipt, breached:acknowledgement:1 …")
    urgency = models.CharField(max_length=16, help_text="a key of URGENCIES")

    recipient = models.TextField(help_text="the address of whom it is for, whatever the channel")
    recipient_name = models.TextField(blank=True)
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    channel = models.CharField(max_length=16, help_text="one of CHANNELS")
    fallback_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="fallbacks")

    subject = models.TextField()
    text = models.TextField()
    history = models.TextField(blank=True, help_text="what was said before; only a mail shows it, beneath the text")
    prose_from = models.PositiveIntegerField(default=0, help_text="where in the text a person's own words begin")
    prose_to = models.PositiveIntegerField(default=0, help_text="and where they end; they are Markdown")
    speaker = models.TextField(blank=True, help_text="the name of the person who says it; empty: the desk itself")
    language = models.CharField(max_length=16, blank=True, help_text="what the text is worded in")
    headers = models.JSONField(default=dict, blank=True)

    status = models.CharField(max_length=16, choices=Status.choices)
    attempt = models.PositiveIntegerField(default=0, help_text="the number of the attempt that may finish it")
    lease_until = models.DateTimeField(null=True, blank=True)
    next_attempt_at = models.DateTimeField()
    queued_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    crossed_at = models.DateTimeField(
        null=True, blank=True, help_text="when it was called off while a server was already taking it"
    )

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_step_is_said_once_to_a_recipient_over_a_channel",
                fields=["incident_id", "step", "recipient", "channel"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="a_finished_notice_says_when",
                condition=(
                    Q(status__in=["queued", "sending"], finished_at__isnull=True)
                    | Q(status__in=["sent", "failed", "suppressed", "kept"], finished_at__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="a_lease_lasts_while_a_notice_is_being_sent",
                condition=(
                    Q(status="sending", lease_until__isnull=False)
                    | (~Q(status="sending") & Q(lease_until__isnull=True))
                ),
            ),
        ]
        indexes = [
            models.Index("next_attempt_at", name="notice_due_to_be_sent", condition=Q(status="queued")),
            models.Index("lease_until", name="notice_leased", condition=Q(status="sending")),
            models.Index("queued_at", name="notice_under_way", condition=Q(status__in=["queued", "sending"])),
            models.Index("queued_at", name="notice_kept", condition=Q(status="kept")),
        ]

    def __str__(self) -> str:
        return f"{self.step} to {self.recipient} by {self.channel}"

    @property
    def how_urgent(self) -> Urgency:
        return URGENCIES[self.urgency]

    @property
    def is_finished(self) -> bool:
        return self.status in self.FINISHED

    @property
    def shown_text(self) -> str:
        """The text as a page shows it: what stands in place of an erased one in the reader's language."""
        return gettext(self.text) if self.text in (self.ERASED, self.REDACTED) else self.text


class Attempt(models.Model):
    """One try to hand a notice over, and what the other side answered."""

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", gettext_lazy("accepted")
        PUT_OFF = "put_off", gettext_lazy("put off: to be tried again")
        UNCLEAR = "unclear", gettext_lazy("the line was lost before the answer: it may have arrived")
        REFUSED = "refused", gettext_lazy("refused for good")
        ABANDONED = "abandoned", gettext_lazy("the worker died or slept through its lease")

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="attempts")
    number = models.PositiveIntegerField()
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=16, choices=Outcome.choices, blank=True, help_text="empty: under way")
    answer = models.TextField(blank=True, help_text="the server's own words, or ours where there were none")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(name="attempts_of_a_notice_are_numbered", fields=["notice", "number"]),
        ]

    def __str__(self) -> str:
        return f"attempt {self.number} of {self.notice_id}: {self.outcome or 'under way'}"


class Bounce(models.Model):
    """What another server told of a mail after ours had accepted it."""

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="bounces")
    at = models.DateTimeField()
    action = models.CharField(max_length=16, help_text="a word of RFC 3464: failed, delayed, delivered …")
    said = models.TextField(blank=True, help_text="the other server's own words")

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.action}: {self.notice_id}"


class LetterWordingQuerySet(models.QuerySet["LetterWording"]):
    def in_force(self) -> LetterWordingQuerySet:
        """The newest of each letter and language; one that says to go back to the shipped words is among them."""
        return self.order_by("kind", "language", "-number").distinct("kind", "language")

    def of(self, kind: str, language: str) -> LetterWordingQuerySet:
        """All versions of a letter in a language, the newest first."""
        return self.filter(kind=kind, language=language).order_by("-number")


class LetterWording(models.Model):
    """How this installation words a letter in a language, version by version: the newest holds, and none is changed.

    Where ``is_shipped`` the letter says what it is shipped with again, and the words are empty.
    """

    kind = models.CharField(max_length=32, help_text="a key of wording.letters.LETTERS")
    language = models.CharField(max_length=16)
    number = models.PositiveIntegerField()
    subject = models.TextField(blank=True)
    body = models.TextField(blank=True)
    is_shipped = models.BooleanField(default=False)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    objects = LetterWordingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="versions_of_a_letters_wording_are_numbered", fields=["kind", "language", "number"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} in {self.language}, version {self.number}"
