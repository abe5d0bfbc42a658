"""Who reads a stream, and what they may be told: asked of the database each time, as for a page."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from io import BytesIO
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.auth import get_user
from django.core.handlers.asgi import ASGIRequest
from django.db import transaction
from django.http import HttpRequest

from watchkeeper.incidents.announcement import Heard
from watchkeeper.incidents.models import Incident
from watchkeeper.people.models import Person
from watchkeeper.people.wall import stand_as


class Reader(NamedTuple):
    """Somebody who is signed in, and the session that says so."""

    session: str
    person: Person


def reader_asking(scope: dict[str, Any]) -> Reader | None:
    """Who makes this request; nothing for a stranger. Raises ``DisallowedHost`` for an address that is not ours."""
    request = ASGIRequest(scope, BytesIO())
    request.get_host()
    session = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    person = person_signed_in(session)
    return Reader(session, person) if person else None


def person_signed_in(session: str) -> Person | None:
    """Whose session that is now; nothing when it is over, or its person may no longer sign in."""
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(session or None)
    person = get_user(request)
    return person if isinstance(person, Person) else None


def shown_to_each(sessions: Sequence[str], announcements: Sequence[Heard]) -> dict[str, list[str] | None]:
    """By session, what ``shown_to`` says of it."""
    return {session: shown_to(session, announcements) for session in sessions}


def shown_to(session: str, announcements: Sequence[Heard]) -> list[str] | None:
    """The incidents among these, by reference, that may look different on this reader's pages now.

    Nothing at all when nobody is signed in there any more.
    """
    person = person_signed_in(session)
    if person is None:
        return None
    changed = [one.incident for one in announcements if one.is_for_customers or not person.is_customer]
    with transaction.atomic():
        stand_as(person)
        return list(Incident.objects.seen_by(person).filter(pk__in=changed).values_list("reference", flat=True))
