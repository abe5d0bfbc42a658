"""Files that are invented by the grammar: of the right shape mostly, with values that are often sound, some extreme."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from typing import Any

import yaml

from tests.corpus import everything
from watchkeeper.core.policy_file.grammar import SHAPES, Kind, slug

_BY_SLUG = {slug(name): shape for name, shape in SHAPES.items()}
_LENGTHS = [
    "4h",
    "90m",
    "1h 30m",
    "2 business days",
    "next business day",
    "3 calendar days",
    "4 elapsed hours",
    "45s",
    "0h",
]
_LENGTHS += [
    "87600h",
    "2.5 business hours",
    "3650 business days",
    "1 business day until closing",
    "1 s",
    "2d",
    "soon",
    "2 weeks",
    "same business day",
]
_LENGTHS += ["next working day by 10:00", "2 business days by 25:00"]
_NAMES = ["office", "office", "always", "night", "desk", "escalation", "on_call", "low", "top", "others"]
_SEVERITIES = ["1", "1", "2", "2", "3", "High", "4"]
_WINDOWS = ["08:00-17:00", "00:00-24:00", "22:00-06:00", "08:00-12:00, 13:00-17:00", "closed", "all day", "23:59-24:00"]
_STRETCHES = ["sunday 14:00 - friday 17:00", "monday 08:00 - monday 08:00", "friday 17:00 - monday 10:00 Pacific/Apia"]
_TEXTS = ["text", "Für alle", "a: b", "'", "- x", "1", "yes", "x" * 300, "<b>&amp;</b>", "", "\u202e"]
_VALUES: Mapping[str, list[str]] = {
    "text": _TEXTS,
    "name": _NAMES,
    "severity: key or name": _SEVERITIES,
    "length": _LENGTHS,
    "length or range": [*_LENGTHS, "2-4h", "30m to 2 business hours", "0-4h", "9-1h"],
    "length or at once": [*_LENGTHS, "at once"],
    "part": ["1/2", "80%", "0.9", "99.999%", "0", "1/3", "2"],
    "number": ["1", "10", "999999", "0"],
    "number of days": ["14 days", "1 day", "9999 days", "0 days"],
    "number of missed targets": [
        "4 missed acknowledgements",
        "1 missed resolution",
        "999999 missed updates",
        "2 missed x",
    ],
    "date": ["2026-12-24", "0001-01-01", "9999-12-31", "2028-02-29", "1900-01-01", "2299-12-31"],
    "time of day": ["12:00", "00:00", "24:00", "23:59"],
    "window": _WINDOWS,
    "stretch of days": _STRETCHES,
    "holiday": ["2026-12-24", "12-24", "12-28 - 01-03", "last monday of may", "US", "DE-BY", "customer", "9999-12-31"],
    "mail address": ["desk@vendor.example", "x"],
    "zone": ["America/Chicago", "Pacific/Apia", "Australia/Lord_Howe", "Africa/Casablanca", "UTC", "Asia/Kathmandu"],
}
_KEYS: Mapping[str, list[str]] = {
    "name → calendar": ["office", "always", "night"],
    "name of a calendar, or name → calendar": ["own"],
    "name → contact": ["desk", "escalation", "on_call"],
    "key → level": ["low", "top"],
    "key → name or severity": ["1", "2", "3"],
    "impact → urgency → severity": ["wide", "narrow"],
    "date → windows or closed": ["2026-12-24", "9999-12-31", "0001-01-01", "2026-03-08"],
    "windows of a week": ["monday-friday", "sat, sun", "every day", "friday", "sun"],
}
_ANY_KEYS = [*_SEVERITIES, "others"]


def invented(rng: random.Random) -> str:
    """A policy: everything the language has, with some of its mappings filled anew."""
    whole: Any = yaml.load(everything.POLICY, yaml.BaseLoader)
    chosen = rng.choices([name for name in everything.PLACES if name != "an SLA"], k=rng.randint(1, 3))
    for name in sorted(chosen, key=lambda name: -len(everything.PLACES[name])):  # the inner first, while it is there
        around = whole
        for step in everything.PLACES[name]:
            around = around[step]
        around.update(_Inventor(rng).of(name, required=False))
    return written(whole)


def invented_sla(rng: random.Random) -> str:
    """An SLA."""
    return written(_Inventor(rng).of("an SLA"))


def written(whole: object) -> str:
    text: str = yaml.dump(whole, sort_keys=False, allow_unicode=True, width=1000)
    return text


class _Inventor:
    """Makes values for the kinds of the grammar."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng

    def of(self, name: str, required: bool = True) -> dict[str, Any]:
        """A mapping of this name with all it must have, unless it has that already, and a little of what it may."""
        fields = SHAPES[name].fields
        optional = [field for field in fields if not field.is_required]
        chosen = self._rng.sample(optional, k=min(self._rng.randrange(4), len(optional)))
        chosen += [field for field in fields if field.is_required and required]
        return {field.key: self._value(field.kind, field.kind.get("title", "")) for field in chosen}

    def _value(self, kind: Kind, around: str = "") -> Any:
        title = kind.get("title") or around
        for form, value in self._forms.items():
            if form in kind:
                return value(kind, title)
        return self._rng.choice(_VALUES.get(title, _TEXTS))

    @property
    def _forms(self) -> Mapping[str, Callable[[Kind, str], Any]]:
        choice = self._rng.choice
        return {
            "$ref": lambda kind, title: self._referred(kind["$ref"].rpartition("/")[2]),
            "if": lambda kind, title: self._value(choice([kind["then"], kind["else"]]), title),
            "anyOf": lambda kind, title: self._value(choice(kind["anyOf"]), title),
            "enum": lambda kind, title: choice([*kind["enum"], "x"] if self._rng.random() < 0.1 else kind["enum"]),
            "items": lambda kind, title: [self._value(kind["items"], title) for _ in range(self._rng.randrange(1, 4))],
            "additionalProperties": self._named,
        }

    def _referred(self, name: str) -> Any:
        return self.of(_BY_SLUG[name].name) if name in _BY_SLUG else self._rng.choice(_VALUES[name])

    def _named(self, kind: Kind, title: str) -> dict[str, Any]:
        if not kind["additionalProperties"]:
            return {key: self._value(value) for key, value in kind["properties"].items()}
        keys = _KEYS.get(title, _ANY_KEYS)
        chosen = dict.fromkeys([*kind.get("required", ()), *self._rng.choices(keys, k=self._rng.randrange(1, 4))])
        return {key: self._value(kind["additionalProperties"], title) for key in chosen}
