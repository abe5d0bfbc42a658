"""A Dovecot of the test's own: mailboxes on loopback, in clear and by TLS."""

import imaplib
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import pytest

from .free_port import free_port
from .mail_servers import need, own_folder, running, wait_until_it_answers

USER, PASSWORD = "desk@vendor.example", "l0ng & s3cret/"

_SETTINGS = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <{folder}/cert.pem
ssl_key = <{folder}/key.pem
disable_plaintext_auth = no
auth_mechanisms = plain {mechanisms}
mail_location = maildir:{folder}/mail/%u
first_valid_uid = 1
first_valid_gid = 1
namespace inbox {{
  inbox = yes
  separator = /
}}
passdb {{
  driver = passwd-file
  mechanisms = plain
  args = scheme=PLAIN username_format=%u {folder}/users
}}
userdb {{
  driver = static
  args = uid=nobody gid=nogroup home={folder}/mail/%u
}}
service imap-login {{
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
{more}
"""

_BY_TOKEN = """
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {folder}/tokens
}}
"""

_TOKENS = """
introspection_mode = post
introspection_url = {url}
username_attribute = username
active_attribute = active
active_value = true
"""

_CERTIFICATE = (
    "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost"
    " -addext subjectAltName=DNS:localhost,IP:127.0.0.1"
)

WITHOUT_IDLE = "protocol imap {\n  imap_capability = IMAP4rev1 MOVE UIDPLUS\n}"
WITHOUT_MOVE = "protocol imap {\n  imap_capability = IMAP4rev1 IDLE\n}"


@dataclass
class Dovecot:
    """A server with one user. `url` leads to their INBOX."""

    folder: Path
    port: int
    tls_port: int
    _running: ExitStack = field(default_factory=ExitStack)

    def start(self) -> None:
        log = self.folder / "log"
        process = self._running.enter_context(
            running(["/usr/sbin/dovecot", "-F", "-c", self.folder / "dovecot.conf"], self.folder / "said")
        )
        wait_until_it_answers(self.port, process, log)

    def stop(self) -> None:
        self._running.close()

    @property
    def url(self) -> str:
        return f"imap://{quote(USER)}:{quote(PASSWORD, safe='')}@127.0.0.1:{self.port}/INBOX"

    @property
    def certificate(self) -> Path:
        return self.folder / "cert.pem"

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text() if (self.folder / "log").exists() else ""

    @contextmanager
    def signed_in(self) -> Iterator[imaplib.IMAP4]:
        """The user's own mail program."""
        with imaplib.IMAP4("127.0.0.1", self.port) as client:
            client.login(USER, PASSWORD)
            yield client

    def deliver(self, raw: bytes, at: datetime | None = None) -> None:
        """A mail comes into the INBOX, which the server received at that time."""
        with self.signed_in() as client:
            assert client.append("INBOX", None, at or datetime.now(UTC), raw)[0] == "OK"

    def mails(self, folder: str = "INBOX") -> list[bytes]:
        """What is in a folder, the first first; nothing where there is none."""
        with self.signed_in() as client:
            status, count = client.select(folder, readonly=True)
            if status != "OK" or count == [b"0"]:
                return []
            return [part[1] for part in client.fetch("1:*", "(BODY.PEEK[])")[1] if isinstance(part, tuple)]

    def flags(self) -> list[bytes]:
        """Of each mail in the INBOX."""
        with self.signed_in() as client:
            client.select(readonly=True)
            return [part for part in client.fetch("1:*", "(FLAGS)")[1] if part]


@pytest.fixture
def dovecot() -> Iterator[Callable[..., Dovecot]]:
    """Starts a server; `more` is written below its settings. With an address to ask at, tokens let in as well."""
    need("dovecot", "openssl")
    with ExitStack() as ending:

        def start(more: str = "", *, asks_whose_token_it_is: str = "") -> Dovecot:
            folder = ending.enter_context(own_folder("dovecot"))
            server = Dovecot(folder, free_port(), free_port())
            _furnish(server, more, asks_whose_token_it_is)
            ending.callback(server.stop)
            server.start()
            return server

        yield start


def _furnish(server: Dovecot, more: str, asks_at: str) -> None:
    folder = server.folder
    subprocess.run(
        [*_CERTIFICATE.split(), "-keyout", folder / "key.pem", "-out", folder / "cert.pem"],
        check=True,
        capture_output=True,
    )
    (folder / "users").write_text(f"{USER}:{{PLAIN}}{PASSWORD}\n")
    (folder / "mail").mkdir()
    (folder / "mail").chmod(0o777)
    if asks_at:
        more += _BY_TOKEN.format(folder=folder)
        (folder / "tokens").write_text(_TOKENS.format(url=asks_at))
    ports = {"port": server.port, "tls_port": server.tls_port}
    written = _SETTINGS.format(folder=folder, more=more, mechanisms="xoauth2" if asks_at else "", **ports)
    (folder / "dovecot.conf").write_text(written)
