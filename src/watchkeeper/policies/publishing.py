"""Publishing a version of the policy: its text as it is, its countries' holidays resolved to dates, for ever."""

from __future__ import annotations

from datetime import date

from django.db import DEFAULT_DB_ALIAS
from django.db.models import DateTimeField, Func, Max

from watchkeeper.core.policy_file import open_policy
from watchkeeper.people.models import Person
from watchkeeper.policies.models import PolicyVersion

SINCE_EVER = date(2000, 1, 1)
"""From when the first version is in force: before anything a desk can have been told."""


def publish(
    text: str, *, valid_from: date, by: Person | None = None, note: str = "", using: str = DEFAULT_DB_ALIAS
) -> PolicyVersion:
    """Publish ``text`` as the next version, in force from local midnight of ``valid_from``.

    Raises ``PolicyFileErrors`` when the text says no sound policy; then nothing is published.
    """
    file = open_policy(text)
    versions = PolicyVersion.objects.using(using)
    newest = versions.aggregate(newest=Max("number"))["newest"] or 0
    return versions.create(
        number=newest + 1,
        text=text,
        holidays={place: [day.isoformat() for day in days] for place, days in file.holidays.items()},
        valid_from=valid_from,
        published_at=Func(function="watchkeeper_now", arity=0, output_field=DateTimeField()),
        published_by=by,
        note=note,
    )


def publish_first(text: str, *, using: str = DEFAULT_DB_ALIAS) -> PolicyVersion | None:
    """Publish ``text`` on a desk that has no policy yet; answers ``None`` on one that has."""
    if PolicyVersion.objects.using(using).exists():
        return None
    return publish(text, valid_from=SINCE_EVER, note="the first policy of this desk", using=using)
