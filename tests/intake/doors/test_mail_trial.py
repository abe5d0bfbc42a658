"""``watchkeeper mail test``: each part of a set-up is well, or a line says what to do about it."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.harness.desk_process import WATCHKEEPER, environment, wait_until
from tests.harness.doors_process import Doors
from tests.harness.dovecot import Dovecot
from tests.harness.free_port import free_port
from tests.harness.mail_servers import answers
from tests.harness.postfix import Postfix
from tests.intake.doors.stage import DESK, mail
from watchkeeper.config.mail_trial import Finding, findings
from watchkeeper.config.smtp_server import SmtpServer
from watchkeeper.intake.mail.doors.configured import Doors as Configured
from watchkeeper.intake.mail.keeping import keep

pytestmark = pytest.mark.long

Settings = Callable[..., dict[str, str]]


@pytest.fixture
def found(committed_db: None, settings: Any) -> Callable[..., list[Finding]]:
    """What is found with these settings of doors, without a mail server to send by."""
    settings.WATCHKEEPER_SMTP = None
    settings.WATCHKEEPER_MAIL_AUTHSERV_IDS = frozenset()

    def find(**given: str) -> list[Finding]:
        given = {"MAIL_ADDRESS": DESK} | given
        settings.WATCHKEEPER_MAIL_DOORS = Configured.read({f"WATCHKEEPER_{name}": of for name, of in given.items()})
        return list(findings(within=1))

    return find


def about(found: list[Finding], word: str) -> Finding:
    (only,) = [finding for finding in found if word in finding.says]
    return only


@pytest.mark.story
def test_where_all_is_well_a_mail_goes_out_and_comes_in(
    desk_settings: Settings, doors: Doors, postfix: Callable[[str], Postfix]
) -> None:
    port = free_port()
    server = postfix(f"inet:127.0.0.1:{port}")
    given = {
        "WATCHKEEPER_LMTP_LISTEN": f"lmtp://127.0.0.1:{port}",
        "WATCHKEEPER_MAIL_FROM": f"Support <{DESK}>",
        "WATCHKEEPER_SMTP_URL": f"smtp://127.0.0.1:{server.port}",
        "WATCHKEEPER_MAIL_AUTHSERV_ID": "mail.desk.example",
    }
    process = doors(**given)
    wait_until(lambda: answers(port), why=lambda: process.log)
    tried = subprocess.run(
        [WATCHKEEPER, "mail", "test"], env=desk_settings(**given), capture_output=True, text=True, check=False
    )
    *lines, last = tried.stdout.splitlines()
    assert lines == [
        "✓ the settings can be read, and the database answers",
        "✓ the desk's address is desk@desk.example",
        "✓ who wrote a mail is believed where mail.desk.example says so in Authentication-Results",
        f"✓ lmtp://127.0.0.1:{port} takes mail for desk@desk.example",
        f"✓ 127.0.0.1:{server.port} took a mail for desk@desk.example",
    ]
    assert last.startswith("✓ that mail came in by our mail server (LMTP) after "), server.log
    assert (tried.returncode, tried.stderr.count("Traceback")) == (0, 0)


def test_where_something_is_not_well_the_exit_status_says_so(desk_settings: Settings) -> None:
    tried = subprocess.run([WATCHKEEPER, "mail", "test"], env=desk_settings(), capture_output=True, text=True)
    assert tried.returncode == 1
    assert [line[0] for line in tried.stdout.splitlines()] == ["✓", "✗", "✗", "✗"]


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"WATCHKEEPER_LMTP_LISTEN": "8024"}, "✗ WATCHKEEPER_LMTP_LISTEN is none of lmtp://127.0.0.1:PORT"),
        ({"DATABASE_APP_URL": "postgresql://me:s3cret@127.0.0.1:1/desk"}, "✗ the database does not answer: "),
    ],
)
def test_what_cannot_even_be_read_is_one_line(tmp_path: Path, given: dict[str, str], says: str) -> None:
    given = environment(tmp_path, **given)
    tried = subprocess.run([WATCHKEEPER, "mail", "test"], env=given, capture_output=True, text=True, check=False)
    assert tried.returncode == 1
    assert tried.stdout.startswith(says)
    assert "s3cret" not in tried.stdout + tried.stderr


def test_without_a_door_or_a_server_or_proof_it_says_what_to_set(found: Callable[..., list[Finding]]) -> None:
    assert [(finding.is_well, finding.says.partition(": set ")[2].split()[0]) for finding in found()] == [
        (False, "WATCHKEEPER_LMTP_LISTEN"),
        (False, "WATCHKEEPER_MAIL_AUTHSERV_ID"),
        (False, "WATCHKEEPER_SMTP_URL"),
    ]


@pytest.mark.parametrize("protocol", ["lmtp", "smtp"])
def test_a_listener_is_asked_whether_it_takes_mail_for_the_desk(
    found: Callable[..., list[Finding]], listener: Callable[[str], int], protocol: str
) -> None:
    at = f"{protocol}://127.0.0.1:{listener(protocol)}"
    assert about(found(LMTP_LISTEN=at), protocol) == (True, f"{at} takes mail for {DESK}")
    assert about(found(LMTP_LISTEN=at, MAIL_ADDRESS="other@desk.example"), protocol) == (
        False,
        f"{at} does not take mail for other@desk.example (550 5.1.1 No such address here)",
    )


@pytest.mark.parametrize("at", ["lmtp://127.0.0.1:1", "lmtp:///nowhere/lmtp"])
def test_where_nothing_listens_it_says_what_to_start(found: Callable[..., list[Finding]], at: str) -> None:
    finding = about(found(LMTP_LISTEN=at), "nobody takes mails")
    assert not finding.is_well
    assert "does `watchkeeper serve` or `watchkeeper mail doors` run" in finding.says


def test_a_mailbox_is_signed_in_to_and_its_folder_made(
    found: Callable[..., list[Finding]], dovecot: Callable[..., Dovecot]
) -> None:
    server = dovecot()
    server.deliver(mail())
    finding = about(found(IMAP_URL=server.url), "mailbox")
    assert finding.is_well
    assert finding.says.endswith("lets us in and tells of new mail by itself; what is taken is moved to Taken")
    assert server.mails() == [mail()]


def test_what_is_wrong_with_a_mailbox_is_said_with_what_to_do(
    found: Callable[..., list[Finding]], dovecot: Callable[..., Dovecot]
) -> None:
    server = dovecot("auth_failure_delay = 0")
    for url, remedy in {
        server.url.replace("s3cret", "wrong"): "some providers want a password made for programs",
        server.url.replace("INBOX", "Nowhere"): "there is no folder Nowhere",
        f"imap://a:b@127.0.0.1:{free_port()}": "nothing listens at 127.0.0.1",
        f"imaps://a:b@localhost:{server.tls_port}": "for an authority of your own set SSL_CERT_FILE",
        f"imaps://a:b@localhost:{server.port}": "does not speak TLS from the first byte",
        "imaps://a:b@nowhere.invalid": "no machine of the name nowhere.invalid is known",
    }.items():
        finding = about(found(IMAP_URL=url), "mailbox")
        assert (finding.is_well, remedy in finding.says) == (False, True), finding.says
        assert "s3cret" not in finding.says


def test_a_mail_server_that_takes_nothing_is_explained(found: Callable[..., list[Finding]], settings: Any) -> None:
    found()
    settings.WATCHKEEPER_SMTP = SmtpServer("127.0.0.1", 1, "none")
    last = list(findings(within=1))[-1]
    assert not last.is_well
    assert last.says.startswith("Nothing listens at 127.0.0.1:1. Is the port right, and does the server run?")


def test_a_mail_that_does_not_come_back_is_looked_for_elsewhere(
    found: Callable[..., list[Finding]], settings: Any, smtp_receiver: Any
) -> None:
    """What comes in meanwhile from others is not taken for it."""
    found()
    settings.WATCHKEEPER_SMTP = SmtpServer("127.0.0.1", smtp_receiver.port, "none")
    looking = findings(within=1)
    keep(mail(), door="lmtp")
    out, back = list(looking)[-2:]
    assert (out.is_well, back.is_well) == (True, False)
    assert back.says.startswith("that mail did not come in within 1 s: look where your mail server left it")


def test_a_mail_whose_server_names_it_anew_is_known_by_its_subject(
    found: Callable[..., list[Finding]], settings: Any, smtp_receiver: Any
) -> None:
    found()
    settings.WATCHKEEPER_SMTP = SmtpServer("127.0.0.1", smtp_receiver.port, "none")
    looking = findings(within=60)
    assert [next(looking).is_well for _ in range(3)][-1]
    raw = smtp_receiver.arrivals[0].raw.replace(b"Message-ID: <", b"X-Was: <").replace(b"@", b" at ")
    keep(b"Message-ID: <1@amazonses.com>\r\n" + raw, door="imap", mailbox="desk@mail.example/INBOX")
    assert next(looking).says.startswith("that mail came in by mailbox (IMAP), desk@mail.example/INBOX after ")
