"""How many examples a property is tried on: few in every run, as many more as ``PATIENCE`` says in `make long`."""

from __future__ import annotations

import os


def examples(count: int) -> int:
    """``count``, or so many times more."""
    return count * int(os.environ.get("PATIENCE", "1"))
