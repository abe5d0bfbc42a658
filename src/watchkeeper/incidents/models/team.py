"""What people of the team keep for each other: views, hand-overs, templates, and that they are there."""

from __future__ import annotations

from django.db import models

from watchkeeper.incidents.models.incidents import Incident
from watchkeeper.people.models import Person


class SavedView(models.Model):
    """A view of the queue that somebody of the team keeps under a name."""

    owner = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=40)
    asks = models.CharField(max_length=1000, help_text="its filters, as an address says them")
    is_shared = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="view_name_once_a_person")]

    def __str__(self) -> str:
        return self.name


class HandOverQuerySet(models.QuerySet["HandOver"]):
    def seen_by(self, person: Person) -> HandOverQuerySet:
        """Those of which a person sees every incident: what is written may be about any of them."""
        named = HandOver.incidents.through.objects.filter(handover=models.OuterRef("pk"))
        unseen = named.exclude(incident__in=Incident.objects.seen_by(person).order_by().values("pk"))
        return self.filter(~models.Exists(unseen))

    def waiting(self) -> HandOverQuerySet:
        """Those that nobody has read, the oldest first."""
        return self.filter(read_at__isnull=True).order_by("written_at", "pk")


class HandOver(models.Model):
    """A note for the next shift about some incidents. Whoever reads it first takes it over; its writer may take it
    back, and is then its reader."""

    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    text = models.TextField()
    incidents = models.ManyToManyField(Incident, related_name="+")
    read_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    read_at = models.DateTimeField(null=True)

    objects = HandOverQuerySet.as_manager()

    def __str__(self) -> str:
        return f"hand-over by {self.written_by} at {self.written_at:%Y-%m-%d %H:%M}"

    @property
    def was_taken_back(self) -> bool:
        return self.read_by_id == self.written_by_id


class Presence(models.Model):
    """That somebody of the team has an incident open just now. It is lost with the database's process, and may be."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    is_writing = models.BooleanField()
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["incident", "person"], name="presence_once")]


class ReplyTemplate(models.Model):
    """Words that managers keep for the team to begin a reply with."""

    name = models.CharField(max_length=80, unique=True)
    text = models.TextField()
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
