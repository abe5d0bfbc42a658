"""Accounts, persons, roles, teams, and the tokens of machines."""

from __future__ import annotations

import hashlib
import secrets
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy


class Account(models.Model):
    """A customer organisation. ``sees_only_own`` narrows its people to the incidents they take part in."""

    name = models.CharField(max_length=200, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    team = models.ForeignKey("Team", on_delete=models.PROTECT, null=True, blank=True, related_name="accounts")
    account_executive = models.ForeignKey(
        "Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="accounts_led"
    )
    default_severity = models.PositiveSmallIntegerField(null=True, blank=True)
    sees_only_own = models.BooleanField(default=False)
    zone = models.CharField(max_length=64, blank=True, help_text="the customer's own IANA zone: Europe/Berlin")
    place = models.CharField(max_length=8, blank=True, help_text="whose holidays the customer keeps: US, DE-BY")
    region = models.CharField(max_length=80, blank=True, help_text="where the customer is served, in the policy's word")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def managers(self) -> list[Person]:
        """The managers of its team; where the team has none, every manager."""
        members = self.team.members.all() if self.team else ()
        of_the_team = [each for each in members if each.is_active and Person.Role.MANAGER in each.roles]
        return of_the_team or list(Person.objects.managers())


class Team(models.Model):
    """The people of the vendor who serve some accounts."""

    name = models.CharField(max_length=200, unique=True)
    members = models.ManyToManyField("Person", related_name="teams", blank=True)

    def __str__(self) -> str:
        return self.name


class PersonManager(BaseUserManager["Person"]):
    def create_person(self, email: str, *, name: str, password: str | None, roles: list[str], **fields: Any) -> Person:
        """Create a person with their roles; without a password they cannot sign in until one is set."""
        person = self.model(email=email.strip().lower(), name=name, roles=sorted(roles), **fields)
        if password is None:
            person.set_unusable_password()
        else:
            person.set_password(password)
        person.full_clean(exclude=["password"])
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(email=(username or "").strip().lower())

    def would_be_without_a_manager(self, person: Person) -> bool:
        """Whether nobody else who may sign in is a manager. All managers are locked: of two who leave, one stays."""
        managers = self.managers().order_by("pk").select_for_update(no_key=True)
        return not any(manager.pk != person.pk for manager in managers)

    def managers(self) -> models.QuerySet[Person]:
        """Every manager who may sign in."""
        return self.filter(is_active=True, roles__contains=[Person.Role.MANAGER])


class Person(AbstractBaseUser):
    """Somebody who signs in: of an account when ``account`` is set, else of the vendor."""

    class Role(models.TextChoices):
        CUSTOMER = "customer", gettext_lazy("customer")
        CUSTOMER_MANAGER = "customer_manager", gettext_lazy("customer manager")
        ENGINEER = "engineer", gettext_lazy("engineer")
        ACCOUNT_EXECUTIVE = "account_executive", gettext_lazy("account executive")
        MANAGER = "manager", gettext_lazy("manager")
        ADMINISTRATOR = "administrator", gettext_lazy("administrator")

    CUSTOMER_ROLES: ClassVar = frozenset({Role.CUSTOMER, Role.CUSTOMER_MANAGER})

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="people")
    roles = ArrayField(models.CharField(max_length=32, choices=Role.choices))
    zone = models.CharField(max_length=64, blank=True, help_text="an IANA zone; empty: as the browser says")
    language = models.CharField(
        max_length=16, blank=True, choices=settings.LANGUAGES, help_text="of pages and mails; empty: the desk's"
    )
    is_active = models.BooleanField(default=True)

    objects = PersonManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name"]

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="person_email_once_whatever_its_case"),
            models.CheckConstraint(
                name="customers_belong_to_an_account_and_nobody_else_does",
                condition=(
                    models.Q(account__isnull=False, roles__contained_by=["customer", "customer_manager"])
                    | (models.Q(account__isnull=True) & ~models.Q(roles__overlap=["customer", "customer_manager"]))
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def has_role(self, *roles: str) -> bool:
        """Whether the person holds any of these roles and may still sign in."""
        return self.is_active and not set(roles).isdisjoint(self.roles)

    @property
    def is_customer(self) -> bool:
        return self.account_id is not None


class MachineToken(models.Model):
    """A machine's right to report and read, for one account or (``account`` empty) for all. Only a digest is kept."""

    class Scope(models.TextChoices):
        REPORT = "report", gettext_lazy("report incidents")
        READ = "read", gettext_lazy("read incidents")

    name = models.CharField(max_length=200)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, null=True, blank=True, related_name="tokens")
    digest = models.CharField(max_length=64, unique=True)
    scopes = ArrayField(models.CharField(max_length=32, choices=Scope.choices))
    created_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name

    @classmethod
    def written(cls) -> tuple[str, str]:
        """A new secret and the digest under which it is kept."""
        secret = "wk_" + secrets.token_urlsafe(32)
        return secret, cls.digest_of(secret)

    @staticmethod
    def digest_of(secret: str) -> str:
        return hashlib.sha256(secret.encode()).hexdigest()


class SignInAttempts(models.Model):
    """How often something was tried for an address since ``since``; the address itself is not kept."""

    address_digest = models.CharField(max_length=64, unique=True)
    since = models.DateTimeField(db_index=True)
    attempts = models.PositiveSmallIntegerField()
