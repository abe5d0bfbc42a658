"""What a page that asks whether it changed has seen already: it carries a fingerprint of what it shows."""

from __future__ import annotations

from hashlib import sha256

from django.http import HttpRequest, HttpResponse

NOTHING_CHANGED = 204


def fingerprint(*shown: object) -> str:
    """Another one whenever anything of ``shown`` is written otherwise."""
    return sha256(repr(shown).encode()).hexdigest()[:16]


def nothing_new(request: HttpRequest, seen: str) -> HttpResponse | None:
    """The answer to a page that shows this fingerprint already; nothing to any other."""
    if request.headers.get("HX-Request") and request.GET.get("seen") == seen:
        return HttpResponse(status=NOTHING_CHANGED)
    return None


def address_to_ask(request: HttpRequest, seen: str) -> str:
    """Where a page with this fingerprint asks whether it changed: at its own address."""
    query = request.GET.copy()
    query["seen"] = seen
    return f"?{query.urlencode()}"
