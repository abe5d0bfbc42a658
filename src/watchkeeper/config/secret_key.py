"""The key that signs sessions and links: WATCHKEEPER_SECRET_KEY, or one made at the first start and kept in `var`."""

import contextlib
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from .places import made


def secret_key(environment: Mapping[str, str], var: Path) -> str:
    """Several hosts need the same key and so the variable; one machine needs nothing."""
    given = environment.get("WATCHKEEPER_SECRET_KEY")
    if given:
        return given
    kept = made(var) / "secret-key"
    if not kept.exists():
        _keep(kept, secrets.token_urlsafe(50))
    return kept.read_text().strip()


def _keep(path: Path, key: str) -> None:
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(key + "\n")
    # A link appears whole, and never replaces the key of a process that was faster.
    with contextlib.suppress(FileExistsError):
        path.hardlink_to(unfinished)
    unfinished.unlink()
