"""``{% load importing %}``: words about tables that are imported."""

from __future__ import annotations

from django import template

from watchkeeper.office.importing.kinds import KINDS
from watchkeeper.office.importing.words import problem_in_words
from watchkeeper.ui.translated import translated

register = template.Library()

register.filter(translated)
register.filter(problem_in_words)


@register.filter
def kind_name(key: str) -> str:
    """What a kind of table holds: ``people``."""
    return str(translated(KINDS[key].name)) if key in KINDS else key
