"""Until the desk is set up every address answers that it is not there yet."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy

from watchkeeper.office.setup.walk import is_open

WALK = "/set-up/"
API = "/api/"
HEADLINE = gettext_lazy("This desk is being set up")
WORDS = gettext_lazy("It takes reports as soon as that is done. Come back a little later.")


class ClosedUntilSetUp:
    """Middleware: asks the database until the desk is open, and never again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.is_open = False

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not self.is_open and not request.path.startswith(WALK):
            try:
                self.is_open = is_open()
            except (OperationalError, InterfaceError):
                return self.get_response(request)  # which says by itself that the database is away
            if not self.is_open:
                return being_set_up(request)
        return self.get_response(request)


def being_set_up(request: HttpRequest) -> HttpResponse:
    """The one answer of a desk that is not open: to a program as the API says its problems, to a person a page."""
    status, headers = HTTPStatus.SERVICE_UNAVAILABLE, {"Retry-After": "60"}
    if request.path.startswith(API):
        problem = {
            "type": "about:blank",
            "title": status.phrase,
            "status": status,
            "detail": f"{HEADLINE}. {WORDS}",
            "errors": [],
        }
        return JsonResponse(problem, status=status, headers=headers, content_type="application/problem+json")
    return HttpResponse(
        render_to_string("office/setup/closed.html", {"headline": HEADLINE, "words": WORDS}),
        status=status,
        headers=headers,
    )
