"""What the rules say of themselves: English words that remember how they were made, so that a page can say them in
another language. The rules know no language but English."""

from __future__ import annotations

from typing import Any


class Said(str):
    """An English text with its ``form`` (the text with ``{names}``) and the ``values`` that were put in."""

    form: str
    values: dict[str, Any]


def sentence(form: str, **values: Any) -> Said:
    """``sentence("{level} makes no promise", level="Advanced")``. A value may itself be ``Said``."""
    words = Said(form.format(**values))
    words.form, words.values = form, values
    return words
