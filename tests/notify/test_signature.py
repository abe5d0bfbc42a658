"""The desk's own signature: receivers find it good, and good for nothing that was changed or added on the way."""

from __future__ import annotations

import base64
import re
import shutil
import subprocess
from datetime import timedelta

import dkim
import pytest

from tests.notify.letters import SENDER, notice
from tests.notify.scripted_smtp import HANG_UP
from tests.notify.stage import MONDAY
from watchkeeper.config.dkim_key import UnusableDkimKey, dkim_key
from watchkeeper.notify import outbox
from watchkeeper.notify.channels.mail.letter import written
from watchkeeper.notify.channels.mail.signature import Signer
from watchkeeper.notify.jobs import deliver

HEADERS = {
    "Message-ID": "<7@desk.example.com>",
    "References": "<wk-7f3k2q@desk.example.com>",
    "Auto-Submitted": "auto-generated",
    "List-Unsubscribe": "<https://desk.example.com/x>",
}


def openssl(*arguments: str, given: bytes = b"") -> bytes:
    program = shutil.which("openssl")
    if program is None:
        pytest.skip("keys are made by openssl: apt-get install openssl")
    return subprocess.run([program, *arguments], input=given, capture_output=True, check=True).stdout


@pytest.fixture(scope="module")
def pem() -> bytes:
    return openssl("genrsa", "2048")


@pytest.fixture
def signer(pem) -> Signer:
    return Signer.read(pem, selector="desk2026")


@pytest.fixture
def is_good(pem):
    """Whether a receiver who finds the key in the DNS takes the signature of a mail for good."""
    public = base64.b64encode(openssl("rsa", "-pubout", "-outform", "DER", given=pem))

    def answer(name: bytes, timeout: int = 5) -> bytes:
        return b"v=DKIM1; k=rsa; p=" + public if name == b"desk2026._domainkey.example.com." else b""

    return lambda wire: dkim.verify(wire, dnsfunc=answer)


def signed(signer: Signer, **parts: object) -> bytes:
    given = notice(**({"headers": HEADERS} | parts))
    return signer.signed(written(given, sender=SENDER), sender="desk@example.com", at=MONDAY)


def test_a_receiver_finds_the_signature_good(signer, is_good) -> None:
    assert is_good(signed(signer, text="Größe: 5 €\n\n-- \nBye  \n", recipient_name="Zoë"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"answered", b"Answered"),
        (b"From: Support", b"From: Suppork"),
        (b"Subject: ", b"Subject: Re: "),
        (b"Auto-Submitted: auto-generated\r\n", b""),
        (b"<https://desk.example.com/x>", b"<https://evil.example/x>"),
        (b"Subject: ", b"From: eve@evil.example\r\nSubject: "),
        (b"Subject: ", b"Reply-To: eve@evil.example\r\nSubject: "),
        (b"Subject: ", b"Subject: Another\r\nSubject: "),
        (b"Subject: ", b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\nSubject: "),
    ],
)
def test_what_was_changed_or_added_on_the_way_breaks_it(signer, is_good, old, new) -> None:
    wire = signed(signer)
    changed = wire.replace(old, new, 1)

    assert changed != wire
    assert not is_good(changed)


def test_the_signature_is_for_the_senders_domain_and_the_time_of_the_mail(signer) -> None:
    tags = re.sub(rb"\s+", b"", signed(signer).partition(b"\r\nMessage-ID")[0])

    assert b"d=example.com;" in tags
    assert b"s=desk2026;" in tags
    assert b"t=%d;" % MONDAY.timestamp() in tags


def test_what_a_server_is_given_is_signed_and_the_same_each_time(
    signer, is_good, smtp, saying, settings, monday
) -> None:
    settings.WATCHKEEPER_SMTP, settings.WATCHKEEPER_DKIM = smtp.server, signer
    smtp.to_text = [HANG_UP, "250 kept"]
    queued = outbox.queue(saying())

    for _ in range(2):
        deliver(str(queued.pk))
        monday.advance(timedelta(minutes=1))

    first, second = (mail.as_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n") for mail in smtp.given)
    assert first == second
    assert first.startswith(b"DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.com;")


def test_older_and_windows_forms_of_a_key_are_read(pem, is_good) -> None:
    for form in (openssl("rsa", "-traditional", given=pem), pem.replace(b"\n", b"\r\n")):
        assert is_good(signed(Signer.read(form, selector="desk2026")))


UNUSABLE = {
    "another kind of key": lambda: openssl("genpkey", "-algorithm", "ed25519"),
    "a public key": lambda: openssl("rsa", "-pubout", given=openssl("genrsa", "1024")),
    "a key behind a password": lambda: openssl("genrsa", "-aes128", "-passout", "pass:secret", "1024"),
    "nothing": lambda: b"",
    "half a key": lambda: openssl("genrsa", "1024")[:400] + b"\n-----END PRIVATE KEY-----\n",
    "too short a key": lambda: openssl("genrsa", "768"),
}


@pytest.mark.parametrize("made", UNUSABLE.values(), ids=UNUSABLE.keys())
def test_what_cannot_sign_is_refused_with_the_command_that_makes_one(made, tmp_path) -> None:
    file = tmp_path / "key.pem"
    file.write_bytes(made())

    with pytest.raises(UnusableDkimKey, match="openssl genrsa 2048"):
        dkim_key({"WATCHKEEPER_DKIM_KEY": str(file), "WATCHKEEPER_DKIM_SELECTOR": "desk2026"})


@pytest.mark.parametrize("selector", ["a b", "-a", "a;b", "x" * 64, "a\r\nb", "ä", "a..b"])
def test_a_name_that_the_dns_cannot_have_is_refused(selector, pem, tmp_path) -> None:
    file = tmp_path / "key.pem"
    file.write_bytes(pem)

    with pytest.raises(UnusableDkimKey, match="is no selector"):
        dkim_key({"WATCHKEEPER_DKIM_KEY": str(file), "WATCHKEEPER_DKIM_SELECTOR": selector})


def test_a_key_is_not_shown_when_it_is_logged(signer) -> None:
    assert repr(signer) == "Signer(selector='desk2026')"
