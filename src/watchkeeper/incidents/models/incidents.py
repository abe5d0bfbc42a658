"""Incidents and their evidence: insert-only events in a chain, and the content they speak of, which can be erased."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils.translation import pgettext_lazy

from watchkeeper.core import lifecycle
from watchkeeper.core import timeline as t
from watchkeeper.incidents.urgency import UNDATED
from watchkeeper.notify.instants import DatabaseNow
from watchkeeper.people.access import accounts_served_by
from watchkeeper.people.models import Account, MachineToken, Person
from watchkeeper.policies.models import PolicyVersion
from watchkeeper.policies.terms import About

REFERENCE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""No 0, 1, I or O: a reference is read out over the telephone."""


def new_reference() -> str:
    """A desk-wide random reference such as ``WK-7F3K2Q``; it tells nothing about how many incidents there are."""
    return "WK-" + "".join(secrets.choice(REFERENCE_LETTERS) for _ in range(6))


class IncidentQuerySet(models.QuerySet["Incident"]):
    def seen_by(self, person: Person) -> IncidentQuerySet:
        """The incidents a person may see; every page and every answer starts here."""
        if not person.is_active:
            return self.none()
        if not person.is_customer:
            return self.filter(account__in=accounts_served_by(person))
        of_account = self.filter(account_id=person.account_id)
        if person.account.sees_only_own and not person.has_role(Person.Role.CUSTOMER_MANAGER):
            return of_account.filter(participants__person=person)
        return of_account

    def seen_by_token(self, token: MachineToken) -> IncidentQuerySet:
        """The incidents a machine token may read."""
        if MachineToken.Scope.READ not in token.scopes:
            return self.none()
        return self if token.account_id is None else self.filter(account_id=token.account_id)

    def in_earnest(self) -> IncidentQuerySet:
        """Those that are no test."""
        return self.filter(is_test=False)

    def open(self) -> IncidentQuerySet:
        return self.filter(state__in=lifecycle.OPEN_STATES)

    def by_urgency(self) -> IncidentQuerySet:
        """The queue: what is owed first, then what is due by its due time, then the others, the oldest first."""
        return self.order_by("queue_rank", "stands_at", "pk")

    def to_look_at(self, now: datetime) -> IncidentQuerySet:
        """The incidents at which something can be due at ``now``, the most urgent first."""
        return self.filter(look_again_at__lte=now).order_by("look_again_at")


class Incident(models.Model):
    """One report of something wrong. Everything but its identity is a copy of what its timeline says.

    ``due_at`` is the earliest due time among its running commitments, ``due_metric`` that commitment's metric.
    ``look_again_at`` is the next moment anything can happen to it by itself.
    """

    STATES: ClassVar = [(state, state) for state in lifecycle.STATES]

    class Channel(models.TextChoices):
        PORTAL = "portal", pgettext_lazy("how a report came in", "portal")
        API = "api", pgettext_lazy("how a report came in", "API")
        COMMAND = "command", pgettext_lazy("how a report came in", "command line")
        MAIL = "mail", pgettext_lazy("how a report came in", "mail")
        PHONE = "phone", pgettext_lazy("how a report came in", "telephone")
        MONITORING = "monitoring", pgettext_lazy("how a report came in", "monitoring")
        IMPORT = "import", pgettext_lazy("how a report came in", "import of another desk’s log")

        @property
        def in_a_policy(self) -> str:
            """What a policy calls this way in; nothing for an import: nobody knows how it came to the other desk."""
            if self == Incident.Channel.IMPORT:
                return ""
            return "web" if self == Incident.Channel.PORTAL else str(self.value)

    reference = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="incidents")
    reporter = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    channel = models.CharField(max_length=16, choices=Channel.choices)
    policy_version = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    product = models.CharField(max_length=200, blank=True)
    component = models.CharField(max_length=200, blank=True)
    environment = models.CharField(max_length=200, blank=True)
    is_test = models.BooleanField(default=False, help_text="only tries the way in, and counts nowhere")
    is_unverified = models.BooleanField(
        default=False, help_text="came from an address without proof, and nobody has confirmed its sender"
    )
    severity = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=16, choices=STATES, default=lifecycle.NEW)
    assignee = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="below", help_text="the outage it is a part of"
    )
    received_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True)
    resolved_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    due_metric = models.CharField(max_length=32, blank=True)
    is_breached = models.BooleanField(default=False)
    may_be_escalated = models.BooleanField(default=False)
    is_escalated = models.BooleanField(default=False, help_text="an escalation is open, and the incident not closed")
    level = models.CharField(max_length=80, blank=True, help_text="of the promise given last; empty: no entitlement")
    queue_rank = models.PositiveSmallIntegerField(default=UNDATED)
    stands_at = models.DateTimeField(help_text="by what it stands within its rank in the queue")
    look_again_at = models.DateTimeField(null=True)

    objects = IncidentQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["look_again_at"],
                name="incident_look_again",
                condition=models.Q(look_again_at__isnull=False),
            ),
            models.Index(fields=["account", "state", "received_at"], name="incident_of_account"),
            models.Index(
                fields=["queue_rank", "stands_at", "id"],
                name="incident_queue",
                condition=models.Q(state__in=lifecycle.OPEN_STATES),
            ),
            models.Index(fields=["received_at", "id"], name="incident_received"),
            models.Index(fields=["account"], name="incident_escalated", condition=models.Q(is_escalated=True)),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    @property
    def is_imported(self) -> bool:
        """Whether it came from another desk's log."""
        return self.channel == Incident.Channel.IMPORT

    @property
    def is_open(self) -> bool:
        return self.state in lifecycle.OPEN_STATES

    @property
    def about(self) -> About:
        """What of it a promise that is given now can depend on."""
        channel = Incident.Channel(self.channel).in_a_policy
        return About(self.product, self.environment, self.component, channel, self.received_at)


