"""Records of facts about published support policies, kept beside the project: their fields and their tables' cells.

A cell is written ``30m``, ``4h``, ``2d`` for elapsed time, ``4bh`` for business hours, ``2bd`` for business days,
``nbd`` for the next business day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import yaml

from watchkeeper.core.circumstances import ANY, Circumstances
from watchkeeper.core.policy import ACKNOWLEDGEMENT, ASSIGNMENT, RESOLUTION, RESTORATION, UPDATE

NOTHING = "nothing"

METRICS = {
    "response": ACKNOWLEDGEMENT,
    "restore": RESTORATION,
    "resolve": RESOLUTION,
    "resolution": RESOLUTION,
    "update_every": UPDATE,
    "ongoing": UPDATE,
    "start_of_work": ASSIGNMENT,
}
"""The keys of a plan that hold targets, and what they are called here."""

READ_AS = {
    "none": NOTHING,
    "not_seen": NOTHING,
    "not_available": "not offered",
    "not_applicable": "not offered",
    "best_effort": "best effort",
    "best effort, ahead of 3 and 4": "best effort",
    "by the level booked": "as agreed",
    "60 minutes business hour": "1bh",
    "1 BUSINESS hour": "1bh",
    "8h business": "8bh",
    "90% within 1h 24x7": "1h",
    "90% within 2.5 local business hours": "2.5bh",
    "90% next local business day": "nbd",
    "no guarantee; strive within 3bd, Mon-Fri only, no weekends": "3bd",
    "reasonable efforts 1h": "1h",
    "the business day after next": "2bd",
    "daily": "1bd",
    "weekly or at closure": "5bd",
}
"""Cells in words, in the notation of the others."""

_NOTATION = re.compile(r"<?(\d+(?:\.\d+)?(?:m|h|d|bh|bd)|nbd)\b")


class Cell(NamedTuple):
    """One cell of a record: where it stands, what it says, and what it is about. ``severity`` is a key, or ``*``."""

    path: str
    says: str
    level: str
    metric: str
    severity: str
    circumstances: Circumstances = ANY

    @property
    def notation(self) -> str:
        """What it says in the notation of the records."""
        if self.says in READ_AS:
            return READ_AS[self.says]
        match = _NOTATION.match(self.says)
        assert match, f"{self.path}: {self.says!r} is in no notation that is known; add what it means to READ_AS"
        return match[1]


def loaded(text: str) -> Mapping[str, Any]:
    """A record, with the keys as they are written."""
    record = yaml.load(text, Loader=yaml.BaseLoader)  # plain texts; BaseLoader makes nothing else
    assert isinstance(record, dict)
    return record


def fields(value: object, path: str = "") -> Iterator[str]:
    """The path of every leaf: ``plans.premium.response.urgent``, ``ambiguous.0``."""
    for leaf, _says in leaves(value, path):
        yield leaf


def leaves(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """The path of every leaf, and what it says."""
    if isinstance(value, dict):
        inner = value.items()
    elif isinstance(value, list):
        inner = {str(number): item for number, item in enumerate(value)}.items()
    else:
        yield path, str(value)
        return
    for key, item in inner:
        yield from leaves(item, f"{path}.{key}" if path else str(key))


def cells(vendor: str, record: Mapping[str, Any], levels: list[str]) -> Iterator[Cell]:
    """Every cell of the tables of a record that promises, or does not promise, some time.

    ``levels`` are those of the vendor's policy: they are called as the plans are.
    """
    for path, says in leaves(record.get("plans", {}), "plans"):
        _plans, plan, *rest = path.split(".")
        if plan in METRICS:  # one table for all plans
            yield from (Cell(path, says, level, METRICS[plan], rest[0]) for level in levels)
        elif plan == "targets":
            yield from (Cell(path, says, level, METRICS[rest[0]], rest[1]) for level in levels)
        elif rest and rest[0] in METRICS:
            if says == "same":
                same = leaves(record["plans"][plan]["response"])
                yield from (Cell(path, as_there, plan, METRICS[rest[0]], severity) for severity, as_there in same)
            else:
                yield from _of_a_plan(vendor, path, says, plan, rest)
        elif vendor == "liferay" and rest[0] in ("web", "phone", "emergency"):
            yield from _by_channel(path, says, plan, rest[0])
        elif vendor in ("azure", "pinecone"):
            yield Cell(path, says, plan, ACKNOWLEDGEMENT, rest[0])


def _of_a_plan(vendor: str, path: str, says: str, plan: str, rest: list[str]) -> Iterator[Cell]:
    severity = rest[1] if len(rest) > 1 else "*"
    if says == "unchanged":
        return  # what is unchanged is compared with the plan it is based on
    if severity == "any_non_urgent":
        yield from (Cell(path, says, plan, METRICS[rest[0]], named) for named in ("high", "normal", "low"))
        return
    phoned = {("adobe", "1"), ("hivemq", "P1")}
    by_phone = (vendor, severity) in phoned and plan != "basic"
    yield Cell(path, says, plan, METRICS[rest[0]], severity, Circumstances(channel="phone") if by_phone else ANY)


def _by_channel(path: str, says: str, plan: str, channel: str) -> Iterator[Cell]:
    if channel == "web":
        yield Cell(path, says, plan, ACKNOWLEDGEMENT, "*", Circumstances(channel="web"))
        return
    phone = Circumstances(channel="phone")
    is_for_the_worst = channel == "emergency"
    if is_for_the_worst:
        yield Cell(path, says, plan, ACKNOWLEDGEMENT, "1", phone)
    else:
        yield from (Cell(path, says, plan, ACKNOWLEDGEMENT, severity, phone) for severity in ("2", "3"))
