"""The key that signs sessions and links: WATCHKEEPER_SECRET_KEY, or one made at the first start and kept in `var`."""

import contextlib
import secrets
from collections.abc import Mapping
from pathlib import Path
from tempfile import NamedTemporaryFile

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
    with NamedTemporaryFile("w", dir=path.parent, prefix=f".{path.name}.") as unfinished:  # for its owner's eyes only
        unfinished.write(key + "\n")
        unfinished.flush()
        # A link appears whole, and never replaces the key of a process that was faster.
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(unfinished.name)
