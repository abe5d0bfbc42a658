"""Links in mails by which somebody who follows an incident stops it: signed for one person and one incident.

Whoever has the link may do that one thing, as the person, without signing in: a mail program does it at one click
(RFC 8058). It does not expire, for the mail that holds it does not either.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from watchkeeper.incidents.models import Incident
from watchkeeper.people.models import Person

_BOUND = re.compile(r"(?P<reference>WK-[0-9A-Z]{6})\.(?P<person>[0-9]{1,18})")


class Bound(NamedTuple):
    """What a link is signed for: an incident's reference, and a person's key."""

    reference: str
    person: int


def leaving_link(incident: Incident, person: Person) -> str:
    """Where a person stops following an incident."""
    token = _signer().sign(f"{incident.reference}.{person.pk}")
    return settings.WATCHKEEPER_BASE_URL + reverse("unfollow", args=[token])


def bound_to(token: str) -> Bound | None:
    """What the token of a link is signed for; nothing where we did not sign it."""
    try:
        found = _BOUND.fullmatch(_signer().unsign(token))
    except BadSignature:
        return None
    return Bound(found["reference"], int(found["person"])) if found else None


def _signer() -> Signer:
    return Signer(salt="watchkeeper.incidents.leaving_links", sep=".")
