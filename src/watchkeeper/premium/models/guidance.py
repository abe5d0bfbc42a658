"""Recommendations, what proposed them, and what became of each."""

from __future__ import annotations

import secrets
from datetime import date
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy, pgettext_lazy

from watchkeeper.core import proposals as rules
from watchkeeper.core.proposals import Subject
from watchkeeper.people import access
from watchkeeper.people.models import Account, Person


def new_key() -> str:
    """A random name for addresses; it tells nothing about how many there are."""
    return secrets.token_hex(8)


class Kind(models.TextChoices):
    """What a recommendation is, as the levels of a policy name it."""

    PROACTIVE_GUIDANCE = rules.PROACTIVE_GUIDANCE, gettext_lazy("Proactive guidance")
    STRATEGIC_INSIGHT = rules.STRATEGIC_INSIGHT, gettext_lazy("Strategic insight")
    PERFORMANCE_OPTIMISATION = rules.PERFORMANCE_OPTIMISATION, gettext_lazy("Performance optimisation")


class AboutSomething(models.Model):
    """What is about a ``core.proposals.Subject``. ``sort`` is empty where nothing is counted."""

    sort = models.CharField(max_length=16, blank=True, choices=[(sort, sort) for sort in rules.SORTS])
    name = models.CharField(max_length=200, blank=True)
    product = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True

    @property
    def subject(self) -> Subject | None:
        return Subject(self.sort, self.name, self.product) if self.sort else None


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def seen_by(self, person: Person) -> ProposalQuerySet:
        """Those of the accounts that a person of the vendor works on; a customer sees none."""
        return self.filter(account__in=access.accounts_served_by(person))

    def open(self) -> ProposalQuerySet:
        return self.filter(state=Proposal.State.OPEN)


class Proposal(AboutSomething):
    """What the data suggest to recommend. It stands open until a person accepts it, which begins a draft, or drops it.

    ``says`` and ``threshold`` are kept so that they can be said in another language (``ui.translated``); ``evidence``
    are keys of incidents.
    """

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("a proposal", "open")
        ACCEPTED = "accepted", pgettext_lazy("a proposal", "taken up")
        DROPPED = "dropped", pgettext_lazy("a proposal", "dropped")

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=32, choices=Kind.choices)
    says = models.JSONField()
    threshold = models.JSONField()
    evidence = ArrayField(models.BigIntegerField())
    proposed_at = models.DateTimeField()
    state = models.CharField(max_length=16, choices=State.choices, default=State.OPEN)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "sort", "name", "product"],
                condition=Q(state="open"),
                name="a_subject_is_proposed_once_at_a_time",
            ),
            models.CheckConstraint(
                name="a_proposal_that_is_not_open_says_who_decided",
                condition=(
                    Q(state="open", decided_by__isnull=True, decided_at__isnull=True)
                    | (~Q(state="open") & Q(decided_by__isnull=False, decided_at__isnull=False))
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sort}: {self.name}"


class RecommendationQuerySet(models.QuerySet["Recommendation"]):
    def seen_by(self, person: Person) -> RecommendationQuerySet:
        """A person of the vendor: those of the accounts they work on. A customer: what was sent to their account,
        unless it shows its people nothing but their own; its managers always."""
        if not person.is_active:
            return self.none()
        if not person.is_customer:
            return self.filter(account__in=access.accounts_served_by(person))
        if person.account.sees_only_own and not person.has_role(Person.Role.CUSTOMER_MANAGER):
            return self.none()
        return self.filter(account=person.account_id, sent_at__isnull=False)

    def unfinished(self) -> RecommendationQuerySet:
        return self.filter(state__in=Recommendation.UNFINISHED)

    def awaited(self) -> RecommendationQuerySet:
        """Those that were sent, and are neither declined nor done."""
        return self.filter(state__in=Recommendation.AWAITED)


class Recommendation(AboutSomething):
    """What the team recommends to an account: words that a person wrote or read before they were sent.

    ``evidence`` are keys of incidents; each reader is shown those they may see.
    """

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("a recommendation", "draft")
        DISCARDED = "discarded", pgettext_lazy("a recommendation", "not sent")
        SENT = "sent", pgettext_lazy("a recommendation", "to be decided")
        ACCEPTED = "accepted", pgettext_lazy("a recommendation", "accepted")
        DECLINED = "declined", pgettext_lazy("a recommendation", "declined")
        DONE = "done", pgettext_lazy("a recommendation", "done")

    AWAITED = (State.SENT, State.ACCEPTED)
    UNFINISHED = (State.DRAFT, *AWAITED)

    key = models.CharField(
        max_length=16, unique=True, default=new_key, editable=False, help_text="names it in addresses"
    )
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    proposal = models.OneToOneField(
        Proposal, on_delete=models.PROTECT, null=True, blank=True, related_name="recommendation"
    )
    kind = models.CharField(max_length=32, choices=Kind.choices)
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True, help_text="Markdown")
    evidence = ArrayField(models.BigIntegerField(), default=list, blank=True)
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=16, choices=State.choices, default=State.DRAFT)
    number = models.PositiveIntegerField(default=1, help_text="how often its words were kept")
    written_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.TextField(blank=True, help_text="why it was declined, or not sent")
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        ordering = ["-written_at", "-pk"]
        indexes = [
            models.Index(
                fields=["due_on"],
                name="recommendation_due",
                condition=Q(state__in=["sent", "accepted"], due_on__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="a_recommendation_that_was_sent_says_when",
                condition=(
                    Q(state__in=["draft", "discarded"], sent_at__isnull=True)
                    | (~Q(state__in=["draft", "discarded"]) & Q(sent_at__isnull=False, due_on__isnull=False))
                ),
            ),
            models.CheckConstraint(
                name="a_recommendation_that_was_done_says_when",
                condition=Q(state="done", done_at__isnull=False) | (~Q(state="done") & Q(done_at__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def is_overdue(self, today: date) -> bool:
        """Whether it should have been done before today."""
        return self.state in self.AWAITED and self.due_on is not None and self.due_on < today


class RecommendationEvent(models.Model):
    """What somebody did to a recommendation. The application adds rows and changes none."""

    class Act(models.TextChoices):
        BEGUN = "begun", gettext_lazy("began it")
        WRITTEN = "written", gettext_lazy("changed its words")
        ARRANGED = "arranged", gettext_lazy("changed who does it, or by when")
        DISCARDED = "discarded", gettext_lazy("decided not to send it")
        SENT = "sent", gettext_lazy("sent it to the customer")
        ACCEPTED = "accepted", gettext_lazy("accepted it")
        DECLINED = "declined", gettext_lazy("declined it")
        DONE = "done", gettext_lazy("said that it is done")

    KNOWN_TO_CUSTOMERS = (Act.SENT, Act.ACCEPTED, Act.DECLINED, Act.DONE)

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="events")
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    act = models.CharField(max_length=16, choices=Act.choices)
    data: Any = models.JSONField(default=dict, help_text="what it was before, or the reason")

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.by} {self.act}"
