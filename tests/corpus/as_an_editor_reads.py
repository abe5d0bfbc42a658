"""A file as an editor reads it before it asks the schema: YAML 1.2, with numbers, booleans and nothing told apart."""

from __future__ import annotations

import re
from typing import Any

import yaml

from watchkeeper.core.policy_file.tree import without_breaks_inside_lines

_SCALARS = {
    "null": r"~|null|Null|NULL|",
    "bool": r"true|True|TRUE|false|False|FALSE",
    "int": r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+",
    "float": r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)",
}


class _Core(yaml.SafeLoader):
    """The core schema of YAML 1.2: ``yes``, ``08:30`` and ``2026-12-24`` are texts."""

    yaml_implicit_resolvers: Any = {}

    def number(self, node: yaml.ScalarNode) -> float:
        written = node.value.casefold()
        return int(written, 0) if written[:2] in ("0x", "0o") else float(re.sub(r"\.(inf|nan)", r"\1", written))

    def mapping(self, node: yaml.MappingNode) -> dict[str, Any]:
        return {str(key.value): self.construct_object(value, deep=True) for key, value in node.value}


for _kind, _pattern in _SCALARS.items():
    _Core.add_implicit_resolver(f"tag:yaml.org,2002:{_kind}", re.compile(f"^(?:{_pattern})$"), None)
for _kind in ("int", "float"):
    _Core.add_constructor(f"tag:yaml.org,2002:{_kind}", _Core.number)
_Core.add_constructor("tag:yaml.org,2002:map", _Core.mapping)


def as_an_editor_reads(text: str) -> Any:
    """The document. Raises ``yaml.YAMLError`` for what is not YAML.

    YAML 1.2 ends a line at a carriage return and a line feed alone, the parser at three more characters.
    """
    return yaml.load(without_breaks_inside_lines(text), _Core)
