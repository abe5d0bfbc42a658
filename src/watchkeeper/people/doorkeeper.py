"""Who comes in: middleware before every view, which reads the table of doors and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed

from watchkeeper.people.doors import Side, door_of


class Doorkeeper:
    """A stranger is asked to sign in; to who is signed in and may not, the address does not exist, by any method."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        door = door_of(request)
        if door.side is Side.MACHINES:
            return None
        if door.side is not Side.ANYBODY:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not door.opens_to(request.user):
                raise Http404
        return None if request.method in door.methods else HttpResponseNotAllowed(door.methods)
