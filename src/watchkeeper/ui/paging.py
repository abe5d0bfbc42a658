"""What is asked for stands in the address: the number of a page, and the addresses of its neighbours."""

from __future__ import annotations

from django.http import QueryDict


def page_number(query: QueryDict) -> int:
    """The page asked for, counted from 0; the first where the address names none."""
    written = query.get("page", "")
    return min(int(written), 10_000) if written.isascii() and written.isdigit() and len(written) < 6 else 0


def address(**asked: object) -> str:
    """``?side=customers&page=2``, without what is empty."""
    query = QueryDict(mutable=True)
    query.update({name: str(value) for name, value in asked.items() if value})
    return f"?{query.urlencode()}"
