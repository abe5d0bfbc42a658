"""Which doors an installation opens for mail, read from its environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parseaddr
from typing import Self

from watchkeeper.intake.mail.doors.addresses import OwnAddresses, UnusableAddress, plain
from watchkeeper.intake.mail.doors.listening_at import ListeningAt, UnusableListener
from watchkeeper.intake.mail.doors.mailbox_at import MailboxAt, UnusableMailbox
from watchkeeper.intake.mail.doors.xoauth2 import AccessTokens, UnusableTokens

DEFAULT_SENDER = "Watchkeeper <desk@localhost>"
TAKEN = "Taken"


class UnusableDoor(ValueError):
    """A setting of a door cannot be used; the text names it and repeats no secret."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doors:
    """What is open. ``addresses`` are the desk's own, whichever door a mail takes.

    Mails of ``mailboxes`` are moved to the folder ``taken``; where that is empty they stay, and are marked.
    """

    addresses: OwnAddresses
    listening_at: ListeningAt | None = None
    mailboxes: tuple[MailboxAt, ...] = ()
    taken: str = TAKEN
    tokens: AccessTokens | None = None

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> Self:
        """Raises ``UnusableDoor``."""
        mailboxes = _mailboxes(environment)
        return cls(
            addresses=_addresses(environment),
            listening_at=_listening_at(environment),
            mailboxes=mailboxes,
            taken=environment.get("WATCHKEEPER_IMAP_TAKEN", TAKEN).strip(),
            tokens=_tokens(environment) if any(at.signs_in_by_token for at in mailboxes) else None,
        )

    @property
    def need_a_process(self) -> bool:
        """Whether anything is to be listened at or looked into."""
        return self.listening_at is not None or bool(self.mailboxes)


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


def _mailboxes(environment: Mapping[str, str]) -> tuple[MailboxAt, ...]:
    try:
        found = tuple(MailboxAt.read(url) for url in environment.get("WATCHKEEPER_IMAP_URL", "").split())
    except UnusableMailbox as error:
        raise UnusableDoor(f"WATCHKEEPER_IMAP_URL {error}") from None
    if len({at.name for at in found}) < len(found):
        raise UnusableDoor("WATCHKEEPER_IMAP_URL names a mailbox twice")
    return found


def _tokens(environment: Mapping[str, str]) -> AccessTokens:
    try:
        return AccessTokens.read(environment)
    except UnusableTokens as error:
        raise UnusableDoor(str(error)) from None
