"""What a page answers when a verb refuses: the status that says why, and the words of the refusal for a person.

A form's view catches ``REFUSALS`` itself, so that what was typed stays in the form; ``shown`` catches the rest.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce, wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, gettext_lazy

from watchkeeper.core import lifecycle
from watchkeeper.core import timeline as t
from watchkeeper.incidents import files, moment, verbs
from watchkeeper.incidents.in_words import STATES
from watchkeeper.people import access
from watchkeeper.ui.translated import translated

_STATUS_OF: dict[type[Exception], int] = {
    access.Refused: 403,
    lifecycle.NotAllowedNow: 409,
    verbs.NotPossible: 409,
    moment.NotThen: 409,
    files.TooLarge: 413,
}
_HEADINGS = {
    403: gettext_lazy("This is not open to you"),
    409: gettext_lazy("This was not done"),
    413: gettext_lazy("This file is too large"),
}

REFUSALS = tuple(_STATUS_OF)
"""Every refusal of a verb: nothing was done, and the message says what would be needed."""

View = Callable[..., HttpResponse]


def status_of(refusal: Exception) -> int:
    """The HTTP status of a refusal: 403 for the role, 409 for the incident's state or facts, 413 for a file."""
    return next(status for kind, status in _STATUS_OF.items() if isinstance(refusal, kind))


def words_of(refusal: Exception) -> str:
    """The refusal as a sentence of its own."""
    words = not_in_this_state(refusal) if isinstance(refusal, lifecycle.NotAllowedNow) else translated(refusal.args[0])
    return f"{words[:1].upper()}{words[1:]}."


def not_in_this_state(refusal: lifecycle.NotAllowedNow) -> str:
    """What the lifecycle refused, in the language of the page."""
    allowed = reduce(_either, (str(STATES[state]) for state in refusal.allowed))
    return str(_CANNOT_BE[refusal.kind]).format(state=STATES[refusal.state], allowed=allowed)


def _either(some: str, other: str) -> str:
    return gettext("{some} or {other}").format(some=some, other=other)


_CANNOT_BE = {
    t.DISPATCHED: gettext_lazy("an incident that is {state} cannot be dispatched; it must be {allowed}"),
    t.ACKNOWLEDGED: gettext_lazy("an incident that is {state} cannot be acknowledged; it must be {allowed}"),
    t.REPLIED: gettext_lazy("an incident that is {state} cannot be replied; it must be {allowed}"),
    t.ASKED: gettext_lazy("an incident that is {state} cannot be asked; it must be {allowed}"),
    t.ANSWERED: gettext_lazy("an incident that is {state} cannot be answered; it must be {allowed}"),
    t.RESUMED: gettext_lazy("an incident that is {state} cannot be resumed; it must be {allowed}"),
    t.CLASSIFIED: gettext_lazy("an incident that is {state} cannot be classified; it must be {allowed}"),
    t.PROMISE_APPLIED: gettext_lazy("an incident that is {state} cannot be promise_applied; it must be {allowed}"),
    t.RESOLVED: gettext_lazy("an incident that is {state} cannot be resolved; it must be {allowed}"),
    t.REOPENED: gettext_lazy("an incident that is {state} cannot be reopened; it must be {allowed}"),
    t.CONFIRMED: gettext_lazy("an incident that is {state} cannot be confirmed; it must be {allowed}"),
    t.CLOSED: gettext_lazy("an incident that is {state} cannot be closed; it must be {allowed}"),
    t.WITHDRAWN: gettext_lazy("an incident that is {state} cannot be withdrawn; it must be {allowed}"),
    t.RECOVERED: gettext_lazy("an incident that is {state} cannot be recovered; it must be {allowed}"),
    t.MERGED: gettext_lazy("an incident that is {state} cannot be merged; it must be {allowed}"),
    t.ABSORBED: gettext_lazy("an incident that is {state} cannot be absorbed; it must be {allowed}"),
    t.ESCALATED: gettext_lazy("an incident that is {state} cannot be escalated; it must be {allowed}"),
    t.ESCALATION_JOINED: gettext_lazy("an incident that is {state} cannot be escalation_joined; it must be {allowed}"),
}


def shown(view: View) -> View:
    """A view whose refusals become a page that says what was not done and why."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except REFUSALS as refusal:
            return page(request, refusal)

    return answered


def page(request: HttpRequest, refusal: Exception) -> HttpResponse:
    """A page that stands by itself and says what was refused."""
    status = status_of(refusal)
    told = {"status": status, "heading": _HEADINGS[status], "words": words_of(refusal)}
    return render(request, "incidents/refused.html", told, status=status)
