"""The policy language as JSON Schema (draft 2020-12), for editors that complete and check a file while it is written.

What the schema refuses the reader refuses too, and never the other way round; what needs more than the shape of a file
to be seen, such as a name that nothing has, only the reader sees.
"""

from __future__ import annotations

import json
import re
from typing import Any

from watchkeeper.core.policy_file.grammar import NOTHING, SHAPES, Field, Kind, Shape, slug
from watchkeeper.core.zones import zone_names

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_REFERENCE = re.compile(r'"#/\$defs/(\w+)"')


def policy_schema() -> dict[str, Any]:
    """The schema of a policy file."""
    return _schema(SHAPES["a policy"])


def sla_schema() -> dict[str, Any]:
    """The schema of an SLA file."""
    return _schema(SHAPES["an SLA"])


def _schema(root: Shape) -> dict[str, Any]:
    known = {slug(name): _of_shape(shape) for name, shape in SHAPES.items()}
    known["zone"] = {"title": "IANA zone", "enum": sorted(zone_names())}
    whole = _of_shape(root)
    needed = sorted(_referred_to(whole, known))
    return {"$schema": _DRAFT, **whole, "$defs": {name: known[name] for name in needed}}


def _of_shape(shape: Shape) -> dict[str, Any]:
    return {
        "title": shape.name,
        "type": "object",
        "properties": {field.key: _of_field(field) for field in shape.fields},
        "required": [field.key for field in shape.fields if field.is_required],
        "additionalProperties": False,
        "minProperties": shape.at_least,
    }


def _of_field(field: Field) -> dict[str, Any]:
    """The value of a field; where it may be left out, nothing may stand there too."""
    kind = dict(field.kind) if field.is_required else _or_nothing(field.kind)
    otherwise = f"; otherwise {field.default}" if field.default and not field.is_required else ""
    kind["description"] = f"{field.says}, as {field.example}{otherwise}"
    if not field.example.startswith(("{", "[")):
        kind["examples"] = [field.example]
    return kind


def _or_nothing(kind: Kind) -> dict[str, Any]:
    if "anyOf" in kind:
        return {**kind, "anyOf": [*kind["anyOf"], NOTHING]}
    return {"anyOf": [kind, NOTHING]}


def _referred_to(fragment: object, known: dict[str, Any]) -> set[str]:
    """The definitions that a fragment leads to."""
    found: set[str] = set()
    ahead = _names_in(fragment)
    while ahead:
        found |= ahead
        ahead = {name for one in ahead for name in _names_in(known[one])} - found
    return found


def _names_in(fragment: object) -> set[str]:
    return set(_REFERENCE.findall(json.dumps(fragment)))
