"""Fixtures for tests of pages: the cast on the stage on a Monday morning in Chicago, their browsers, their reports.

Models are imported inside: this file is read before Django is set up.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import Cast
    from tests.harness.clock import Clock
    from watchkeeper.incidents.models import Incident
    from watchkeeper.people.models import Person


def chicago(written: str) -> datetime:
    """``2026-03-02 10:00`` on the wall in Chicago, in UTC."""
    return datetime.fromisoformat(written).replace(tzinfo=ZoneInfo("America/Chicago")).astimezone(UTC)


@pytest.fixture
def cast(db: None, clock: Clock) -> Cast:
    from tests.cast import raise_curtain
    from watchkeeper.people.wall import stand_for_the_desk

    stand_for_the_desk()
    clock.set(chicago("2026-03-02 10:00"))
    return raise_curtain()


@pytest.fixture
def browser_of(db: None) -> Callable[[Person], Client]:
    """``browser_of(person)``: a client in which that person is signed in."""
    from django.test import Client

    def signed_in(person: Person) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return signed_in


@pytest.fixture
def report(cast: Cast) -> Callable[..., Incident]:
    """``report(person, severity)``: a fresh incident of that person's account."""
    from watchkeeper.incidents import verbs
    from watchkeeper.incidents.models import Incident
    from watchkeeper.people.wall import stand_for_the_desk

    def reported(person: Any, severity: int | None = 1, **said: Any) -> Incident:
        stand_for_the_desk()
        words = {"title": "The gateway answers 503", "body": "Since ten, for every route."} | said
        given = words.pop("given_files", ())
        return verbs.report(
            verbs.Report(severity=severity, **words),
            account=person.account,
            by=person,
            channel=Incident.Channel.PORTAL,
            given_files=given,
        )

    return reported


@pytest.fixture
def look_again(cast: Cast) -> Callable[[Incident], Incident]:
    """What the watcher does at an incident, and the incident as it is then."""
    from watchkeeper.incidents import flow
    from watchkeeper.people.wall import stand_for_the_desk

    def looked(incident: Incident) -> Incident:
        stand_for_the_desk()
        flow.look_at(incident)
        incident.refresh_from_db()
        return incident

    return looked
