"""What is counted, in words; and what a person who writes a recommendation may choose to have counted."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils.translation import gettext

from watchkeeper.core.policy import Policy
from watchkeeper.core.proposals import ALERT, COMPONENT, HOUR, WORST, Subject, slot_said
from watchkeeper.incidents.models import Incident
from watchkeeper.people.models import Account
from watchkeeper.ui.translated import translated

RECENT = timedelta(days=365)
"""A component of which nothing was reported for longer is not offered."""


def subject_said(subject: Subject, policy: Policy) -> str:
    """``incidents of Gateway · Router``."""
    if subject.sort == ALERT:
        return gettext("alerts called “{alert}”, whatever numbers stand in it").format(alert=subject.name)
    if subject.sort == HOUR:
        weekday, hours = slot_said(subject.name)
        words = gettext("reports on {weekday} {hours} ({zone}) that were acknowledged late or nearly so")
        return words.format(weekday=translated(weekday), hours=hours, zone=policy.zone)
    if subject.sort == WORST:
        words = gettext("incidents of {component} at severity {severity}")
        return words.format(component=subject.called, severity=policy.severities[0].name)
    return gettext("incidents of {component}").format(component=subject.called)


def choices_for(account: Account, chosen: Subject | None, policy: Policy, now: datetime) -> Iterator[tuple[str, str]]:
    """Nothing, what is chosen already, and every component that was reported within a year."""
    yield "", gettext("nothing: its effect is not measured")
    offered = [Subject(COMPONENT, component, product) for product, component in _components(account, now)]
    for subject in dict.fromkeys([*filter(None, [chosen]), *offered]):
        yield written(subject), subject_said(subject, policy)


def written(subject: Subject | None) -> str:
    """A subject as a form carries it."""
    return json.dumps(subject) if subject else ""


def read(value: str) -> Subject | None:
    """What ``written`` wrote."""
    return Subject(*json.loads(value)) if value else None


def _components(account: Account, now: datetime) -> list[tuple[str, str]]:
    reported = Incident.objects.in_earnest().filter(account=account, received_at__gt=now - RECENT)
    rows = reported.exclude(component="").order_by("product", "component").values_list("product", "component")
    return list(rows.distinct())
