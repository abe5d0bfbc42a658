"""The cells of a queue's row, as a template tag: ``{% load queue %}``."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()


@register.simple_tag(takes_context=True)
def row_cells(context: Context, cells: Any) -> SafeString:
    """What a row of the queue says beside its time left (``rows.Cells``): the same for all who see it, until it
    changes, and so drawn once in each language."""
    return _drawn(cells, context.get("desk_zone"), context.get("desk_zone_label"), get_language())


@lru_cache(maxsize=4096)
def _drawn(cells: Any, desk_zone: str | None, desk_zone_label: str | None, _language: str | None) -> SafeString:
    shown = {"cells": cells, "desk_zone": desk_zone, "desk_zone_label": desk_zone_label}
    return render_to_string("desk/queue/cells.html", shown)
