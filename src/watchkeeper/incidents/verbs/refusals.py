"""Why a verb is refused by the facts of an incident; roles and states have refusals of their own."""

from __future__ import annotations

from django.utils.translation import gettext


class NotPossible(Exception):
    """An act that the incident's own facts do not allow; the message says what would be needed."""


class Nothing(NotPossible):
    """A text that must be given is empty."""


class AlreadyAcknowledged(NotPossible):
    """A second acknowledgement; the message names who was first."""


def required(text: str) -> str:
    """A text that must say something, without the space around it. Raises ``Nothing``."""
    stripped = text.strip()
    if not stripped:
        raise Nothing(gettext("write something: an empty text says nothing"))
    return stripped
