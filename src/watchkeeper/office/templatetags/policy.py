"""``{% load policy %}``: words about policies."""

from __future__ import annotations

from django import template

from watchkeeper.office.publishing import words

register = template.Library()

register.filter(words.metric_name)
register.filter(words.outcome_name)
register.filter(words.first_day)
register.filter(words.that_differ)
register.filter(words.state_name)
register.filter(words.in_words)
register.filter(words.reason_in_words)
