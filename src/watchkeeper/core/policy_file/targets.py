"""The targets of a level, or of what is laid over one: metric → severity → what is promised, or said instead."""

from __future__ import annotations

from watchkeeper.core.policy import PROMISED_METRICS, SAID_INSTEAD, SaidInstead, Target
from watchkeeper.core.policy_file.fields import Section, folded
from watchkeeper.core.policy_file.ground import Beneath, Ground, TargetKey, in_order
from watchkeeper.core.policy_file.one_target import read_target
from watchkeeper.core.policy_file.tree import Mapping, Node, Text
from watchkeeper.core.policy_file.vocabulary import Vocabulary

WITHDRAWN = "none"
"""What an overlay writes for a target of the level that it takes away."""


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
        if isinstance(node, Text) and node.value == WITHDRAWN:
            _withdraw(targets, written, key, ground.beneath, read)
        elif said := _said_instead(targets, written, node):
            read.said_instead.append((key, said))
            if ground.beneath is not None and key in ground.beneath.targets:
                read.withdrawn.append(key)
        else:
            target = read_target(key, targets, written, node, vocabulary, ground)
            if target is not None:
                read.found[key] = target


def _said_instead(targets: Section, written: str, node: Node) -> str:
    """The words that stand where nothing is promised; empty where a target does."""
    if isinstance(node, Text):
        return node.value if node.value in SAID_INSTEAD else ""
    if not isinstance(node, Mapping) or "says" not in node.items:
        return ""
    cell = targets.child(written, node)
    says = cell.required("says", folded, "write the words that stand there, as says: Next release")
    if len(node.items) > 1:
        cell.complain("says", "stands alone, where nothing is counted; words beside a length are its published_as")
    return says or WITHDRAWN


def _withdraw(targets: Section, written: str, key: TargetKey, beneath: Beneath | None, read: TargetsRead) -> None:
    if beneath is None:
        targets.complain(written, "has nothing to take away; leave it out, or write not offered", WITHDRAWN)
    elif key in beneath.targets:
        read.withdrawn.append(key)
    else:
        targets.complain(written, "takes away a target that the level does not have; leave it out", WITHDRAWN)
