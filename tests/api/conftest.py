"""Machines at the API: tokens with a secret, and the cast on the stage on a Monday morning in Chicago.

Models are imported inside: this file is read before Django is set up.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from tests.stage import chicago

if TYPE_CHECKING:
    from tests.cast import Cast
    from tests.harness.clock import Clock
    from watchkeeper.people.models import Account

REPORTS = "/api/v1/incidents"


@dataclass(frozen=True)
class Machine:
    """One that speaks to the API with its secret."""

    secret: str
    headers: dict[str, str] = field(default_factory=dict)

    def post(self, body: Any, *, key: str | None = None, raw: bool = False) -> Any:
        from django.test import Client

        headers = {"Authorization": f"Bearer {self.secret}", **self.headers}
        if key is not None:
            headers["Idempotency-Key"] = key
        data = body if raw else json.dumps(body)
        return Client().post(REPORTS, data=data, content_type="application/json", headers=headers)

    def get(self, address: str = REPORTS, **query: Any) -> Any:
        from django.test import Client

        return Client().get(address, query, headers={"Authorization": f"Bearer {self.secret}", **self.headers})


@pytest.fixture
def cast(db: None, clock: Clock) -> Cast:
    from tests.cast import raise_curtain
    from watchkeeper.people.wall import stand_for_the_desk

    stand_for_the_desk()
    clock.set(chicago("2026-03-02 10:00"))
    return raise_curtain()


@pytest.fixture
def machine_of() -> Callable[..., Machine]:
    """``machine_of(account)``: a machine with a token of that account; ``None`` is one of all accounts."""
    from watchkeeper.people import clock
    from watchkeeper.people.models import MachineToken

    def made(account: Account | None, *scopes: str) -> Machine:
        secret, digest = MachineToken.written()
        MachineToken.objects.create(
            name="monitoring",
            account=account,
            digest=digest,
            scopes=list(scopes) or ["report", "read"],
            created_at=clock.now(),
        )
        return Machine(secret)

    return made
