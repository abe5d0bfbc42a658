"""What a page answers when a verb refuses: the status that says why, and the words of the refusal for a person.

A form's view catches ``REFUSALS`` itself, so that what was typed stays in the form; ``shown`` catches the rest.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from watchkeeper.core import lifecycle
from watchkeeper.incidents import files, moment, verbs
from watchkeeper.people import access

_STATUS_OF: dict[type[Exception], int] = {
    access.Refused: 403,
    lifecycle.NotAllowedNow: 409,
    verbs.NotPossible: 409,
    moment.NotThen: 409,
    files.TooLarge: 413,
}
_HEADINGS = {403: "This is not open to you", 409: "This was not done", 413: "This file is too large"}

REFUSALS = tuple(_STATUS_OF)
"""Every refusal of a verb: nothing was done, and the message says what would be needed."""

View = Callable[..., HttpResponse]


def status_of(refusal: Exception) -> int:
    """The HTTP status of a refusal: 403 for the role, 409 for the incident's state or facts, 413 for a file."""
    return next(status for kind, status in _STATUS_OF.items() if isinstance(refusal, kind))


def words_of(refusal: Exception) -> str:
    """The refusal as a sentence of its own."""
    words = str(refusal)
    return f"{words[:1].upper()}{words[1:]}."


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
