"""``{% load people %}``: words about people."""

from __future__ import annotations

from django import template

from watchkeeper.people.models import Person

register = template.Library()


@register.filter
def role_name(role: str) -> str:
    """A role as it is written for people: ``customer manager``."""
    return str(Person.Role(role).label)
