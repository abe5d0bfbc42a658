"""``{% load holidays %}``: words about files of holidays."""

from __future__ import annotations

from django import template

from watchkeeper.office.holidays.words import why_not_taken

register = template.Library()

register.filter(why_not_taken)
