"""From a text to a version, and how a planned version is withdrawn.

Whoever publishes or withdraws waits for the others who do, and then looks again: of two at once one wins and the
other is told.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from watchkeeper.office.publishing.drafts import hold
from watchkeeper.office.publishing.models import PolicyDraft
from watchkeeper.office.publishing.plan import NotPublished, obstacles_of, plan
from watchkeeper.office.publishing.versions import PLANNED, lives
from watchkeeper.office.publishing.words import state_name
from watchkeeper.people import access, clock
from watchkeeper.people.models import Person
from watchkeeper.policies.models import Agreement, PolicyVersion, Withdrawal
from watchkeeper.policies.publishing import publish, wait_for_others_who_publish


class NotWithdrawn(Exception):
    """The version cannot be withdrawn any more, or yet; the message says what to do instead."""


def publish_draft(
    draft: PolicyDraft, *, revision: int, valid_from: date | None, note: str, by: Person
) -> PolicyVersion:
    """Publish the revision of a draft that ``by`` has looked at. Raises ``NotPublished`` and ``Closed``."""
    access.require(by, "publish policy")
    with transaction.atomic():
        held = hold(draft)
        wait_for_others_who_publish()
        if held.revision != revision:
            raise NotPublished(
                _("{name} saved revision {revision} meanwhile: look at it first.").format(
                    name=held.changed_by, revision=held.revision
                )
            )
        planned = plan(held.text, valid_from=valid_from, at=clock.now())
        if obstacles := obstacles_of(held, planned):
            raise NotPublished(*obstacles)
        held.published_as = publish(held.text, valid_from=planned.day, by=by, note=note.strip())
        held.save(update_fields=["published_as"])
    return held.published_as


def publish_text(text: str, *, valid_from: date | None, note: str, by: Person | None) -> PolicyVersion:
    """Publish a text that was no draft: ``by`` is empty for whoever sits at the machine. Raises ``NotPublished``."""
    if by is not None:
        access.require(by, "publish policy")
    with transaction.atomic():
        wait_for_others_who_publish()
        planned = plan(text, valid_from=valid_from, at=clock.now())
        if planned.obstacles:
            raise NotPublished(*planned.obstacles)
        return publish(text, valid_from=planned.day, by=by, note=note.strip())


def withdraw(version: PolicyVersion, *, reason: str, by: Person) -> Withdrawal:
    """Let a planned version never come into force. Raises ``NotWithdrawn``."""
    access.require(by, "withdraw policy")
    with transaction.atomic():
        wait_for_others_who_publish()
        now = clock.now()
        life = next(life for life in lives(now) if life.version == version)
        if life.state != PLANNED:
            raise NotWithdrawn(
                _("Version {number} is {state}; publish another one to change what holds.").format(
                    number=version.number, state=state_name(life.state)
                )
            )
        pinned = Agreement.objects.filter(pinned_version=version).count()
        if pinned:
            told = ngettext(
                "{count} agreement pinned to it; let them follow another version first.",
                "{count} agreements pinned to it; let them follow another version first.",
                pinned,
            )
            raise NotWithdrawn(told.format(count=pinned))
        return Withdrawal.objects.create(version=version, by=by, at=now, reason=reason.strip())
