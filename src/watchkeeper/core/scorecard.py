"""The arithmetic of attainment: how many promises were kept, of those that can be judged.

A commitment counts once it is met or breached. What is open, outside the level, not measurable or excluded is
counted beside it and never in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction
from types import MappingProxyType

from watchkeeper.core.commitments import BREACHED, CANCELLED, MET, Commitment

OPEN = "open"
OUTSIDE_LEVEL = "outside_level"
NOT_MEASURABLE = "not_measurable"
EXCLUDED = "excluded"
OUTCOMES = (MET, BREACHED, OPEN, OUTSIDE_LEVEL, NOT_MEASURABLE, EXCLUDED)


class UnknownOutcome(ValueError):
    """An outcome that is none of ``OUTCOMES``."""


@dataclass(frozen=True)
class Attainment:
    """How often each outcome occurred."""

    counts: Mapping[str, int]

    def __post_init__(self) -> None:
        unknown = set(self.counts) - set(OUTCOMES)
        if unknown:
            raise UnknownOutcome(f"{', '.join(sorted(unknown))}: an outcome is one of {', '.join(OUTCOMES)}")
        object.__setattr__(self, "counts", MappingProxyType({name: self.counts.get(name, 0) for name in OUTCOMES}))

    def __getitem__(self, outcome: str) -> int:
        """How often ``outcome`` occurred."""
        return self.counts[outcome]

    @property
    def judged(self) -> int:
        """How many were met or breached."""
        return self[MET] + self[BREACHED]

    @property
    def total(self) -> int:
        """How many there were of every outcome."""
        return sum(self.counts.values())

    @property
    def share(self) -> Fraction | None:
        """The part of those judged that was met, exactly; ``None`` where none was judged."""
        return Fraction(self[MET], self.judged) if self.judged else None

    def percent(self, places: int = 1) -> Decimal | None:
        """``share`` in percent, rounded down: 100 % is said only where nothing was missed."""
        if self.share is None:
            return None
        exact = Decimal(100 * self[MET]) / Decimal(self.judged)
        return exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_FLOOR)


def outcome_at(commitment: Commitment | None, as_of: datetime) -> str:
    """How a commitment counts at ``as_of``; ``None``, no commitment at all, is outside the level.

    Still running, it is breached once its due time lies before ``as_of``, and open until then.
    """
    if commitment is None:
        return OUTSIDE_LEVEL
    if commitment.excluded is not None or commitment.outcome == CANCELLED:
        return EXCLUDED
    if commitment.outcome in (MET, BREACHED):
        return commitment.outcome
    return BREACHED if commitment.due_at is not None and commitment.due_at < as_of else OPEN


def attainment(outcomes: Iterable[str]) -> Attainment:
    """The attainment over ``outcomes``, each one of ``OUTCOMES``. Raises ``UnknownOutcome``."""
    return Attainment(Counter(outcomes))


def together(parts: Iterable[Attainment]) -> Attainment:
    """Several attainments as one; not the mean of their shares, which would weigh a quiet month like a busy one."""
    total: Counter[str] = Counter()
    for part in parts:
        total.update(part.counts)
    return Attainment(total)
