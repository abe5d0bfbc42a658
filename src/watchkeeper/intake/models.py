"""What came in by mail, as it came, and what became of it."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from watchkeeper.notify.instants import DatabaseNow
from watchkeeper.people.models import Account, Person


class ReceivedMailQuerySet(models.QuerySet["ReceivedMail"]):
    def to_take(self, *, is_slow: bool) -> ReceivedMailQuerySet:
        """What waits and nobody is reading, the oldest first. What took long to read stands in a queue of its own."""
        free = Q(lease_until=None) | Q(lease_until__lt=DatabaseNow())
        return self.filter(free, status=ReceivedMail.Status.WAITING, is_slow=is_slow).order_by("id")

    def for_a_person(self) -> ReceivedMailQuerySet:
        """What waits for somebody of the team, the oldest first."""
        return self.filter(status=ReceivedMail.Status.QUARANTINED).order_by("kept_at", "id")


class ReceivedMail(models.Model):
    """One mail as it was handed to us, and what became of it.

    Its row stands before anybody is told that we have it. ``counts_from`` is when the clock of what it reports begins;
    ``fingerprint`` is the same for copies of a mail that came by several ways. ``event_id`` is the event that it
    became, of incident ``incident_id``.
    """

    class Door(models.TextChoices):
        IMAP = "imap", pgettext_lazy("how a mail came in", "mailbox (IMAP)")
        LMTP = "lmtp", pgettext_lazy("how a mail came in", "our mail server (LMTP)")
        WEBHOOK = "webhook", pgettext_lazy("how a mail came in", "mail provider")
        COMMAND = "command", pgettext_lazy("how a mail came in", "command line")

    class Status(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("a mail", "being read")
        TAKEN = "taken", pgettext_lazy("a mail", "taken")
        QUARANTINED = "quarantined", pgettext_lazy("a mail", "waits for a person")
        DROPPED = "dropped", pgettext_lazy("a mail", "left without effect")

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    door = models.CharField(max_length=16, choices=Door.choices)
    mailbox = models.CharField(max_length=200, blank=True, help_text="which of several of the door")
    envelope_to = models.JSONField(default=list, help_text="the addresses it was handed over for, where that is known")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the bytes as they came")
    handover = models.CharField(
        max_length=64, unique=True, help_text="the same where the same bytes are handed over again in the same way"
    )
    fingerprint = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    kept_at = models.DateTimeField()
    counts_from = models.DateTimeField()

    status = models.CharField(max_length=16, choices=Status.choices, default=Status.WAITING)
    is_slow = models.BooleanField(default=False)
    tries = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    effect = models.CharField(max_length=32, blank=True, help_text="what the table decided: a word of core.mail")
    why = models.JSONField(default=str, blank=True, help_text="why, as ``ui.translated.kept`` keeps words")
    settled_at = models.DateTimeField(null=True)

    text = models.TextField(blank=True, help_text="what it says, where no incident holds it")
    author = models.CharField(max_length=320, blank=True, help_text="the address it says it is from")
    subject = models.TextField(blank=True)
    message_id = models.CharField(max_length=998, blank=True)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    incident = models.ForeignKey("incidents.Incident", on_delete=models.PROTECT, null=True, related_name="+")
    event = models.ForeignKey("incidents.Event", on_delete=models.PROTECT, null=True, related_name="+")
    settled_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    objects = ReceivedMailQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="what_does_not_wait_says_when_it_was_settled",
                condition=Q(status="waiting", settled_at=None) | (~Q(status="waiting") & Q(settled_at__isnull=False)),
            ),
        ]
        indexes = [
            models.Index("is_slow", "id", name="mail_to_take", condition=Q(status="waiting")),
            models.Index("kept_at", "id", name="mail_for_a_person", condition=Q(status="quarantined")),
            models.Index("fingerprint", name="mail_fingerprint"),
            models.Index("message_id", name="mail_message_id", condition=~Q(message_id="")),
            models.Index("author", "kept_at", name="mail_of_an_author"),
        ]

    def __str__(self) -> str:
        return f"mail {self.key} by {self.door}"


class RawMail(models.Model):
    """The bytes of a mail as they came; they can be erased, the digest stays."""

    ERASED = b"(erased)"

    mail = models.OneToOneField(ReceivedMail, on_delete=models.PROTECT, primary_key=True, related_name="raw")
    data = models.BinaryField()
    erased_at = models.DateTimeField(null=True, help_text="when what it said was erased")


class MailPage(models.Model):
    """A mail as the HTML that its sender laid out, made harmless, for whoever may read the message it became.

    Its key stands in the event's data as ``page``. It is erased with the message.
    """

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    event = models.OneToOneField("incidents.Event", on_delete=models.PROTECT, related_name="+")
    html = models.TextField()

    def __str__(self) -> str:
        return f"page of event {self.event_id}"


class DoorFault(models.Model):
    """What is wrong with a door for mail now, and since when; a door that works has no row."""

    door = models.CharField(max_length=300, primary_key=True)
    fault = models.TextField()
    since = models.DateTimeField()
    told_at = models.DateTimeField(null=True, help_text="when the operators were told")

    class Meta:
        ordering = ["since"]

    def __str__(self) -> str:
        return f"{self.door}: {self.fault}"
