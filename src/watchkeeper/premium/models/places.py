"""What is known of an account's place: how its parts run, and which changes the customer announced."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q

from watchkeeper.incidents.models import Incident
from watchkeeper.people import access
from watchkeeper.people.models import Account, Person
from watchkeeper.premium.models.guidance import new_key


class PartOfAPlace(models.Model):
    """An environment, a component of a product, or a component in one environment; all empty: the whole place."""

    environment = models.CharField(max_length=200, blank=True)
    product = models.CharField(max_length=200, blank=True)
    component = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True

    @property
    def part(self) -> str:
        """``Production · API Gateway · Router``; empty for the whole place."""
        return " · ".join(filter(None, (self.environment, self.product, self.component)))

    def is_about(self, incident: Incident) -> bool:
        """Whether nothing that it names differs from what the incident names."""
        named = ((getattr(self, name), getattr(incident, name)) for name in ("environment", "product", "component"))
        return all(not own or own.casefold() == theirs.casefold() for own, theirs in named)


class RunBookNoteQuerySet(models.QuerySet["RunBookNote"]):
    def seen_by(self, person: Person) -> RunBookNoteQuerySet:
        """Those of the accounts that a person of the vendor works on; a customer sees none."""
        return self.filter(account__in=access.accounts_served_by(person))


class RunBookNote(PartOfAPlace):
    """How a part of an account's place runs, for whoever is on duty at night. The team's alone. ``number`` counts how
    often it was kept."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(help_text="Markdown")
    number = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    objects = RunBookNoteQuerySet.as_manager()

    class Meta:
        ordering = ["environment", "product", "component"]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "environment", "product", "component"], name="a_part_has_one_run_book_note"
            )
        ]

    def __str__(self) -> str:
        return self.part


class AnnouncedChangeQuerySet(models.QuerySet["AnnouncedChange"]):
    def seen_by(self, person: Person) -> AnnouncedChangeQuerySet:
        """A person of the vendor: those of the accounts they work on. A customer: those of their account."""
        if not person.is_active:
            return self.none()
        if person.is_customer:
            return self.filter(account=person.account_id)
        return self.filter(account__in=access.accounts_served_by(person))

    def in_force(self) -> AnnouncedChangeQuerySet:
        """Those that were not called off."""
        return self.filter(called_off_at__isnull=True)

    def touching(self, starts_at: datetime, ends_at: datetime) -> AnnouncedChangeQuerySet:
        """Those that are under way at some instant of a half-open span."""
        return self.filter(starts_at__lt=ends_at, ends_at__gt=starts_at)


class AnnouncedChange(PartOfAPlace):
    """Something that a customer will change, or has changed, in a half-open span of time."""

    LONGEST = timedelta(days=90)

    key = models.CharField(
        max_length=16, unique=True, default=new_key, editable=False, help_text="names it in addresses"
    )
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True, help_text="Markdown")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    announced_at = models.DateTimeField()
    announced_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    called_off_at = models.DateTimeField(null=True, blank=True)
    called_off_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = AnnouncedChangeQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["account", "ends_at"], name="announced_change_of_account")]
        constraints = [
            models.CheckConstraint(name="a_change_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at"))),
        ]

    def __str__(self) -> str:
        return self.title
