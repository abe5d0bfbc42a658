"""Numbers of things as a file writes them."""

from __future__ import annotations

import re

from watchkeeper.core.policy_file.problems import quoted

_COUNT = re.compile(r"0*[1-9]\d{0,5}", re.ASCII)


def count(written: str) -> int:
    """A number of things, ``10``. Raises ``ValueError``."""
    if not _COUNT.fullmatch(written):
        raise ValueError(f"{quoted(written)} is not a number of things; write 10")
    return int(written)
