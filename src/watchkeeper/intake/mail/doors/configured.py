"""Which doors an installation opens for mail, read from its environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parseaddr
from typing import Self

from watchkeeper.intake.mail.doors.addresses import OwnAddresses, UnusableAddress, plain
from watchkeeper.intake.mail.doors.listening_at import ListeningAt, UnusableListener

DEFAULT_SENDER = "Watchkeeper <desk@localhost>"


class UnusableDoor(ValueError):
    """A setting of a door cannot be used; the text names it and repeats no secret."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doors:
    """What is open. ``addresses`` are the desk's own, whichever door a mail takes."""

    addresses: OwnAddresses
    listening_at: ListeningAt | None = None

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> Self:
        """Raises ``UnusableDoor``."""
        return cls(
            addresses=_addresses(environment),
            listening_at=_listening_at(environment),
        )

    @property
    def need_a_process(self) -> bool:
        """Whether anything is to be listened at or looked into."""
        return self.listening_at is not None


def _addresses(environment: Mapping[str, str]) -> OwnAddresses:
    """The sender's address where there is no other; whether that one can be used is asked where mails are written."""
    sender = parseaddr(environment.get("WATCHKEEPER_MAIL_FROM", DEFAULT_SENDER))[1].lower()
    main, *more = _plain(environment, "WATCHKEEPER_MAIL_ADDRESS") or [sender]
    if more:
        raise UnusableDoor("WATCHKEEPER_MAIL_ADDRESS is one address; name others by WATCHKEEPER_MAIL_ALSO_FOR")
    return OwnAddresses(main, frozenset(_plain(environment, "WATCHKEEPER_MAIL_ALSO_FOR")))


def _plain(environment: Mapping[str, str], name: str) -> list[str]:
    try:
        return [plain(address) for address in environment.get(name, "").replace(",", " ").split()]
    except UnusableAddress as error:
        raise UnusableDoor(f"{name}: {error}") from None


def _listening_at(environment: Mapping[str, str]) -> ListeningAt | None:
    url = environment.get("WATCHKEEPER_LMTP_LISTEN", "").strip()
    try:
        return ListeningAt.read(url) if url else None
    except UnusableListener as error:
        raise UnusableDoor(f"WATCHKEEPER_LMTP_LISTEN {error}") from None
