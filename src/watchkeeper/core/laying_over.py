"""What becomes of a level's targets, words and rules when variants or a contract are laid over them, one after another.

Where what is laid over says that nothing counts as more severe than some severity, whatever is more severe is promised
what that one is, and may be escalated where that one may.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from watchkeeper.core.policy import EscalationRules, Overlay, Target

T = TypeVar("T")

Place = tuple[str, int]
"""A metric and a severity's number."""


def by_place(targets: Iterable[Target]) -> dict[Place, Target]:
    """Targets by their metric and severity."""
    return {(target.metric, target.severity): target for target in targets}


def targets_laid_over(targets: Mapping[Place, Target], overlays: Sequence[Overlay]) -> dict[Place, Target]:
    """The targets that hold then."""
    laid = dict(targets)
    for overlay in overlays:
        laid.update(by_place(overlay.targets))
        for taken_away in overlay.withdrawn:
            laid.pop(taken_away, None)
    return _capped(laid, overlays, lambda target, severity: target._replace(severity=severity))


def words_laid_over(words: Mapping[Place, str], overlays: Sequence[Overlay]) -> dict[Place, str]:
    """The words that stand where no target does."""
    laid = dict(words)
    for overlay in overlays:
        laid.update(overlay.said_instead)
    return _capped(laid, overlays, lambda said, _severity: said)


def escalation_laid_over(rules: EscalationRules, overlays: Sequence[Overlay]) -> EscalationRules:
    """The rules that hold then."""
    laid = last(overlay.escalation for overlay in overlays) or rules
    most_severe = last(overlay.most_severe for overlay in overlays)
    if most_severe is None:
        return laid
    above = frozenset(range(1, most_severe))
    return replace(laid, eligible=laid.eligible | above if most_severe in laid.eligible else laid.eligible - above)


def last(values: Iterable[T | None]) -> T | None:
    """The last that says anything."""
    given = [value for value in values if value is not None]
    return given[-1] if given else None


def _capped(laid: dict[Place, T], overlays: Iterable[Overlay], at: Callable[[T, int], T]) -> dict[Place, T]:
    most_severe = last(overlay.most_severe for overlay in overlays)
    if most_severe is None:
        return laid
    capped = {place: value for place, value in laid.items() if place[1] >= most_severe}
    for metric in {metric for metric, number in capped if number == most_severe}:
        counted_as = capped[metric, most_severe]
        capped.update({(metric, number): at(counted_as, number) for number in range(1, most_severe)})
    return capped
