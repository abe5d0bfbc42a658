"""The desk's pages are tested on the stage, and some of its promises are broken there.

Models are imported inside: this file is read before Django is set up.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.stage import browser_of, cast, look_again, report

if TYPE_CHECKING:
    from tests.cast import Cast
    from tests.harness.clock import Clock
    from watchkeeper.incidents.models import Incident

__all__ = ["breach", "browser_of", "cast", "look_again", "report"]


@pytest.fixture
def breach(cast: Cast, clock: Clock) -> Callable[[Incident], Incident]:
    """``breach(incident)``: the clock passes its due time, and the watcher looks."""
    from watchkeeper.incidents import flow

    def breached(incident: Incident) -> Incident:
        clock.set(incident.due_at + timedelta(minutes=1))
        flow.look_at(incident)
        incident.refresh_from_db()
        assert incident.is_breached
        return incident

    return breached
