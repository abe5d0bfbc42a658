"""Shares as a file says them."""

from __future__ import annotations

from watchkeeper.core.offer import Share
from watchkeeper.core.policy_file.tree import Said
from watchkeeper.core.policy_file.writing.lengths import percentage
from watchkeeper.core.policy_file.writing.names import given

_ANY = 1


def said_share(share: Share, key: str) -> dict[str, Said]:
    """A share, its part under ``key``."""
    at_least = None if share.at_least == _ANY else str(share.at_least)
    return given({key: percentage(share.of), "each": share.each, "at_least": at_least})
