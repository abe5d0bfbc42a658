"""What the rules say, in the language of the page."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext

from watchkeeper.core.said import Said


def translated(words: Any) -> Any:
    """``Said`` in the active language, values included where they are ``Said`` too; any other text as it is."""
    if not isinstance(words, Said):
        return words
    return gettext(words.form).format(**{name: translated(value) for name, value in words.values.items()})
