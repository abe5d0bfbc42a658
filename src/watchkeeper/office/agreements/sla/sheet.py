"""What a form can say of an SLA: the file read as fields, and written back. What no field says stays to the letter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from watchkeeper.core.policy import (
    ACKNOWLEDGEMENT,
    PROMISED_METRICS,
    RESOLUTION,
    SAID_INSTEAD,
    UPDATE,
    Level,
    Policy,
    Severity,
    UnknownSeverity,
)
from watchkeeper.core.policy_file.editing import REMOVED, Change, edited
from watchkeeper.core.policy_file.targets import WITHDRAWN
from watchkeeper.core.policy_file.tree import parse, said

PARTS = ("within", "goal", "hours")
"""What a form says of a target."""

WAYS = ("name", "emails", "phone")
"""What a form says of a contact."""

_ALONE = (WITHDRAWN, *SAID_INSTEAD)
"""What stands in the place of a target."""

Tree = dict[str, Any]
Values = Mapping[str, str]


class Slot(NamedTuple):
    """A target that a form can say; ``key`` is how the file calls the severity, or would."""

    metric: str
    severity: Severity
    key: str

    def field(self, part: str) -> str:
        return f"{self.metric}-{self.severity.number}-{part}"


class Sheet:
    """The text of an SLA over a level. Raises ``PolicyFileErrors`` where it is no file at all."""

    def __init__(self, text: str, policy: Policy, level: Level | None) -> None:
        self.text, self.policy, self.level = text, policy, level
        self.tree: Tree = said(parse(text))

    @property
    def metrics(self) -> list[str]:
        """Those that an SLA is about as a rule, and all others that the level or the file speaks of."""
        promised = {target.metric for target in self.level.targets} if self.level else set()
        shown = {ACKNOWLEDGEMENT, UPDATE, RESOLUTION} | promised | self.tree.keys()
        return [metric for metric in PROMISED_METRICS if metric in shown]

    @property
    def slots(self) -> Iterator[Slot]:
        """Every target that the form asks about."""
        for metric in self.metrics:
            known = {self._number(key): key for key in _mapping(self.tree.get(metric))}
            for severity in self.policy.severities:
                yield Slot(metric, severity, known.get(severity.number, severity.key))

    @property
    def contacts(self) -> list[str]:
        """The names of the contacts that the form asks about."""
        return list(dict.fromkeys((*self.policy.contacts, *_mapping(self.tree.get("contacts")))))

    @property
    def calendars(self) -> list[str]:
        """The names of hours that the file defines itself."""
        return list(_mapping(self.tree.get("hours")))

    @property
    def values(self) -> dict[str, str]:
        """What stands in each field."""
        tree = self.tree
        found = {"sla": _text(tree.get("sla")), "hours": _text(tree.get("hours"))}
        found["answer"] = _text(_mapping(tree.get("escalation")).get("answer"))
        found["features"] = "\n".join(_listed(tree.get("features")))
        for key in self.contacts:
            contact = _mapping(_mapping(tree.get("contacts")).get(key))
            found |= {f"contact-{key}-{way}": ", ".join(_listed(contact.get(way))) for way in WAYS}
        for slot in self.slots:
            target = _as_mapping(_mapping(tree.get(slot.metric)).get(slot.key))
            found |= {slot.field(part): _text(target.get(part)) for part in PARTS}
        return found

    def rewritten(self, given: Values) -> str:
        """The text with what was given in the fields. Raises ``CannotEdit`` where the file stands in the way."""
        return edited(self.text, list(_changes((), self.tree, self._with(given))))

    def field_of(self, path: str) -> str | None:
        """The field that a problem at this path belongs to; ``None`` where only the file shows it."""
        places = {"sla": "sla", "hours": "hours", "escalation.answer": "answer", "features": "features"}
        for key in self.contacts:
            places |= {f"contacts.{key}.{way}": f"contact-{key}-{way}" for way in WAYS}
        for slot in self.slots:
            at = f"{slot.metric}.{slot.key}"
            places |= {at: slot.field("within"), **{f"{at}.{part}": slot.field(part) for part in PARTS}}
        return places.get(path)

    def _with(self, given: Values) -> Tree:
        """The tree as the fields say it; what they say as it was said before stays as it stands."""
        before, tree = self.values, dict(self.tree)
        changed = {name: value for name, value in given.items() if value != before.get(name)}
        for key in ("sla", "hours"):
            if key in changed:
                _put(tree, key, changed[key])
        if "features" in changed:
            _put(tree, "features", changed["features"].split("\n") if changed["features"] else [])
        if "answer" in changed:
            _put(tree, "escalation", _with_key(tree.get("escalation"), "answer", changed["answer"]))
        for key in self.contacts:
            self._put_contact(tree, key, changed)
        for slot in self.slots:
            if any(slot.field(part) in changed for part in PARTS):
                target = _target(self._target_at(slot), {part: given[slot.field(part)] for part in PARTS})
                _put(tree, slot.metric, self._in_order(_with_key(tree.get(slot.metric), slot.key, target)))
        return tree

    def _put_contact(self, tree: Tree, key: str, changed: Values) -> None:
        contact = _mapping(_mapping(tree.get("contacts")).get(key))
        for way in WAYS:
            value = changed.get(f"contact-{key}-{way}")
            if value is not None:
                addresses = [each.strip() for each in value.split(",") if each.strip()]
                contact = _with_key(contact, way, addresses if way == "emails" else value)
        if contact != _mapping(_mapping(tree.get("contacts")).get(key)):
            _put(tree, "contacts", _with_key(tree.get("contacts"), key, contact))

    def _target_at(self, slot: Slot) -> Tree:
        return _as_mapping(_mapping(self.tree.get(slot.metric)).get(slot.key))

    def _in_order(self, targets: Tree) -> Tree:
        """Targets from the most severe on, where every key of theirs is a severity."""
        if not all(map(self._number, targets)):
            return targets
        return dict(sorted(targets.items(), key=lambda item: self._number(item[0])))

    def _number(self, key: str) -> int:
        try:
            return self.policy.severity(key).number
        except UnknownSeverity:
            return 0


def _target(before: Tree, parts: Values) -> Tree | str:
    """A target with these parts; what else the file says of it stays."""
    if parts["within"] in _ALONE:
        return parts["within"]
    target = before
    for part in PARTS:
        target = _with_key(target, part, parts[part])
    return target["within"] if target.keys() == {"within"} and not before.keys() - {"within"} else target


def _with_key(there: Any, key: str, value: Any) -> Tree:
    tree = dict(_mapping(there))
    _put(tree, key, value)
    return tree


def _put(tree: Tree, key: str, value: Any) -> None:
    """Let ``key`` say ``value``; what says nothing goes."""
    if value:
        tree[key] = value
    else:
        tree.pop(key, None)


def _changes(path: tuple[str, ...], before: Tree, after: Tree) -> Iterator[Change]:
    """What to change so that ``before`` says ``after``. A mapping that grows is given whole: so its order is kept."""
    if path and after.keys() - before.keys():
        yield Change(path, after)
        return
    for key in dict.fromkeys((*before, *after)):
        at, was, now = (*path, key), before.get(key), after.get(key)
        if key not in after:
            yield Change(at, REMOVED)
        elif isinstance(was, dict) and isinstance(now, dict):
            yield from _changes(at, was, now)
        elif was != now:
            yield Change(at, now)


def _mapping(found: Any) -> Tree:
    return found if isinstance(found, dict) else {}


def _as_mapping(found: Any) -> Tree:
    return {"within": found} if isinstance(found, str) else _mapping(found)


def _text(found: object) -> str:
    return found if isinstance(found, str) else ""


def _listed(found: Any) -> list[str]:
    items = found if isinstance(found, list) else [found]
    return [item for item in items if isinstance(item, str)]
