"""What the rules say, and what stands in a sentence, in the language of the page."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language, gettext

from watchkeeper.core.said import Said


def translated(words: Any) -> Any:
    """``Said`` in the active language, values included where they are ``Said`` too; any other text as it is.

    Of a tuple, such as ``published.Table``, all that it holds.
    """
    if isinstance(words, tuple):
        held = map(translated, words)
        return type(words)(*held) if hasattr(words, "_fields") else tuple(held)
    if not isinstance(words, Said):
        return words
    said = gettext(words.form).format(**{name: translated(value) for name, value in words.values.items()})
    return said[:1].upper() + said[1:] if words.is_capitalised else said


def kept(words: object) -> Any:
    """Words as plain values for the database: ``Said`` with its form, so that it can be said again."""
    if not isinstance(words, Said):
        return str(words)
    return {"form": words.form, "values": {name: kept(value) for name, value in words.values.items()}}


def again(words: Any) -> str:
    """What was ``kept``, in the language of the page."""
    if isinstance(words, str):
        return words
    return gettext(words["form"]).format(**{name: again(value) for name, value in words["values"].items()})


def in_a_sentence(label: str) -> str:
    """A label as a sentence goes on with it: in lower case, in a language that writes nouns so."""
    return label.lower() if get_language() == "en" else label
