"""Publishing the report after an incident: what happened, why, and what follows from it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from django.utils.translation import gettext

from watchkeeper.core import timeline as t
from watchkeeper.incidents import evidence, flow
from watchkeeper.incidents.actor import Actor
from watchkeeper.incidents.models import Incident, PublishedReport
from watchkeeper.incidents.verbs.refusals import Nothing, NotPossible
from watchkeeper.people import access
from watchkeeper.people.models import Person


def publish_report(incident: Incident, *, by: Person, written: Mapping[str, str]) -> PublishedReport:
    """Show the customer a report, which then never changes; the next one is a new version that corrects it.

    ``written`` has something under each name of ``PublishedReport.SECTIONS``. Raises ``Nothing`` where it has not.
    """
    access.require(by, "write report")
    parts = {name: written.get(name, "").strip() for name in PublishedReport.SECTIONS}
    empty = [name for name, part in parts.items() if not part]
    if empty:
        words = gettext("a published report says something in every part; {parts} is empty")
        raise Nothing(words.format(parts=", ".join(empty)))
    with flow.turn_of(incident, Actor.of(by)) as turn:
        if turn.standing().facts.resolved_at is None:
            raise NotPossible(
                gettext("the report is published once the incident is resolved; until then it is kept as a draft")
            )
        version, salt = 1 + turn.incident.reports.count(), secrets.token_hex(16)
        event = turn.append(t.REPORT_PUBLISHED, version=version, report=evidence.report_digest(salt, parts))
        return PublishedReport.objects.create(
            incident=turn.incident,
            account_id=turn.incident.account_id,
            event=event,
            version=version,
            salt=salt,
            published_at=turn.now,
            published_by=by,
            **parts,
        )
