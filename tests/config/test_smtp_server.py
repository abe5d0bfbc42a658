"""The one address that says which SMTP server takes the mail."""

import pytest

from watchkeeper.config.smtp_server import SmtpServer, UnusableSmtpUrl


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://localhost", SmtpServer("localhost", 25, "none")),
        ("smtp://127.0.0.1:2525", SmtpServer("127.0.0.1", 2525, "none")),
        ("smtp://me:pw@[::1]:2525", SmtpServer("::1", 2525, "none", "me", "pw")),
        ("smtp+starttls://me:pw@mail.example.com", SmtpServer("mail.example.com", 587, "starttls", "me", "pw")),
        ("smtps://me%40x.org:p%3Aw@mail.example.com", SmtpServer("mail.example.com", 465, "tls", "me@x.org", "p:w")),
    ],
)
def test_an_address_says_host_port_security_and_who_signs_in(url: str, server: SmtpServer) -> None:
    assert SmtpServer.from_url(url) == server


@pytest.mark.parametrize(
    "url",
    ["", "mail.example.com", "http://mail", "smtp://", "smtp://mail:port", "smtp://mail/path", "smtps://m?tls=no"],
)
def test_what_is_no_such_address_is_refused_with_the_forms_that_are(url: str) -> None:
    with pytest.raises(UnusableSmtpUrl, match="smtps://USER:PASSWORD@HOST:PORT"):
        SmtpServer.from_url(url)


def test_a_password_never_leaves_this_machine_in_the_clear() -> None:
    with pytest.raises(UnusableSmtpUrl, match="in the clear") as refusal:
        SmtpServer.from_url("smtp://me:s3cret@mail.example.com")
    assert "s3cret" not in str(refusal.value)


def test_it_can_be_logged_without_its_password() -> None:
    said = repr(SmtpServer.from_url("smtps://me:s3cret@mail.example.com"))
    assert said == "SmtpServer(mail.example.com:465, tls, signs in)"