class EventQuerySet(models.QuerySet["Event"]):
    def known_to_customers(self) -> EventQuerySet:
        """What a customer may know of: not the team's own business, nor what is held or was taken back."""
        own_business = models.Q(kind__in=TEAM_ONLY_KINDS)
        held = models.Q(message__leaves_at__gt=DatabaseNow())
        return self.exclude(own_business | held | models.Q(message__taken_back_at__isnull=False))


class Event(models.Model):
    """One event of a timeline. The application may add rows and never change or delete one.

    ``content_digest`` is the salted digest of the message it speaks of; ``digest`` chains the account's events:
    SHA-256 over the digest before it and this event's canonical body.
    """

    class Side(models.TextChoices):
        TEAM = "team", "team"
        CUSTOMER = "customer", "customer"
        MACHINE = "machine", "machine"
        WATCHKEEPER = "watchkeeper", "Watchkeeper"

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="events")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(help_text="its place on the incident's timeline, from 1")
    account_number = models.PositiveBigIntegerField(help_text="its place in the account's chain, from 1, without gaps")
    kind = models.CharField(max_length=32)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    source = models.CharField(max_length=32, help_text="where the time comes from: the desk, or what DOMAIN names")
    side = models.CharField(max_length=16, choices=Side.choices)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    token = models.ForeignKey(MachineToken, on_delete=models.PROTECT, null=True, related_name="+")
    data = models.JSONField(default=dict)
    content_digest = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["incident_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["incident", "number"], name="event_number_once_an_incident"),
            models.UniqueConstraint(fields=["account", "account_number"], name="event_number_once_an_account"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} at {self.at:%Y-%m-%d %H:%M:%S}"


class MessageQuerySet(models.QuerySet["Message"]):
    def shown_to(self, person: Person) -> MessageQuerySet:
        """What a person may read of a conversation they see: a customer never reads a note, nor what has not left."""
        if not person.is_customer:
            return self
        return self.filter(is_public=True, taken_back_at=None).exclude(leaves_at__gt=DatabaseNow())

    def held(self) -> MessageQuerySet:
        """What was said and has not left yet."""
        return self.filter(taken_back_at=None, leaves_at__gt=DatabaseNow())


class Message(models.Model):
    """What was said with an event. Erasing it leaves the row as a tombstone and the event's digest untouched.

    ``leaves_at`` is a copy of what its event says: until then the customer does not know of it.
    """

    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="message")
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="messages")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    is_public = models.BooleanField()
    body = models.TextField()
    salt = models.CharField(max_length=32)
    erased_at = models.DateTimeField(null=True)
    erased_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    leaves_at = models.DateTimeField(null=True, help_text="empty: it left at once")
    taken_back_at = models.DateTimeField(null=True, help_text="taken back before it left; it is erased then")

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["event__number"]
        indexes = [
            models.Index(fields=["event"], name="message_erased", condition=models.Q(erased_at__isnull=False)),
        ]


class Participant(models.Model):
    """A person who follows an incident and may read it."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="participants")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["incident", "person"], name="participant_once")]


class Attachment(models.Model):
    """A file given with a message; its bytes lie apart in chunks and can be erased, the digest stays."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="attachments")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=43, unique=True, help_text="random; it names the file in addresses")
    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=127)
    size = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)


class AttachmentChunk(models.Model):
    """A part of a file, at most 256 KiB."""

    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="chunks")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["attachment", "number"], name="chunk_once")]


class AcceptedRequest(models.Model):
    """A report accepted under an Idempotency-Key: a repeat gets the same incident, a different body is refused."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    token = models.ForeignKey(MachineToken, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=255)
    body_digest = models.CharField(max_length=64)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="idempotency_key_once_a_token")]


class SentForm(models.Model):
    """A form that a person sent: sent again, by a second click or a reload, it leads to the same incident, and what it
    did to an incident is done once. A form about several incidents is one form for each of them."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    key = models.UUIDField(help_text="random; it was in the form as it was shown")
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="sent_form_once_a_person")]


TEAM_ONLY_KINDS = frozenset(
    {
        t.NOTED,
        t.WARNED,
        t.RUNG_REACHED,
        t.DISPATCHED,
        t.LINKED,
        t.BECAME_ELIGIBLE,
        t.EXCLUDED,
        t.RATED,
        t.TAKEN_BACK,
    }
)
"""Events that a customer's page leaves out: the team's own business, and what one person answered it."""
