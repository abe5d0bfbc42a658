"""In which language pages and mails speak to somebody: their browser's until they choose, and then that."""

from __future__ import annotations

from contextlib import AbstractContextManager

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

from watchkeeper.people.models import Person

MACHINES = "/api/"


class Language(LocaleMiddleware):
    """A page speaks the language of the cookie, else the browser's. Machines are answered in English always."""

    def process_request(self, request: HttpRequest) -> None:
        if request.path_info.startswith(MACHINES):
            translation.activate(settings.LANGUAGE_CODE)
        else:
            super().process_request(request)

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        response = super().process_response(request, response)
        translation.deactivate()  # what the thread says next is somebody else's
        return response


def speaking_to(person: Person | None) -> AbstractContextManager[None]:
    """``with speaking_to(person): …``: whatever is worded there is in their language; for nobody, in the desk's."""
    return translation.override((person and person.language) or settings.LANGUAGE_CODE)


def settle(person: Person, response: HttpResponse) -> None:
    """At sign-in: this browser speaks what the person chose; who never chose has chosen what the browser speaks."""
    if person.language:
        remember(person.language, response)
    else:
        choose(person, translation.get_language() or settings.LANGUAGE_CODE)


def choose(person: Person, language: str) -> None:
    """Their mails speak it from now on."""
    person.language = language
    person.save(update_fields=["language"])


def remember(language: str, response: HttpResponse) -> None:
    """This browser's pages speak it from now on."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
