"""A link that lets its reader set a password: once, for an hour, and for nobody else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from watchkeeper.people import clock
from watchkeeper.people.models import Person


class Tokens(PasswordResetTokenGenerator):
    """Django's tokens, bound to the person, their address, their password and their last sign-in, with the database's
    clock in place of this host's: any of these changes, and the token is void."""

    key_salt = "watchkeeper.notify.password_links"

    def _now(self) -> datetime:
        return clock.now().replace(tzinfo=None)


tokens = Tokens()


@dataclass(frozen=True, slots=True)
class Link:
    """Where it leads, and until when."""

    url: str
    until: datetime


def link_for(person: Person) -> Link:
    """A new link for a person, at the address the installation has; the request's ``Host`` has no say in it."""
    until = clock.now() + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
    page = reverse("new-password", args=[urlsafe_base64_encode(force_bytes(person.pk)), tokens.make_token(person)])
    return Link(settings.WATCHKEEPER_BASE_URL + page, until)
