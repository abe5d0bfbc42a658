"""Reviews for tests: of the first quarter of 2026, drafted on its second day after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.stage import chicago

if TYPE_CHECKING:
    from tests.cast import Cast
    from tests.harness.clock import Clock
    from watchkeeper.core.shares import Period
    from watchkeeper.premium.models import ServiceReview

ZONE = "America/Chicago"


def quarter(name: str) -> Period:
    """A period by its name."""
    from watchkeeper.premium.reviews.periods import called

    return called(name, ZONE)[1]


def drafted(cast: Cast, clock: Clock) -> ServiceReview:
    """The premium account's review of the first quarter, as Ana begins it on 2 April."""
    from watchkeeper.core.features import QUARTER
    from watchkeeper.people.wall import stand_for_the_desk
    from watchkeeper.premium.reviews.drafting import draft_for

    stand_for_the_desk()
    clock.set(chicago("2026-04-02 10:00"))
    return draft_for(cast.premium, quarter("2026-Q1"), QUARTER, by=cast.ana)[0]
