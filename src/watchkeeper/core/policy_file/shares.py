"""Shares as a file says them: for which part of a period's incidents a target is promised."""

from __future__ import annotations

from fractions import Fraction

from watchkeeper.core.offer import PERIODS
from watchkeeper.core.policy import Share
from watchkeeper.core.policy_file.fields import Section
from watchkeeper.core.policy_file.parts import part
from watchkeeper.core.policy_file.problems import quoted


def read_share(entry: Section) -> Share | None:
    of = entry.value("share", _known_share)
    each = entry.value("each", known_period)
    if each is not None and not entry.has("share"):
        entry.complain("each", "says over which period a share is taken; write the share too, as share: 95%")
    return Share(of, each or "month") if of is not None else None


def _known_share(written: str) -> Fraction:
    if written == "100%":
        raise ValueError('"100%" is what a target without a share promises; leave share out')
    return part(written, of="the incidents", example="95%")


def known_period(written: str) -> str:
    """A period that is counted over. Raises ``ValueError``."""
    if written not in PERIODS:
        raise ValueError(f"{quoted(written)} is no period; write {', '.join(PERIODS)}")
    return written
