"""Pages by key: a page begins after the last incident of the one before, whatever was reported in between."""

from __future__ import annotations

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.db.models import Q

from watchkeeper.api.problem import unprocessable
from watchkeeper.incidents.models import Incident, IncidentQuerySet


class Page(NamedTuple):
    """Some incidents, the newest first, and the cursor of the next page, if there is one."""

    incidents: Sequence[Incident]
    next: str | None


def page_of(incidents: IncidentQuerySet, *, after: str | None, limit: int) -> Page:
    """The next ``limit`` incidents after a cursor. Refused with 422 when it is none of ours."""
    newest_first = incidents.order_by("-received_at", "-reference")
    if after is not None:
        at, reference = _read(after)
        newest_first = newest_first.filter(Q(received_at__lt=at) | Q(received_at=at, reference__lt=reference))
    found = list(newest_first[: limit + 1])
    shown = found[:limit]
    return Page(shown, _cursor(shown[-1]) if len(found) > limit else None)


def _cursor(last: Incident) -> str:
    return urlsafe_b64encode(f"{last.received_at.isoformat()} {last.reference}".encode()).decode().rstrip("=")


def _read(cursor: str) -> tuple[datetime, str]:
    try:
        written = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii")
        at, reference = written.split(" ")
        received_at = datetime.fromisoformat(at)
        if received_at.tzinfo is None or not reference.isprintable():
            raise ValueError(written)
    except (ValueError, binascii.Error):
        raise unprocessable("after", "is no cursor; send back what `next` of a page said", where="query") from None
    return received_at, reference
