"""The effect of a recommendation that was done, as a page shows it: counted from the incidents of its kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext_lazy

from watchkeeper.core import effect as core
from watchkeeper.core.effect import MOST_WEEKS, WEEK, Effect, effect
from watchkeeper.core.policy import Policy
from watchkeeper.core.proposals import is_of
from watchkeeper.premium.guidance.cases import cases_of
from watchkeeper.premium.guidance.subjects import subject_said
from watchkeeper.premium.models import Recommendation

OUTCOMES = {
    core.BETTER: (gettext_lazy("Better"), "ok", "check"),
    core.WORSE: (gettext_lazy("Worse"), "breach", "warning"),
    core.NO_CLEAR_CHANGE: (gettext_lazy("No clear change"), "quiet", "minus"),
    core.TOO_FEW: (gettext_lazy("Too few to tell"), "quiet", "info"),
    core.TOO_EARLY: (gettext_lazy("Too early to tell"), "info", "clock"),
}
"""Every outcome in words, with the tone and the symbol of its badge."""

WIDTH, HEIGHT, ROOM = 24, 96, 6
"""Of the drawing in its own units: a week's column, the highest column, and what lies between two."""


class Bar(NamedTuple):
    """One week of the drawing, in its units."""

    x: int
    y: int
    height: int
    is_after: bool


class Measured(NamedTuple):
    """The effect in words and as a drawing; ``starts_at`` is when the first window begins, ``ends_at`` when the second
    does."""

    effect: Effect
    counted: str
    words: str
    tone: str
    symbol: str
    percent: str
    told_from: datetime
    starts_at: datetime
    ends_at: datetime
    bars: list[Bar]
    width: int

    @property
    def before(self) -> int:
        return sum(self.effect.before)

    @property
    def after(self) -> int:
        return sum(self.effect.after)

    @property
    def rows(self) -> list[tuple[int, int, int]]:
        """Week by week, counted from when it was done: the same week before it, and after it."""
        return [(n, b, a) for n, (b, a) in enumerate(zip(self.effect.before[::-1], self.effect.after, strict=True), 1)]


def measured(done: Recommendation, *, policy: Policy, now: datetime) -> Measured | None:
    """What became of it by ``now``; ``None`` while it is not done, and where nothing is counted."""
    subject, done_at = done.subject, done.done_at
    if subject is None or done_at is None:
        return None
    cases = cases_of(done.account, since=done_at - MOST_WEEKS * WEEK - WEEK, until=now)
    found = effect((case.received_at for case in cases if is_of(subject, case, policy.zone)), done_at=done_at, now=now)
    words, tone, symbol = OUTCOMES[found.outcome]
    bars = list(_bars((*found.before, *found.after), found.weeks))
    return Measured(
        effect=found,
        counted=subject_said(subject, policy),
        words=str(words),
        tone=tone,
        symbol=symbol,
        percent="" if found.chance is None else f"{float(found.chance) * 100:.1f}",
        told_from=core.earliest_at(done_at),
        starts_at=done_at - found.weeks * WEEK,
        ends_at=done_at + found.weeks * WEEK,
        bars=bars,
        width=len(bars) * (WIDTH + ROOM),
    )


def _bars(counts: Sequence[int], weeks: int) -> Iterator[Bar]:
    most = max(counts, default=0) or 1
    for place, count in enumerate(counts):
        height = round(count / most * HEIGHT)
        yield Bar(place * (WIDTH + ROOM) + ROOM // 2, HEIGHT - height, height, place >= weeks)
