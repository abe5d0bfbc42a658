"""The targets of a level, or of what is laid over one: metric → severity → what is promised, or said instead."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple, cast

from watchkeeper.core import durations
from watchkeeper.core.offer import PERIODS
from watchkeeper.core.policy import (
    ACKNOWLEDGEMENT,
    BEGINNINGS,
    POST_INCIDENT_REPORT,
    PROMISED_METRICS,
    RECEIPT,
    SAID_INSTEAD,
    UPDATE,
    OperatingHours,
    SaidInstead,
    Share,
    Target,
)
from watchkeeper.core.policy_file import week
from watchkeeper.core.policy_file.escalation_rules import part
from watchkeeper.core.policy_file.fields import Section
from watchkeeper.core.policy_file.problems import quoted
from watchkeeper.core.policy_file.tree import Listing, Node, Text
from watchkeeper.core.policy_file.tree import Mapping as MappingNode
from watchkeeper.core.policy_file.vocabulary import Vocabulary
from watchkeeper.core.within import DATE_RULES, Counting, Starts, Within

WITHDRAWN = "none"
"""What an overlay writes for a target of the level that it takes away."""

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
        return base._replace(operating=now, published_as="")


class TargetsRead:
    """The targets found, by metric and severity, and the targets beneath that are taken away.

    ``given`` names every target that is written, also those that cannot be read.
    """

    def __init__(self) -> None:
        self.found: dict[TargetKey, Target] = {}
        self.withdrawn: list[TargetKey] = []
        self.said_instead: list[SaidInstead] = []
        self.given: set[TargetKey] = set()

    def sort(self) -> None:
        """Bring everything into its order, so that files which say the same are equal."""
        self.found = {key: self.found[key] for key in sorted(self.found, key=in_order)}
        self.withdrawn.sort(key=in_order)
        self.said_instead.sort(key=lambda said: in_order(said[0]))


def read_targets(section: Section, vocabulary: Vocabulary, ground: Ground) -> TargetsRead:
    """Every target under the metrics of ``section``.

    With something beneath, what a target leaves out stays as it is there, and ``none`` withdraws one.
    """
    read = TargetsRead()
    for metric in PROMISED_METRICS:
        targets = section.section(metric)
        if targets is not None:
            _read_metric(metric, targets, vocabulary, ground, read)
    if ground.beneath is not None:
        for key in ground.beneath.targets.keys() - read.given:
            base = ground.base(key)
            if base is not None and base != ground.beneath.targets[key]:
                read.found[key] = base
    read.sort()
    return read


def in_order(key: TargetKey) -> tuple[int, int]:
    """Where a target stands among others: by metric, then by severity, wherever the file names it."""
    metric, severity = key
    return PROMISED_METRICS.index(metric), severity


def _read_metric(metric: str, targets: Section, vocabulary: Vocabulary, ground: Ground, read: TargetsRead) -> None:
    for written, node in targets.entries():
        severity = targets.understood(written, written, vocabulary.severity)
        if severity is None:
            continue
        key = (metric, severity.number)
        if key in read.given:
            targets.complain(written, f"names severity {severity.key} a second time; each has one target a metric")
            continue
        read.given.add(key)
        said = node.value if isinstance(node, Text) else None
        if said == WITHDRAWN:
            _withdraw(targets, written, key, ground.beneath, read)
        elif said in SAID_INSTEAD:
            read.said_instead.append((key, said))
            if ground.beneath is not None and key in ground.beneath.targets:
                read.withdrawn.append(key)
        else:
            target = _read_target(key, targets, written, node, vocabulary, ground)
            if target is not None:
                read.found[key] = target


def _withdraw(targets: Section, written: str, key: TargetKey, beneath: Beneath | None, read: TargetsRead) -> None:
    if beneath is None:
        targets.complain(written, "has nothing to take away; leave it out, or write not offered", WITHDRAWN)
    elif key in beneath.targets:
        read.withdrawn.append(key)
    else:
        targets.complain(written, "takes away a target that the level does not have; leave it out", WITHDRAWN)


def _read_target(
    key: TargetKey, targets: Section, written: str, node: Node, vocabulary: Vocabulary, ground: Ground
) -> Target | None:
    """One target: a mapping, or its ``within`` alone."""
    if isinstance(node, Listing):
        targets.complain(written, "must be a length, as 8h, or a mapping with within, goal and hours")
        return None
    if isinstance(node, Text):
        node = _alone("within", node)
    metric, severity = key
    base = ground.base(key)
    entry = targets.child(written, node)
    default_hours = base.operating if base else ground.hours_at(severity)
    operating = entry.value("hours", vocabulary.hours_called) or default_hours
    counting = _counting(entry, base)
    within = _length(entry, "within", counting) if entry.has("within") else base.within if base else None
    goal = _length(entry, "goal", counting) if entry.has("goal") else base.goal if base else None
    within, goal = _by_cut_off(entry, within, goal)
    _refuse_an_idle_start(entry, counting, within, goal)
    begins = entry.value("from", lambda word: _known_beginning(word, metric)) or (base.begins if base else None)
    share = _share(entry) or (base.share if base else None)
    published_as = entry.text("published_as")
    if not entry.has("within") and base is None:
        entry.complain("within", "is missing; write the length promised, as 4h or 2 business days")
    entry.refuse_unknown("a target")
    if within is None or operating is None:
        return None
    begins = begins or (ground.begins if may_begin_otherwise(metric) else RECEIPT)
    return Target(metric, severity, within, operating, goal, published_as, begins, share)


def _alone(key: str, value: Text) -> MappingNode:
    node = MappingNode(value.line)
    node.items[key] = value
    node.key_lines[key] = value.line
    return node


def _length(entry: Section, key: str, counting: tuple[Counting, Starts]) -> Within | None:
    return entry.required(key, lambda written: _some_time(entry, written, *counting), "write a length, as 4h")


def _some_time(entry: Section, written: str, counting: Counting, starts: Starts) -> Within:
    if counting in DATE_RULES and durations.read(written) is not None:
        counting = "operating"  # hours laid over days
    within = Within.parse(written, counting, starts if counting == "elapsed" else "opening")
    if _is_elapsed(within) and entry.has("starts"):
        within = replace(within, starts=starts)
    if within.is_nothing:
        raise ValueError(f"{quoted(written)} leaves no time at all; write 4h, 90m or 2 business days")
    if entry.has("counting") and within.length is not None and within.counting != counting:
        raise ValueError(f"{quoted(written)} is not counted as counting: {counting} says; leave one of the two out")
    return within


def _by_cut_off(entry: Section, *lengths: Within | None) -> tuple[Within | None, ...]:
    """The lengths, those in business days with the time that a report must come by to be counted from its own day."""
    cut_off = entry.value("cut_off", week.time_of_day)
    given = [length for length in lengths if length is not None]
    days = [length for length in given if length.counting == "business_days"]
    if cut_off is not None and given and not days:
        entry.complain("cut_off", f"is for business days; {given[0]} has no day that a report could miss")
    if cut_off is None:
        return lengths
    return tuple(replace(length, cut_off=cut_off) if length and length in days else length for length in lengths)


def _counting(entry: Section, base: Target | None) -> tuple[Counting, Starts]:
    """How the lengths of a target are counted: as written, else as the target beneath is, else operating time."""
    counting = entry.value("counting", _known_counting) or (base.within.counting if base else "operating")
    starts = entry.value("starts", _known_start) or (base.within.starts if base else "opening")
    return counting, starts


def _refuse_an_idle_start(entry: Section, counting: tuple[Counting, Starts], *lengths: Within | None) -> None:
    is_elapsed = counting[0] == "elapsed" or any(_is_elapsed(length) for length in lengths)
    if entry.has("starts") and counting[1] == "receipt" and not is_elapsed:
        entry.complain("starts", "on receipt is for counting: elapsed; operating time begins at an opening", "receipt")


def _is_elapsed(length: Within | None) -> bool:
    return length is not None and length.counting == "elapsed"


def _known_counting(written: str) -> Counting:
    if written == "operating" or written == "elapsed":
        return cast(Counting, written)
    raise ValueError(f"{quoted(written)} is no counting; write operating or elapsed, and days as 2 business days")


def _known_start(written: str) -> Starts:
    if written == "opening" or written == "receipt":
        return cast(Starts, written)
    raise ValueError(f"{quoted(written)} is no start; write opening or receipt")


def known_beginning(written: str) -> str:
    """What clocks may begin with where a policy or a level says it for all. Raises ``ValueError``."""
    if written not in (allowed := BEGINNINGS[:-1]):
        raise ValueError(f"{quoted(written)} starts no clock; write {' or '.join(allowed)}")
    return written


def _known_beginning(written: str, metric: str) -> str:
    if not may_begin_otherwise(metric):
        raise ValueError(f"{quoted(written)}: {_BEGINS_BY_ITSELF[metric]}; leave from out")
    allowed = BEGINNINGS[:-1] if metric == ACKNOWLEDGEMENT else BEGINNINGS
    if written not in allowed:
        raise ValueError(f"{quoted(written)} starts no clock of {metric}; write {', '.join(allowed)}")
    return written


_BEGINS_BY_ITSELF = {
    UPDATE: "an update is owed from the acknowledgement on",
    POST_INCIDENT_REPORT: "a report is owed from the resolution on",
}


def may_begin_otherwise(metric: str) -> bool:
    """Whether a file may say what the clock of a metric begins with."""
    return metric not in _BEGINS_BY_ITSELF


def _share(entry: Section) -> Share | None:
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
