"""Numbers of things as a file writes them."""

from __future__ import annotations

from watchkeeper.core.policy_file.problems import quoted


def count(written: str) -> int:
    """A number of things, ``10``. Raises ``ValueError``."""
    if not (written.isascii() and written.isdigit() and 0 < int(written) < 1_000_000):
        raise ValueError(f"{quoted(written)} is not a number of things; write 10")
    return int(written)
