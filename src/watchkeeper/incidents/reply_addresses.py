"""Addresses that answers are sent to: each is signed for one person and one incident, and is worth nothing to others.

``desk+7f3k2q.1f.k3j5…@support.example``: the incident's reference, the person's key, and a signature of both with the
desk's secret key. It is no right by itself: whoever uses it must prove to be that person, and have the right then.
"""

from __future__ import annotations

import base64
import hmac
import re
from typing import NamedTuple

from django.conf import settings

from watchkeeper.incidents.models import Incident
from watchkeeper.people.models import Person

_SUFFIX = re.compile(r"(?P<reference>[2-9a-hj-np-z]{6})\.(?P<person>[0-9a-f]{1,16})\.(?P<signature>[a-z2-7]{16})")
_SIGNED_BYTES = 10


class Bound(NamedTuple):
    """What a reply address is signed for: an incident's reference, and a person's key."""

    reference: str
    person: int


def reply_address(incident: Incident, person: Person) -> str:
    """Where a person's answers about an incident go; empty where the desk takes no mail."""
    if not settings.WATCHKEEPER_MAIL_ADDRESS:
        return ""
    local, _, domain = settings.WATCHKEEPER_MAIL_ADDRESS.rpartition("@")
    bound = Bound(incident.reference, person.pk)
    return f"{local}+{_told(bound)}.{_signature(bound, settings.SECRET_KEY)}@{domain}"


def bound_to(address: str) -> Bound | None:
    """What an address is signed for; nothing where it is no reply address of ours, or not signed by us."""
    local, _, domain = address.lower().rpartition("@")
    ours, _, suffix = local.partition("+")
    found = _SUFFIX.fullmatch(suffix)
    if found is None or f"{ours}@{domain}" != settings.WATCHKEEPER_MAIL_ADDRESS.lower():
        return None
    bound = Bound(f"WK-{found['reference'].upper()}", int(found["person"], 16))
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    is_signed = any(hmac.compare_digest(found["signature"], _signature(bound, key)) for key in keys)
    return bound if is_signed else None


def _told(bound: Bound) -> str:
    return f"{bound.reference.removeprefix('WK-').lower()}.{bound.person:x}"


def _signature(bound: Bound, key: str) -> str:
    """Eighty bits, in letters that survive any mail server: they are read in lower case."""
    signed = hmac.digest(key.encode(), f"reply address of {_told(bound)}".encode(), "sha256")
    return base64.b32encode(signed[:_SIGNED_BYTES]).decode().lower()
