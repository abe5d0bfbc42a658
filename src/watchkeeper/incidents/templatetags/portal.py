"""A promised instant as a template tag: ``{% load portal %}``."""

from __future__ import annotations

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from watchkeeper.incidents.portal.zones import Told

register = template.Library()


@register.simple_tag
def told(at: Told) -> SafeString:
    """An instant as it is promised, in the desk's zone, and for the reader; ``as`` puts it into a sentence."""
    return mark_safe(render_to_string("portal/told.html", {"told": at}).strip())
