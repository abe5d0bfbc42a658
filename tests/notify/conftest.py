"""What the tests of notices stand on: an incident, something to say, and a mail server that answers as written.

Models are imported inside: this file is read before Django is set up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.notify.scripted_smtp import ScriptedSmtp, running

if TYPE_CHECKING:
    from tests.harness.clock import Clock
    from watchkeeper.incidents.models import Incident
    from watchkeeper.notify.outbox import Saying


@pytest.fixture(autouse=True)
def no_channels(settings: Any) -> None:
    """Each test opens the channels it needs."""
    settings.WATCHKEEPER_SMTP = None
    settings.WATCHKEEPER_ALARM_WEBHOOK = None
    settings.WATCHKEEPER_DKIM = None
    settings.WATCHKEEPER_DEMO = False
    settings.WATCHKEEPER_BASE_URL = "https://desk.example.com"
    settings.WATCHKEEPER_MAIL_FROM = "Support <desk@example.com>"


@pytest.fixture
def at_the_desk(db: None) -> Iterator[None]:
    """The test's transaction stands for the desk, and is rolled back with all it did."""
    from watchkeeper.people.wall import for_the_desk

    with for_the_desk():
        yield


@pytest.fixture
def monday(at_the_desk: None, clock: Clock) -> Clock:
    """The database's clock, standing at Monday 9 March 2026, 14:00 UTC."""
    from tests.notify.stage import MONDAY

    clock.set(MONDAY)
    return clock


@pytest.fixture
def smtp() -> Iterator[ScriptedSmtp]:
    with running() as server:
        yield server


@pytest.fixture
def incident(at_the_desk: None) -> Incident:
    from tests.notify.stage import new_incident

    return new_incident()


@pytest.fixture
def saying() -> Callable[..., Saying]:
    from tests.notify.stage import saying_of

    return saying_of
