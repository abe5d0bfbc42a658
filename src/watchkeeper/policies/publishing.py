"""Publishing a version of the policy: its text as it is, its countries' holidays resolved to dates, for ever."""

from __future__ import annotations

from datetime import date

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.models import DateTimeField, Func, Max

from watchkeeper.core.policy_file import open_policy
from watchkeeper.people.models import Person
from watchkeeper.policies.models import PolicyVersion

SINCE_EVER = date(2000, 1, 1)
"""From when the first version is in force: before anything a desk can have been told."""

ONE_AT_A_TIME = 0x57_4B_50_56  # an advisory lock; any number that nobody else uses


def candidate(text: str) -> PolicyVersion:
    """What ``text`` says as a version that is not published: it can be asked what it would promise.

    Raises ``PolicyFileErrors`` when the text says no sound policy.
    """
    holidays = open_policy(text).holidays
    return PolicyVersion(text=text, holidays={place: [d.isoformat() for d in days] for place, days in holidays.items()})


def publish(
    text: str, *, valid_from: date, by: Person | None = None, note: str = "", using: str = DEFAULT_DB_ALIAS
) -> PolicyVersion:
    """Publish ``text`` as the next version, in force from local midnight of ``valid_from``.

    Raises ``PolicyFileErrors`` when the text says no sound policy; then nothing is published.
    """
    version = candidate(text)
    with transaction.atomic(using=using):
        wait_for_others_who_publish(using=using)
        newest = PolicyVersion.objects.using(using).aggregate(newest=Max("number"))["newest"] or 0
        version.number, version.valid_from = newest + 1, valid_from
        version.published_at = Func(function="watchkeeper_now", arity=0, output_field=DateTimeField())
        version.published_by, version.note = by, note
        version.save(using=using, force_insert=True)
    version.refresh_from_db(using=using, fields=["published_at"])
    return version


def wait_for_others_who_publish(*, using: str = DEFAULT_DB_ALIAS) -> None:
    """Hold, until this transaction ends, what everybody holds who publishes or withdraws a version."""
    with connections[using].cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])


def publish_first(text: str, *, using: str = DEFAULT_DB_ALIAS) -> PolicyVersion | None:
    """Publish ``text`` on a desk that has no policy yet; answers ``None`` on one that has."""
    if PolicyVersion.objects.using(using).exists():
        return None
    return publish(text, valid_from=SINCE_EVER, note="the first policy of this desk", using=using)
