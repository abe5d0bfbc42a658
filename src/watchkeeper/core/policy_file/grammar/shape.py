"""What a mapping of the file may hold, declared once for everything that has to know it.

The reader refuses every other key, the JSON Schema is made of it, and the reference page's tables are.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

Kind = Mapping[str, Any]
"""What a value looks like: a fragment of JSON Schema whose ``title`` says it in words."""

REQUIRED = "required"


class Field(NamedTuple):
    """One key: what stands there, what it says, an example as YAML, and what holds without it (or ``REQUIRED``)."""

    key: str
    kind: Kind
    says: str
    example: str
    default: str = ""

    @property
    def is_required(self) -> bool:
        return self.default == REQUIRED


class Shape(NamedTuple):
    """A kind of mapping, called as messages call it, ``a target``; with ``at_least`` so many of its fields."""

    name: str
    fields: tuple[Field, ...]
    at_least: int = 0

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys it may have, in the order they are described in."""
        return tuple(field.key for field in self.fields)
