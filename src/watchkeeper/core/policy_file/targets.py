"""The targets of a level, or of an SLA laid over one: metric → severity → what is promised."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from watchkeeper.core.policy import PROMISED_METRICS, OperatingHours, Target
from watchkeeper.core.policy_file.fields import Section
from watchkeeper.core.policy_file.problems import quoted
from watchkeeper.core.policy_file.tree import Listing, Node, Text
from watchkeeper.core.policy_file.tree import Mapping as MappingNode
from watchkeeper.core.policy_file.vocabulary import Vocabulary
from watchkeeper.core.within import Counting, Starts, Within

WITHDRAWN = "none"
"""What an SLA writes for a target of the level that it takes away."""

TargetKey = tuple[str, int]


class TargetsRead:
    """The targets found, by metric and severity, and the targets of the level that are taken away.

    ``given`` names every target that is written, also those that cannot be read.
    """

    def __init__(self) -> None:
        self.found: dict[TargetKey, Target] = {}
        self.withdrawn: list[TargetKey] = []
        self.given: set[TargetKey] = set()


def read_targets(
    section: Section,
    vocabulary: Vocabulary,
    default_hours: OperatingHours | None,
    said_by_level: Mapping[TargetKey, Target] | None = None,
) -> TargetsRead:
    """Every target under the metrics of ``section``.

    With ``said_by_level`` the section is an SLA: what a target leaves out stays as the level says, and ``none``
    withdraws one.
    """
    read = TargetsRead()
    for metric in PROMISED_METRICS:
        targets = section.section(metric)
        if targets is not None:
            _read_metric(metric, targets, vocabulary, default_hours, said_by_level, read)
    return read


def _read_metric(
    metric: str,
    targets: Section,
    vocabulary: Vocabulary,
    default_hours: OperatingHours | None,
    said_by_level: Mapping[TargetKey, Target] | None,
    read: TargetsRead,
) -> None:
    for written, node in targets.entries():
        severity = targets.understood(written, written, vocabulary.severity)
        if severity is None:
            continue
        key = (metric, severity.number)
        if key in read.given:
            targets.complain(written, f"names severity {severity.key} a second time; each has one target a metric")
            continue
        read.given.add(key)
        if said_by_level is not None and isinstance(node, Text) and node.value == WITHDRAWN:
            _withdraw(targets, written, key, said_by_level, read)
        else:
            base = (said_by_level or {}).get(key)
            target = _read_target(metric, severity.number, targets, written, node, vocabulary, default_hours, base)
            if target is not None:
                read.found[key] = target


def _withdraw(
    targets: Section, written: str, key: TargetKey, said_by_level: Mapping[TargetKey, Target], read: TargetsRead
) -> None:
    if key in said_by_level:
        read.withdrawn.append(key)
    else:
        targets.complain(written, "takes away a target that the level does not have", WITHDRAWN)


def _read_target(
    metric: str,
    severity: int,
    targets: Section,
    written: str,
    node: Node,
    vocabulary: Vocabulary,
    default_hours: OperatingHours | None,
    base: Target | None,
) -> Target | None:
    """One target: a mapping, or its ``within`` alone. ``base`` is the level's own, which an SLA changes."""
    if isinstance(node, Listing):
        targets.complain(written, "must be a length, as 8h, or a mapping with within, goal and hours")
        return None
    if isinstance(node, Text):
        node = _alone("within", node)
    entry = targets.child(written, node)
    operating = entry.value("hours", vocabulary.hours_called) or (base.operating if base else default_hours)
    counting = _counting(entry, base)
    within = _length(entry, "within", counting) if entry.has("within") else base.within if base else None
    goal = _length(entry, "goal", counting) if entry.has("goal") else base.goal if base else None
    published_as = entry.text("published_as")
    if not entry.has("within") and base is None:
        entry.complain("within", "is missing; write the length promised, as 4h or 2 business days")
    entry.refuse_unknown("a target")
    if within is None or operating is None:
        return None
    return Target(metric, severity, within, operating, goal, published_as)


def _alone(key: str, value: Text) -> MappingNode:
    node = MappingNode(value.line)
    node.items[key] = value
    node.key_lines[key] = value.line
    return node


def _length(entry: Section, key: str, counting: tuple[Counting, Starts]) -> Within | None:
    return entry.required(key, lambda written: _some_time(written, *counting), "write a length, as 4h")


def _some_time(written: str, counting: Counting, starts: Starts) -> Within:
    within = Within.parse(written, counting, starts if counting == "elapsed" else "opening")
    if within.is_nothing:
        raise ValueError(f"{quoted(written)} leaves no time at all; write 4h, 90m or 2 business days")
    return within


def _counting(entry: Section, base: Target | None) -> tuple[Counting, Starts]:
    """How the lengths of a target are counted: as written, else as the level's own target is, else operating time."""
    counting = entry.value("counting", _known_counting) or (base.within.counting if base else "operating")
    starts = entry.value("starts", _known_start) or (base.within.starts if base else "opening")
    if starts == "receipt" and counting != "elapsed" and entry.has("starts"):
        entry.complain("starts", "on receipt is for counting: elapsed; operating time begins at an opening", "receipt")
    return counting, starts


def _known_counting(written: str) -> Counting:
    if written == "operating" or written == "elapsed":
        return cast(Counting, written)
    raise ValueError(f"{quoted(written)} is no counting; write operating or elapsed, and days as 2 business days")


def _known_start(written: str) -> Starts:
    if written == "opening" or written == "receipt":
        return cast(Starts, written)
    raise ValueError(f"{quoted(written)} is no start; write opening or receipt")
