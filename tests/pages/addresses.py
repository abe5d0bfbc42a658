"""Every address that the URLconf has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from django.urls import URLResolver, get_resolver


class Address(NamedTuple):
    """A route: its name, and what of its path stands before the first argument; ``None`` where it takes none."""

    name: str
    before: str | None


def addresses(resolver: URLResolver | None = None, before: str = "", room: str = "") -> Iterator[Address]:
    """The routes of the desk, in the order in which they are tried."""
    for each in (resolver or get_resolver()).url_patterns:
        path = before + str(each.pattern).removeprefix("^")
        if isinstance(each, URLResolver):
            yield from addresses(each, path, room + (f"{each.namespace}:" if each.namespace else ""))
        else:
            literal = re.split(r"<|\(\?P<", path)[0]
            yield Address(room + (each.name or each.lookup_str), None if literal in (path, path[:-1]) else literal)
