"""Who may set up the desk: whoever used the last link, until it is open."""

from __future__ import annotations

import hashlib
import secrets

from django.contrib.sessions.backends.base import SessionBase

from watchkeeper.office.models import SetUp
from watchkeeper.people.models import Person
from watchkeeper.policies.models import PolicyVersion

IN_THE_SESSION = "set-up"


def is_open() -> bool:
    """Whether the desk has begun its work: from its first policy on. It never closes again."""
    return PolicyVersion.objects.exists()


def may_be_set_up() -> bool:
    """Whether there is a walk to go: no policy yet, and no manager who could have chosen one."""
    return not is_open() and not Person.objects.filter(roles__contains=[Person.Role.MANAGER]).exists()


def new_link(*, listens_at: str = "") -> tuple[str, str]:
    """A new token, and the address where ``serve`` was last heard; the token before it works no more.

    Whoever is on the walk already stays on it until the new link is used.
    """
    walk, _is_new = SetUp.objects.select_for_update().get_or_create(only_row=True)
    token = secrets.token_urlsafe(32)
    walk.link_digest = _digest(token)
    walk.listens_at = listens_at or walk.listens_at
    walk.save(update_fields=["link_digest", "listens_at"])
    return token, walk.listens_at


def is_a_link(token: str) -> bool:
    """Whether this token would begin the walk."""
    return may_be_set_up() and SetUp.objects.filter(link_digest=_digest(token)).exists()


def begin(token: str, session: SessionBase) -> bool:
    """Use a link: this browser goes the walk from here on, and no other. Of two that use one link, one does."""
    walker = secrets.token_urlsafe(32)
    used = may_be_set_up() and SetUp.objects.filter(link_digest=_digest(token)).update(
        link_digest="", walker_digest=_digest(walker)
    )
    if used:
        session.cycle_key()
        session[IN_THE_SESSION] = walker
    return bool(used)


def walk_of(session: SessionBase) -> SetUp | None:
    """The walk, locked, for the browser that goes it; ``None`` for every other, and once the desk is open."""
    walker = session.get(IN_THE_SESSION)
    if not walker or not may_be_set_up():
        return None
    return SetUp.objects.select_for_update().filter(walker_digest=_digest(walker)).first()


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
