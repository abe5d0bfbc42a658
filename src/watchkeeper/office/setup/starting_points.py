"""What a vendor's first policy may start from: the shipped page, another vendor's as an example, or nearly nothing."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import yaml
from yaml.nodes import MappingNode, Node, SequenceNode

from watchkeeper.core.policy import Policy
from watchkeeper.core.policy_file import open_policy
from watchkeeper.policies import shipped

SHIPPED, EXAMPLE, EMPTY = "shipped", "example", "empty"
_EMPTY_POLICY = Path(__file__).with_name("empty_policy.yaml")


class Example(NamedTuple):
    """A policy in the shape of a real vendor's page, by the name of its file."""

    key: str
    title: str


@dataclass(frozen=True)
class Choice:
    """What to start from, and what of it is the vendor's own: their name, and who reads the mails to its contacts.

    ``zone`` is for the empty policy alone; the others have the zone of their page.
    """

    start: str
    vendor: str
    escalation: str
    desk: str
    example: str = ""
    zone: str = ""

    def policy_text(self) -> str:
        """The policy to publish: the chosen file, with the vendor's own name, addresses and zone in it."""
        return _made_their_own(_text_of(self.start, self.example), self)

    def policy(self) -> Policy:
        """What it says."""
        return open_policy(self.policy_text()).policy


def examples() -> list[Example]:
    """The examples there are."""
    found = []
    for key, path in shipped.examples().items():
        policy = open_policy(Path(path).read_text(encoding="utf-8")).policy
        found.append(Example(key, ": ".join(filter(None, [policy.vendor, policy.title])) or key))
    return found


def shipped_title() -> str:
    """What the shipped page is called."""
    return open_policy(shipped.shipped_text()).policy.title


def _text_of(start: str, example: str) -> str:
    if start == EMPTY:
        return _EMPTY_POLICY.read_text(encoding="utf-8")
    return Path(shipped.examples()[example]).read_text(encoding="utf-8") if start == EXAMPLE else shipped.shipped_text()


def _made_their_own(text: str, choice: Choice) -> str:
    """The text with another vendor, and nobody else's addresses; all the rest of it stays to the letter."""
    root = yaml.compose(text, yaml.CSafeLoader)
    at_the_top = _entries(root)
    vendor = json.dumps(choice.vendor, ensure_ascii=False)
    if "vendor" in at_the_top:
        pieces = {_span(at_the_top["vendor"]): vendor}
    else:
        after_its_name = _span(at_the_top["policy"])[1]
        pieces = {(after_its_name, after_its_name): f"\nvendor: {vendor}"}
    if choice.start == EMPTY:
        pieces[_span(at_the_top["zone"])] = choice.zone
    for key, contact in _entries(at_the_top["contacts"]).items():
        pieces[_span(contact)] = _contact(contact, choice.escalation if key == "escalation" else choice.desk)
    made = text
    for (begins, ends), piece in sorted(pieces.items(), reverse=True):
        made = made[:begins] + piece + made[ends:]
    _require_the_same_promises(text, made)
    return made


def _entries(mapping: MappingNode) -> dict[str, Node]:
    return {key.value: value for key, value in mapping.value}


def _span(node: Node) -> tuple[int, int]:
    """Where a node begins and ends; what stands between a block's last value and the next key is not the block's."""
    if isinstance(node, MappingNode) and not node.flow_style:
        return node.start_mark.index, _span(node.value[-1][1])[1]
    if isinstance(node, SequenceNode) and not node.flow_style:
        return node.start_mark.index, _span(node.value[-1])[1]
    return node.start_mark.index, node.end_mark.index


def _contact(contact: Node, address: str) -> str:
    """A contact that keeps its name and its place on the page, and is reached at another address alone."""
    said = _entries(contact) if isinstance(contact, MappingNode) else {}
    name = [f"name: {json.dumps(said['name'].value, ensure_ascii=False)}"] if "name" in said else []
    public = [f"public: {said['public'].value}"] if "public" in said else []
    return "{" + ", ".join([*name, f"emails: [{json.dumps(address)}]", *public]) + "}"


def _require_the_same_promises(before: str, after: str) -> None:
    if _promises(before) != _promises(after):
        raise ValueError("writing the vendor into the policy would have changed what it promises")


def _promises(text: str) -> list[tuple[object, ...]]:
    return [
        (level.key, target.metric, target.severity, target.within, target.goal)
        for level in open_policy(text).policy.levels
        for target in level.targets
    ]
