"""What the rules say of themselves: English words that remember how they were made, so that a page can say them in
another language. The rules know no language but English."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


class Said(str):
    """An English text with its ``form`` (the text with ``{names}``) and the ``values`` that were put in."""

    form: str
    values: dict[str, Any]
    is_capitalised: bool = False


def sentence(form: str, **values: Any) -> Said:
    """``sentence("{level} makes no promise", level="Advanced")``. A value may itself be ``Said``."""
    words = Said(form.format(**values))
    words.form, words.values = form, values
    return words


def capitalised(words: str) -> str:
    """The words as a line begins with them, in any language: only their first letter is another."""
    begun = words[:1].upper() + words[1:]
    if not isinstance(words, Said):
        return begun
    said = Said(begun)
    said.form, said.values, said.is_capitalised = words.form, words.values, True
    return said


def joined(separator: str, parts: Iterable[str]) -> str:
    """``separator.join(parts)``, which is ``Said`` where one of the parts is."""
    values = {f"part_{number}": part for number, part in enumerate(parts)}
    if not any(isinstance(part, Said) for part in values.values()):
        return separator.join(values.values())
    words = Said(separator.join(values.values()))
    words.form, words.values = separator.join(f"{{{name}}}" for name in values), values
    return words
