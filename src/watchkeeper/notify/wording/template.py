"""A letter's words with `{variables}` in them, filled in once: what a variable holds is never looked at again.

It is no language: there is nothing but the names of a fixed list. What else stands in braces is text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

_VARIABLE = re.compile(r"\{([A-Za-z_][A-Za-z_0-9]{0,39})\}")
_EMPTY_LINES = re.compile(r"\n[ \t]*\n\s*")


@dataclass(frozen=True, slots=True)
class Template:
    """What a letter says, before it is known to whom and about what. ``subject`` is one line."""

    subject: str
    body: str

    @property
    def paragraphs(self) -> list[str]:
        return [part.strip("\n") for part in _EMPTY_LINES.split(self.body.strip()) if part.strip()]


@dataclass(frozen=True, slots=True)
class Filled:
    """A body with its variables filled in; ``prose`` is where the words of the variable asked for stand."""

    text: str
    prose: tuple[int, int]


def variables_in(text: str) -> list[str]:
    """The names in braces, in their order, each as often as it stands there."""
    return _VARIABLE.findall(text)


def filled_line(text: str, values: Mapping[str, str]) -> str:
    """``text`` with the values of its variables; a name that has none stays as it stands."""
    return _VARIABLE.sub(lambda found: values.get(found[1], found[0]), text)


def filled_body(template: Template, values: Mapping[str, str], *, prose: str) -> Filled:
    """The paragraphs that say something. One of nothing but variables that are empty is left out."""
    text, where = "", (0, 0)
    for paragraph in template.paragraphs:
        said = filled_line(paragraph, values).strip("\n")
        if not said.strip():
            continue
        text += "\n\n" if text else ""
        if prose and paragraph == f"{{{prose}}}":
            where = (len(text), len(text) + len(said))
        text += said
    return Filled(text, where)


def unknown_in(text: str, known: Collection[str]) -> list[str]:
    """The names in braces that are no variables, each once."""
    return [name for name in dict.fromkeys(variables_in(text)) if name not in known]


def not_alone(template: Template, blocks: Collection[str]) -> Iterator[str]:
    """The blocks that share their paragraph with other words: they hold lines, and would break among them."""
    for paragraph in template.paragraphs:
        yield from (name for name in variables_in(paragraph) if name in blocks and paragraph.strip() != f"{{{name}}}")
