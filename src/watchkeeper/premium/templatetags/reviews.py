"""What templates of reviews need: people's words as harmless HTML, a section's words, how much more or fewer."""

from __future__ import annotations

from collections.abc import Mapping

from django import template
from django.utils.safestring import SafeString

from watchkeeper.incidents.prose import prose as html_of
from watchkeeper.premium.reviews.periods import spelled

register = template.Library()
register.filter("period_name", spelled)


@register.filter
def prose(words: str) -> SafeString:
    """Markdown as HTML that can do no harm."""
    return html_of(words)


@register.filter
def part(parts: Mapping[str, str], name: str) -> str:
    """One of some parts by its name."""
    return parts[name]


@register.filter
def more_than(count: int, before: int) -> str:
    """``+3``, ``−2``, ``±0``: how many more than before."""
    difference = count - before
    return f"+{difference}" if difference > 0 else f"−{-difference}" if difference else "±0"
