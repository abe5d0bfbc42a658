"""Which doors an installation opens for mail, read from its environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parseaddr
from typing import Self

from watchkeeper.intake.mail.doors.addresses import OwnAddresses, UnusableAddress, plain
from watchkeeper.intake.mail.doors.listening_at import ListeningAt, UnusableListener
from watchkeeper.intake.mail.doors.mailbox_at import MailboxAt, UnusableMailbox
from watchkeeper.intake.mail.doors.webhooks.providers import PROVIDERS
from watchkeeper.intake.mail.doors.xoauth2 import AccessTokens, UnusableTokens

DEFAULT_SENDER = "Watchkeeper <desk@localhost>"
TAKEN = "Taken"
SECRET, SIGNING_KEY = "WATCHKEEPER_INBOUND_SECRET", "WATCHKEEPER_MAILGUN_SIGNING_KEY"
SHORTEST_SECRET = 24


class UnusableDoor(ValueError):
    """A setting of a door cannot be used; the text names it and repeats no secret."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doors:
    """What is open. ``addresses`` are the desk's own, whichever door a mail takes.

    Mails of ``mailboxes`` are moved to the folder ``taken``; where that is empty they stay, and are marked. ``secrets``
    are what ``providers`` must show, by the names that django-anymail has for them.
    """

    addresses: OwnAddresses
    listening_at: ListeningAt | None = None
    mailboxes: tuple[MailboxAt, ...] = ()
    taken: str = TAKEN
    tokens: AccessTokens | None = None
    providers: frozenset[str] = frozenset()
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)

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
            providers=_providers(environment),
            secrets=_secrets(environment),
        )

    @property
    def need_a_process(self) -> bool:
        """Whether anything is to be listened at or looked into."""
        return self.listening_at is not None or bool(self.mailboxes)

    @property
    def are_open(self) -> bool:
        """Whether mail comes in by itself."""
        return self.need_a_process or bool(self.providers)


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


def _providers(environment: Mapping[str, str]) -> frozenset[str]:
    found = frozenset(environment.get("WATCHKEEPER_INBOUND_PROVIDERS", "").replace(",", " ").split())
    for name in sorted(found):
        if name not in PROVIDERS:
            raise UnusableDoor(f'WATCHKEEPER_INBOUND_PROVIDERS: "{name}" is none of {", ".join(PROVIDERS)}')
        if PROVIDERS[name].signs_the_form and not environment.get(SIGNING_KEY):
            raise UnusableDoor(f"{SIGNING_KEY} is missing: {name} signs with it what it posts")
        if not PROVIDERS[name].signs_the_form and not environment.get(SECRET):
            raise UnusableDoor(f"{SECRET} is missing: {name} shows it as the user and password of the address")
    secret = environment.get(SECRET, "")
    if found and secret and (":" not in secret or len(secret) < SHORTEST_SECRET):
        raise UnusableDoor(f"{SECRET} is no USER:PASSWORD of {SHORTEST_SECRET} characters or more")
    return found


def _secrets(environment: Mapping[str, str]) -> dict[str, str]:
    known = {"WEBHOOK_SECRET": SECRET, "MAILGUN_WEBHOOK_SIGNING_KEY": SIGNING_KEY}
    return {name: environment[variable] for name, variable in known.items() if environment.get(variable)}
