"""Published policy versions, licences and agreements."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy

from watchkeeper.people.models import Account, Person


class PolicyVersionQuerySet(models.QuerySet["PolicyVersion"]):
    def standing(self) -> PolicyVersionQuerySet:
        """Those that were not withdrawn before they came into force."""
        return self.filter(withdrawal__isnull=True)

    def in_force_by(self, day: date) -> PolicyVersionQuerySet:
        """Those valid by a day, the one in force first: the one valid last, of those of one day the newest."""
        return self.standing().filter(valid_from__lte=day).order_by("-valid_from", "-number")

    def in_force_on(self, day: date) -> PolicyVersion | None:
        """The version in force on a day."""
        return self.in_force_by(day).first()


class PolicyVersion(models.Model):
    """One immutable version of the policy: its file as it was published, and its holidays resolved to dates."""

    number = models.PositiveIntegerField(unique=True)
    text = models.TextField()
    holidays = models.JSONField(default=dict)
    valid_from = models.DateField()
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    note = models.TextField(blank=True)

    objects = PolicyVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"policy version {self.number}"


class Withdrawal(models.Model):
    """That a planned version never came into force. The version's row stays as it was published."""

    version = models.OneToOneField(PolicyVersion, on_delete=models.PROTECT, related_name="withdrawal")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField()


class LicenceQuerySet(models.QuerySet["Licence"]):
    def in_force_on(self, day: date) -> LicenceQuerySet:
        return self.filter(period__contains=day)

    def not_renewed(self) -> LicenceQuerySet:
        """Those with an end that no other licence of the account follows without a gap."""
        next_one = Licence.objects.filter(account=OuterRef("account"), period__contains=OuterRef("period__endswith"))
        return self.filter(~Exists(next_one), period__endswith__isnull=False)


class Licence(models.Model):
    """That an account may use the product, from–to (``to`` exclusive); it carries the level marked as included."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="licences")
    period = DateRangeField()

    objects = LicenceQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="licences_of_an_account_never_overlap",
                expressions=[("account", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
            )
        ]


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def in_force_on(self, day: date) -> AgreementQuerySet:
        return self.filter(period__contains=day)

    def not_renewed(self) -> AgreementQuerySet:
        """Those with an end that no other agreement for the same follows without a gap."""
        the_same = {name: OuterRef(name) for name in ("account", "scope", "scope_value")}
        next_one = Agreement.objects.filter(period__contains=OuterRef("period__endswith"), **the_same)
        return self.filter(~Exists(next_one), period__endswith__isnull=False)


class Agreement(models.Model):
    """A level bought by an account for all, or for one product or environment, with an optional SLA over it."""

    class Scope(models.TextChoices):
        ALL = "all", gettext_lazy("everything")
        PRODUCT = "product", gettext_lazy("one product")
        ENVIRONMENT = "environment", gettext_lazy("one environment")

    NARROWEST_FIRST: ClassVar = (Scope.ENVIRONMENT, Scope.PRODUCT, Scope.ALL)

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="agreements")
    level = models.CharField(max_length=80)
    scope = models.CharField(max_length=16, choices=Scope.choices, default=Scope.ALL)
    scope_value = models.CharField(max_length=200, blank=True)
    period = DateRangeField()
    sla_text = models.TextField(blank=True)
    pinned_version = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    designated_engineers = models.ManyToManyField(
        Person, through="DesignatedEngineer", related_name="designated_in", blank=True
    )

    objects = AgreementQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="agreements_of_one_scope_never_overlap",
                expressions=[
                    ("account", RangeOperators.EQUAL),
                    ("scope", RangeOperators.EQUAL),
                    ("scope_value", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                name="a_scope_names_what_it_covers",
                condition=models.Q(scope="all", scope_value="") | (~models.Q(scope="all") & ~models.Q(scope_value="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.level} for {self.scope_value or 'everything'}"


class GivenPromise(models.Model):
    """The terms an incident was given at a moment, by reference to what is immutable: an incident keeps its promise.

    ``sla_text`` is the SLA as it stood; the timeline names the row by its key. ``circumstances`` are those that the
    policy or the SLA looks at, ``holidays`` the dates of the places that the SLA or the customer's hours name.
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=80)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    sla_text = models.TextField(blank=True)
    circumstances = models.JSONField(default=dict)
    holidays = models.JSONField(default=dict)


class DesignatedEngineer(models.Model):
    """Somebody of the team whom an agreement names to the customer."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agreement", "person"], name="designated_once_an_agreement")]


class SignedCopy(models.Model):
    """A signed contract, a PDF: its bytes lie apart in chunks."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="signed_copies")
    key = models.CharField(max_length=43, unique=True, help_text="random; it names the file in addresses")
    name = models.CharField(max_length=255)
    size = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-given_at", "-pk"]


class SignedCopyChunk(models.Model):
    """A part of a signed contract, at most 256 KiB."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    copy = models.ForeignKey(SignedCopy, on_delete=models.CASCADE, related_name="chunks")
    number = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["copy", "number"], name="signed_copy_chunk_once")]


class TermsChange(models.Model):
    """What somebody changed in an account's licences and agreements. The application adds rows and changes none.

    ``about`` names what was changed as it was called then, ``differences`` is a list of what, before and after, in
    words; an SLA's text stands there whole. ``by`` is empty for a command. ``agreement`` keeps the key of one that
    was called off.
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="terms_changes")
    agreement = models.ForeignKey(
        Agreement, on_delete=models.DO_NOTHING, db_constraint=False, null=True, related_name="changes"
    )
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    act = models.CharField(max_length=40, help_text="added, changed, ended …")
    about = models.CharField(max_length=400)
    differences = models.JSONField(default=list)

    class Meta:
        ordering = ["-at", "-pk"]


class EndReminder(models.Model):
    """That somebody was told of an end so many days before it, or (0) of the end itself: once for each end."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, null=True, related_name="+")
    licence = models.ForeignKey(Licence, on_delete=models.CASCADE, null=True, related_name="+")
    ends_on = models.DateField(help_text="the first day it no longer holds")
    days_before = models.PositiveSmallIntegerField()
    told_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="an_end_is_told_once",
                fields=["agreement", "licence", "ends_on", "days_before"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="an_end_is_that_of_a_licence_or_an_agreement",
                condition=(
                    models.Q(agreement__isnull=False, licence__isnull=True)
                    | models.Q(agreement__isnull=True, licence__isnull=False)
                ),
            ),
        ]
