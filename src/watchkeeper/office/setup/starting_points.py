"""What a vendor's first policy may start from: the shipped page, another vendor's as an example, or nearly nothing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from watchkeeper.core.policy import Policy
from watchkeeper.core.policy_file import open_policy
from watchkeeper.core.policy_file.editing import Change, edited
from watchkeeper.core.policy_file.tree import said
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
    changes = [Change(("vendor",), choice.vendor)]
    if choice.start == EMPTY:
        changes.append(Change(("zone",), choice.zone))
    for key, node in open_policy(text).tree.items["contacts"].items.items():
        address = choice.escalation if key == "escalation" else choice.desk
        changes.append(Change(("contacts", key), _contact(said(node), address)))
    return edited(text, changes)


def _contact(contact: dict[str, object], address: str) -> dict[str, object]:
    """A contact that keeps its name and its place on the page, and is reached at another address alone."""
    kept = {key: value for key, value in contact.items() if key in ("name", "emails", "public")}
    return kept | {"emails": [address]}
