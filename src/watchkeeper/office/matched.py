"""English texts that are known by their form only, in the language of the page.

What the rules or another process say arrives as text, and so does what is kept. Where its form is known, it can be said
in another language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from django.utils.translation import gettext


def in_words(text: str, forms: Iterable[str]) -> str:
    """``text`` by the first of ``forms`` (texts with ``{names}``) that it has; as it is where it has none."""
    for form in forms:
        found = _pattern(form).fullmatch(text)
        if found is not None:
            return gettext(form).format(**found.groupdict())
    return text


@lru_cache(maxsize=256)
def _pattern(form: str) -> re.Pattern[str]:
    parts = (f"(?P<{part[1:-1]}>.*)" if part[:1] == "{" else re.escape(part) for part in re.split(r"(\{\w+\})", form))
    return re.compile("".join(parts), re.DOTALL)
