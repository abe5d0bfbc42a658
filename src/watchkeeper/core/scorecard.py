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

from watchkeeper.core.commitments import BREACHED, CANCELLED, MET, OUTSIDE_THE_LEVEL, Commitment
from watchkeeper.core.policy import ESCALATION_ANSWER, PROMISED_METRICS

OPEN = "open"
OUTSIDE_LEVEL = "outside_level"
NOT_MEASURABLE = "not_measurable"
EXCLUDED = "excluded"
OUTCOMES = (MET, BREACHED, OPEN, OUTSIDE_LEVEL, NOT_MEASURABLE, EXCLUDED)

FIGURES = (MET, BREACHED, OPEN, EXCLUDED, CANCELLED, OUTSIDE_LEVEL)
"""What a report tells apart: where ``OUTCOMES`` say excluded, whether somebody decided so or the promise ended."""

_METRICS = (*PROMISED_METRICS, ESCALATION_ANSWER)


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
    if commitment.excluded is not None:
        return EXCLUDED
    return counts_as(commitment.outcome, commitment.due_at, as_of)


def counts_as(outcome: str, due_at: datetime | None, as_of: datetime) -> str:
    """How a commitment that nobody left out counts at ``as_of``, by its own outcome and due time."""
    if outcome in (MET, BREACHED):
        return outcome
    if outcome == CANCELLED:
        return EXCLUDED
    return BREACHED if due_at is not None and due_at < as_of else OPEN


def figure_at(commitment: Commitment, as_of: datetime) -> str:
    """Under which of ``FIGURES`` a report counts a commitment at ``as_of``.

    Cancelled because its severity left the level, it is outside the level like what was never inside.
    """
    if commitment.excluded is None and commitment.outcome == CANCELLED:
        return OUTSIDE_LEVEL if commitment.reason == OUTSIDE_THE_LEVEL else CANCELLED
    return outcome_at(commitment, as_of)


def by_promise(counted: Iterable[tuple[str, int, str]]) -> dict[tuple[str, int], Attainment]:
    """The attainment of each metric at each severity, from metric, severity and outcome of every commitment.

    Metrics stand in the policy's order, the most severe severity first. Raises ``UnknownOutcome``.
    """
    found: dict[tuple[str, int], Counter[str]] = {}
    for metric, severity, outcome in counted:
        found.setdefault((metric, severity), Counter())[outcome] += 1
    in_order = sorted(found, key=lambda key: (_METRICS.index(key[0]), key[1]))
    return {key: Attainment(found[key]) for key in in_order}


def attainment(outcomes: Iterable[str]) -> Attainment:
    """The attainment over ``outcomes``, each one of ``OUTCOMES``. Raises ``UnknownOutcome``."""
    return Attainment(Counter(outcomes))


def together(parts: Iterable[Attainment]) -> Attainment:
    """Several attainments as one; not the mean of their shares, which would weigh a quiet month like a busy one."""
    total: Counter[str] = Counter()
    for part in parts:
        total.update(part.counts)
    return Attainment(total)
