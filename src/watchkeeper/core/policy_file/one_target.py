"""One target of a file: a length alone, or a mapping with all that is said of it."""

from __future__ import annotations

from watchkeeper.core.policy import RECEIPT, STATES_OF_REPAIR, UPDATE, Cadence, OperatingHours, Target
from watchkeeper.core.policy_file.beginnings import begins_by_itself, known_beginning_of
from watchkeeper.core.policy_file.escalation_rules import moment
from watchkeeper.core.policy_file.fields import Section
from watchkeeper.core.policy_file.ground import Ground, TargetKey
from watchkeeper.core.policy_file.lengths import read_lengths, some_time
from watchkeeper.core.policy_file.problems import quoted
from watchkeeper.core.policy_file.shares import read_share
from watchkeeper.core.policy_file.tree import Listing, Node, Text
from watchkeeper.core.policy_file.tree import Mapping as MappingNode
from watchkeeper.core.policy_file.vocabulary import Vocabulary


def read_target(
    key: TargetKey, targets: Section, written: str, node: Node, vocabulary: Vocabulary, ground: Ground
) -> Target | None:
    """One target: a mapping, or its ``within`` alone. What it leaves out is as on its ground."""
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
    within, goal = read_lengths(entry, base)
    begins = entry.value("from", lambda word: known_beginning_of(metric, word)) or (base.begins if base else None)
    share = read_share(entry) or (base.share if base else None)
    then = _cadences(entry, metric, vocabulary, operating) if entry.has("then") else base.then if base else ()
    published_as = entry.text("published_as")
    if not entry.has("within") and base is None:
        entry.complain("within", "is missing; write the length promised, as 4h or 2 business days")
    entry.refuse_unknown("a target")
    if within is None or operating is None:
        return None
    begins = begins or (RECEIPT if begins_by_itself(metric) else ground.begins)
    return Target(metric, severity, within, operating, goal, published_as, begins, share, then)


def _alone(key: str, value: Text) -> MappingNode:
    node = MappingNode(value.line)
    node.items[key] = value
    node.key_lines[key] = value.line
    return node


def _cadences(
    entry: Section, metric: str, vocabulary: Vocabulary, operating: OperatingHours | None
) -> tuple[Cadence, ...]:
    """The list under ``then``: how often the customer hears later on."""
    steps = entry.sections("then", "mappings, each with once or after, and within")
    if steps and metric != UPDATE:
        entry.complain("then", f"is for updates, which are owed again and again; a {metric} is owed once")
    return tuple(step for step in (_cadence(step, vocabulary, operating) for step in steps) if step is not None)


def _cadence(step: Section, vocabulary: Vocabulary, operating: OperatingHours | None) -> Cadence | None:
    once, after = step.value("once", _known_state), step.value("after", moment)
    within = step.required("within", some_time, "write a length, as 1h")
    counted_in = step.value("hours", vocabulary.hours_called) or operating
    if step.has("once") == step.has("after"):
        step.complain("", "needs one of once, as once: workaround, and after, as after: 2h")
    step.refuse_unknown("a later cadence")
    return Cadence(within, counted_in, once or "", after) if within and counted_in else None


def _known_state(written: str) -> str:
    if written not in STATES_OF_REPAIR:
        raise ValueError(f"{quoted(written)} is nothing that a message reaches; write {', '.join(STATES_OF_REPAIR)}")
    return written
