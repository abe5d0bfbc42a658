"""A Postfix as the vendor's outgoing server: it takes mail from whoever signs in over TLS, and delivers it itself.

Its Dovecot knows the password. Two domains of other people end in mailboxes on its disk; what is sent to an address
there that has none comes back as Postfix writes it. The desk's own domain goes to the desk.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import quote

import pytest

from .dovecot import PASSWORD, USER, Dovecot
from .free_port import free_port
from .mail_servers import need, own_folder, running, wait_until_it_answers
from .postfix import DOMAIN, Postfix, furnish

_SIGNED_IN = """
myhostname = relay.{domain}
mynetworks =
transport_maps = inline:{{ {{premier.example = virtual:}}, {{vendor.example = virtual:}} }}
virtual_mailbox_domains = {domain} premier.example vendor.example
virtual_mailbox_maps = texthash:{folder}/etc/mailboxes
virtual_mailbox_base = {folder}/boxes
virtual_minimum_uid = 1
virtual_uid_maps = static:{nobody}
virtual_gid_maps = static:{nobody}
smtpd_reject_unlisted_recipient = no
smtpd_tls_cert_file = {tls}/cert.pem
smtpd_tls_key_file = {tls}/key.pem
smtpd_tls_security_level = encrypt
smtpd_tls_auth_only = yes
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = {tls}/run/to-sign-in
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_recipient_restrictions = permit_sasl_authenticated, reject
"""
_MORE_OF_MASTER = """
tlsmgr unix - - n 1000? 1 tlsmgr
virtual unix - n n - - virtual
"""
_DOVECOT_ASKED = """
service auth {
  unix_listener to-sign-in {
    mode = 0666
  }
}
"""
_NOBODY = 65534


@dataclass
class Relay:
    """The server, running or not. `url` is what WATCHKEEPER_SMTP_URL takes, `certificate` what SSL_CERT_FILE takes."""

    postfix: Postfix
    dovecot: Dovecot
    _running: ExitStack = field(default_factory=ExitStack)

    @property
    def url(self) -> str:
        return f"smtp+starttls://{quote(USER)}:{quote(PASSWORD, safe='')}@localhost:{self.postfix.port}"

    @property
    def certificate(self) -> Path:
        return self.dovecot.certificate

    def start(self) -> None:
        folder = self.postfix.folder
        master = ["/usr/lib/postfix/sbin/master", "-c", folder / "etc", "-d"]
        process = self._running.enter_context(running(master, folder / "said"))
        wait_until_it_answers(self.postfix.port, process, folder / "said")

    def stop(self) -> None:
        self._running.close()

    def delivered(self, address: str) -> list[EmailMessage]:
        """What lies in a mailbox, the first first."""
        new = self.postfix.folder / "boxes" / address / "new"
        files = sorted(new.iterdir(), key=lambda path: path.stat().st_mtime_ns) if new.exists() else []
        return [message_from_bytes(path.read_bytes(), policy=policy.default) for path in files]  # type: ignore[misc]


@pytest.fixture
def relay(dovecot: Callable[..., Dovecot]) -> Iterator[Callable[..., Relay]]:
    """`relay(next_hop, mailboxes)`: a server that runs; the desk's domain goes to `next_hop`."""
    need("postfix", "swaks")
    with ExitStack() as ending:

        def make(next_hop: str, mailboxes: list[str]) -> Relay:
            folder = ending.enter_context(own_folder("relay"))
            knows = dovecot(_DOVECOT_ASKED)
            made = Relay(Postfix(folder, free_port()), knows)
            more = _SIGNED_IN.format(folder=folder, domain=DOMAIN, tls=knows.folder, nobody=_NOBODY)
            furnish(made.postfix, next_hop, more_of_main=more, more_of_master=_MORE_OF_MASTER)
            (folder / "boxes").mkdir()
            (folder / "boxes").chmod(0o777)
            known = "".join(f"{address} {address}/\n" for address in mailboxes)
            (folder / "etc/mailboxes").write_text(known)
            ending.callback(made.stop)
            made.start()
            return made

        yield make
