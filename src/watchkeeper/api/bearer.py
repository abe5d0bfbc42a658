"""Who asks: a machine with the bearer token it was given. Cookies mean nothing here, and so forgery has no way in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus

from django.db import transaction
from django.http import HttpRequest
from ninja.security import HttpBearer

from watchkeeper.api.problem import Problem
from watchkeeper.people.models import MachineToken
from watchkeeper.people.wall import stand_for, stand_for_the_desk

LONGEST_SECRET = 200


class Bearer(HttpBearer):
    """Finds the token by the digest of its secret; unknown and revoked ones are refused alike."""

    def authenticate(self, request: HttpRequest, token: str) -> MachineToken | None:
        if not token or len(token) > LONGEST_SECRET:
            return None
        digest = MachineToken.digest_of(token)
        return MachineToken.objects.select_related("account").filter(digest=digest, revoked_at=None).first()


@contextmanager
def standing_for(token: MachineToken, *, to: MachineToken.Scope) -> Iterator[None]:
    """One transaction that sees what the token's account may see; refused where the token lacks the scope."""
    if to not in token.scopes:
        held = ", ".join(sorted(token.scopes)) or "none"
        raise Problem(
            HTTPStatus.FORBIDDEN, f"this token may not {to.label}: it needs the scope {to.value} and has {held}"
        )
    with transaction.atomic():
        if token.account is None:
            stand_for_the_desk()
        else:
            stand_for(token.account)
        yield
