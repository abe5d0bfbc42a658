"""A Postfix of the test's own: takes mail for the desk's domain on loopback and hands it to the desk by LMTP."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from .free_port import free_port
from .mail_servers import need, own_folder, running, wait_until_it_answers

DOMAIN = "desk.example"

_MAIN = """
compatibility_level = 3.6
queue_directory = {folder}/spool
data_directory = {folder}/data
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mail.{domain}
mydestination =
alias_maps =
mynetworks = 127.0.0.1
virtual_mailbox_domains = {domain}
virtual_mailbox_maps = static:taken
virtual_transport = lmtp:{next_hop}
default_transport = error:the tests send no mail into the world
smtpd_recipient_restrictions = reject_unverified_recipient
unverified_recipient_reject_code = 550
address_verify_map =
message_size_limit = 60000000
mailbox_size_limit = 0
virtual_mailbox_limit = 0
queue_run_delay = 1s
minimal_backoff_time = 1s
maximal_backoff_time = 2s
lmtp_destination_concurrency_failed_cohort_limit = 0
"""

_MASTER = """
127.0.0.1:{port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
proxymap unix - - n - - proxymap
error unix - - n - - error
retry unix - - n - - error
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
"""


@dataclass
class Postfix:
    """A running server at 127.0.0.1:`port`."""

    folder: Path
    port: int

    @property
    def waiting(self) -> int:
        """How many mails it still has."""
        return sum(len(list((self.folder / "spool" / queue).rglob("*"))) for queue in ("incoming", "active")) + sum(
            entry.is_file() for entry in (self.folder / "spool/deferred").rglob("*")
        )

    @property
    def log(self) -> str:
        path = self.folder / "log"
        return path.read_text(errors="replace") if path.exists() else ""


@pytest.fixture
def postfix() -> Iterator[Callable[[str], Postfix]]:
    """Starts a server that hands mail over to `next_hop`, such as `inet:127.0.0.1:8024`."""
    need("postfix", "swaks")
    with ExitStack() as ending:

        def start(next_hop: str) -> Postfix:
            folder = ending.enter_context(own_folder("postfix"))
            server = Postfix(folder, free_port())
            furnish(server, next_hop)
            master = ["/usr/lib/postfix/sbin/master", "-c", folder / "etc", "-d"]
            process = ending.enter_context(running(master, folder / "said"))
            wait_until_it_answers(server.port, process, folder / "said")
            return server

        yield start


def furnish(server: Postfix, next_hop: str, *, more_of_main: str = "", more_of_master: str = "") -> None:
    """Write its settings and make its folders; what ``more_of_main`` sets holds."""
    told = {"folder": server.folder, "port": server.port, "domain": DOMAIN, "next_hop": next_hop}
    settings = _settings(_MAIN.format(**told)) | _settings(more_of_main)
    (server.folder / "etc").mkdir(exist_ok=True)
    (server.folder / "etc/main.cf").write_text("".join(f"{name} ={value}\n" for name, value in settings.items()))
    (server.folder / "etc/master.cf").write_text(_MASTER.format(**told) + more_of_master)
    queues = "active bounce corrupt defer deferred flush hold incoming private public saved trace"
    for name in ["data", *(f"spool/{queue}" for queue in queues.split())]:
        (server.folder / name).mkdir(parents=True, mode=0o700)
        shutil.chown(server.folder / name, "postfix")
    (server.folder / "spool/public").chmod(0o755)
    (server.folder / "spool/maildrop").mkdir(mode=0o700)
    (server.folder / "spool/pid").mkdir()


def _settings(text: str) -> dict[str, str]:
    """Each once: every process warns of what stands twice, and so many at once block the one that writes the log."""
    return dict(line.split(" =", 1) for line in text.splitlines() if line)
