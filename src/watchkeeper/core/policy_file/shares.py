"""Shares as a file says them: for which part of a period's incidents a target, or several together, are promised."""

from __future__ import annotations

from fractions import Fraction

from watchkeeper.core.offer import PERIODS, Share, SharedPromise
from watchkeeper.core.policy import ACKNOWLEDGEMENT, PROMISED_METRICS
from watchkeeper.core.policy_file.counts import count
from watchkeeper.core.policy_file.fields import Section
from watchkeeper.core.policy_file.parts import part
from watchkeeper.core.policy_file.problems import quoted
from watchkeeper.core.policy_file.vocabulary import Vocabulary


def read_share(entry: Section) -> Share | None:
    """The share of a single target: ``share: 95%`` with ``each`` and ``at_least``."""
    of = entry.value("share", _known_share)
    each, at_least = entry.value("each", known_period), entry.value("at_least", count)
    for key, says in (("each", "over which period"), ("at_least", "from how many incidents on")):
        if entry.has(key) and not entry.has("share"):
            entry.complain(key, f"says {says} a share is taken; write the share too, as share: 95%")
    return Share(of, each or "month", at_least or 1) if of is not None else None


def read_shares(section: Section, vocabulary: Vocabulary) -> tuple[SharedPromise, ...]:
    """The list under ``shares``: each of one metric, of several severities together."""
    entries = section.sections("shares", "mappings, each with of and what it is a share of")
    found = (_shared(entry, vocabulary) for entry in entries)
    return tuple(shared for shared in found if shared is not None)


def _shared(entry: Section, vocabulary: Vocabulary) -> SharedPromise | None:
    of = entry.required("of", _known_share, "write the part that is promised, as of: 95%")
    each, at_least = entry.value("each", known_period), entry.value("at_least", count)
    metric = entry.value("metric", _known_metric) or ACKNOWLEDGEMENT
    named = (entry.understood("severities", one, vocabulary.severity) for one in entry.texts("severities"))
    numbers = sorted({severity.number for severity in named if severity is not None})
    leaves_out = entry.texts("leaves_out")
    entry.refuse_unknown("a share")
    if of is None:
        return None
    return SharedPromise(Share(of, each or "month", at_least or 1), metric, tuple(numbers), leaves_out)


def _known_metric(written: str) -> str:
    metric = written.lower().replace(" ", "_")
    if metric not in PROMISED_METRICS:
        raise ValueError(f"{quoted(written)} is no metric; write one of {', '.join(PROMISED_METRICS)}")
    return metric


def _known_share(written: str) -> Fraction:
    if written == "100%":
        raise ValueError('"100%" is what a target without a share promises; leave share out')
    return part(written, of="the incidents", example="95%")


def known_period(written: str) -> str:
    """A period that is counted over. Raises ``ValueError``."""
    if written not in PERIODS:
        raise ValueError(f"{quoted(written)} is no period; write {', '.join(PERIODS)}")
    return written
