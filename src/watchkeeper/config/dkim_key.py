"""What the desk signs its mails with, where it does so itself."""

from collections.abc import Mapping
from pathlib import Path

from watchkeeper.notify.channels.mail.signature import Signer, UnusableKey

from .cannot_run import CannotRun


class UnusableDkimKey(CannotRun):
    """WATCHKEEPER_DKIM_KEY or its selector cannot be used."""


def dkim_key(environment: Mapping[str, str]) -> Signer | None:
    """The key in the file that WATCHKEEPER_DKIM_KEY names, or None where it names none. Raises `UnusableDkimKey`."""
    path, selector = (environment.get(f"WATCHKEEPER_DKIM_{name}", "").strip() for name in ("KEY", "SELECTOR"))
    if not path and not selector:
        return None
    if not path or not selector:
        given, missing = ("SELECTOR", "KEY") if selector else ("KEY", "SELECTOR")
        raise UnusableDkimKey(f"WATCHKEEPER_DKIM_{given} needs WATCHKEEPER_DKIM_{missing}: give both, or neither")
    try:
        return Signer.read(Path(path).read_bytes(), selector=selector)
    except OSError as error:
        raise UnusableDkimKey(f"WATCHKEEPER_DKIM_KEY: {path} cannot be read: {error.strerror}") from None
    except UnusableKey as error:
        raise UnusableDkimKey(f"WATCHKEEPER_DKIM_KEY, WATCHKEEPER_DKIM_SELECTOR: {error}") from None
