"""Whether something that was done helped: incidents of its kind in equal windows before and after it.

Where nothing changed, each incident that is in one of two equal windows lies with the same chance in either. So of
``n`` in both, the number after is binomial with one half, whatever their rate (J. Przyborowski and H. Wilenski,
"Homogeneity of results in testing samples from Poisson series", Biometrika 31, 1940). The chance of a split at least
as uneven as the one seen is counted exactly, on both sides; below one in twenty the change is called clear. With five
or fewer in both windows not even "all before, none after" is that rare (2/32): that is too few to tell.

The count supposes that incidents come independently. Those that come in bursts make a clear change look clearer than
it is, and where something was proposed because much had happened, part of a fall comes by itself. A page that shows an
effect says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from fractions import Fraction
from math import comb
from typing import NamedTuple

BETTER = "better"
WORSE = "worse"
NO_CLEAR_CHANGE = "no clear change"
TOO_FEW = "too few to tell"
TOO_EARLY = "too early to tell"
OUTCOMES = (BETTER, WORSE, NO_CLEAR_CHANGE, TOO_FEW, TOO_EARLY)

RARE = Fraction(1, 20)
WEEK = timedelta(weeks=1)
FEWEST_WEEKS, MOST_WEEKS = 4, 12
"""Whole weeks, so that both windows hold the same weekdays."""


class Effect(NamedTuple):
    """What was counted. ``before`` and ``after`` hold one number a week, in the order of time, equally many; both are
    empty while it is too early. ``chance`` is that of a split at least as uneven where nothing changed."""

    outcome: str
    before: tuple[int, ...]
    after: tuple[int, ...]
    chance: Fraction | None

    @property
    def weeks(self) -> int:
        """How many weeks each window has."""
        return len(self.after)


def effect(received: Iterable[datetime], *, done_at: datetime, now: datetime) -> Effect:
    """The effect of what was done at ``done_at``, told by when incidents of its kind were received."""
    weeks = min((now - done_at) // WEEK, MOST_WEEKS)
    if weeks < FEWEST_WEEKS:
        return Effect(TOO_EARLY, (), (), None)
    counts = dict.fromkeys(range(-weeks, weeks), 0)
    for at in received:
        week = (at - done_at) // WEEK
        if week in counts:
            counts[week] += 1
    before = tuple(counts[week] for week in range(-weeks, 0))
    after = tuple(counts[week] for week in range(weeks))
    outcome, chance = compared(sum(before), sum(after))
    return Effect(outcome, before, after, chance)


def earliest_at(done_at: datetime) -> datetime:
    """When an effect can first be told."""
    return done_at + FEWEST_WEEKS * WEEK


def compared(before: int, after: int) -> tuple[str, Fraction]:
    """What two counts of equal windows say, and the chance of a split at least as uneven where nothing changed."""
    chance = two_sided(before, after)
    if two_sided(before + after, 0) >= RARE:
        return TOO_FEW, chance
    if chance >= RARE:
        return NO_CLEAR_CHANGE, chance
    return (BETTER if after < before else WORSE), chance


def two_sided(one: int, other: int) -> Fraction:
    """The chance, at equal rates, of a split of ``one + other`` at least as uneven as this, either way."""
    return min(Fraction(1), 2 * at_least(max(one, other), one + other))


def at_least(successes: int, trials: int) -> Fraction:
    """The chance of so many successes or more, each trial having one half."""
    ways = term = comb(trials, successes)
    for each in range(successes, trials):  # the next from the last: thousands are counted at once
        term = term * (trials - each) // (each + 1)
        ways += term
    return Fraction(ways, 2**trials)
