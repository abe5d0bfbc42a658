"""Who gets the attainment of an account by mail, each month."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from watchkeeper.people.models import Account, Person


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def without(self, month: str) -> SubscriptionQuerySet:
        """Those that were not told of a month yet."""
        return self.exclude(last_month__gte=month)

    def claim(self, key: int, month: str) -> bool:
        """Take it on oneself to tell one of a month; of several that ask, only one may."""
        return self.without(month).filter(pk=key).update(last_month=month) == 1


class Subscription(models.Model):
    """A person gets the attainment of an account each month; with ``account`` empty, of all they serve.

    ``last_month`` is the last that they were told of, ``2026-02``; what ended before they subscribed is no news.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, null=True, related_name="+")
    since = models.DateTimeField()
    last_month = models.CharField(max_length=7)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "account"], name="attainment_subscribed_once", nulls_distinct=False
            )
        ]

    @classmethod
    def begin(cls, person: Person, account: Account | None, *, at: datetime, last_month: str) -> None:
        """Subscribe, or leave it as it is."""
        cls.objects.get_or_create(person=person, account=account, defaults={"since": at, "last_month": last_month})
