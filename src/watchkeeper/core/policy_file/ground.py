"""What a target stands on where the file leaves something out: the level's hours, and the target beneath it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from watchkeeper.core.policy import PROMISED_METRICS, RECEIPT, OperatingHours, Target

TargetKey = tuple[str, int]


class Beneath(NamedTuple):
    """What targets are laid over: those of the level, and its own hours at a severity, which are counted anew where
    other hours are laid over it."""

    targets: Mapping[TargetKey, Target]
    own_hours_at: Callable[[int], OperatingHours]


class Ground(NamedTuple):
    """What a target is where it does not say: the hours at its severity, what its clock begins with, what is beneath.

    ``recounted``: targets beneath that are counted in the level's own hours are counted in those of ``hours_at`` now.
    """

    hours_at: Callable[[int], OperatingHours | None]
    begins: str = RECEIPT
    beneath: Beneath | None = None
    recounted: bool = False

    def base(self, key: TargetKey) -> Target | None:
        """What stands beneath a target, in the hours that it is counted in now."""
        base = self.beneath.targets.get(key) if self.beneath else None
        if base is None or self.beneath is None or not self.recounted:
            return base
        now = self.hours_at(base.severity)
        if now is None or now == base.operating or base.operating != self.beneath.own_hours_at(base.severity):
            return base
        then = tuple(c._replace(operating=now) if c.operating == base.operating else c for c in base.then)
        return base._replace(operating=now, published_as="", then=then)


def in_order(key: TargetKey) -> tuple[int, int]:
    """Where a target stands among others: by metric, then by severity, wherever the file names it."""
    metric, severity = key
    return PROMISED_METRICS.index(metric), severity
