"""Every test of this room begins with the cast on the stage, standing for the desk, on a Monday morning.

Models are imported inside: this file is read before Django is set up.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

if TYPE_CHECKING:
    from tests.cast import Cast
    from tests.harness.clock import Clock


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
def reported_by(cast: Cast) -> Callable[..., Any]:
    """``reported_by(person, severity)``: a fresh incident of that person's account."""
    from watchkeeper.incidents import verbs
    from watchkeeper.incidents.models import Incident

    def report(person: Any, severity: int | None = 1, **said: str) -> Incident:
        return verbs.report(
            verbs.Report("The gateway answers 503", "Since ten, for every route.", severity, **said),
            account=person.account,
            by=person,
            channel=Incident.Channel.PORTAL,
        )

    return report
