"""One mail given to one SMTP server for one recipient, and the server's answer read strictly.

Only 250 after the text is a success (RFC 5321, 4.2.5). What the server says before it has heard of the recipient
is about us, not about the mail, and is never taken for a refusal: a password changed on the server loses no mail.
"""

from __future__ import annotations

import smtplib
import ssl
from contextlib import suppress

from watchkeeper.notify.channels.answer import Answer, accepted, put_off, refused, unclear
from watchkeeper.notify.channels.mail.server import SmtpServer

PATIENCE = 45.0
"""Seconds to wait for each answer, and for the connection."""

PATIENCE_AFTER_THE_TEXT = 60.0
"""Seconds to wait once the text is given: a server may look through it first, and giving up here repeats a mail."""


def hand_over(
    wire: bytes, *, server: SmtpServer, sender: str, recipient: str, called: str, patience: float | None = None
) -> Answer:
    """Give ``wire`` to the server. ``called`` is the name by which we greet it. Raises nothing a server can cause."""
    try:
        line = _connected(server, called, PATIENCE if patience is None else patience)
    except (OSError, smtplib.SMTPException, UnicodeError) as error:  # UnicodeError: a password beyond ASCII
        return put_off(f"{server.host}:{server.port}: {_said(error)}")
    try:
        return _spoken(line, wire, sender, recipient)
    finally:
        _take_leave(line)


def _connected(server: SmtpServer, called: str, patience: float) -> smtplib.SMTP:
    """A line on which a mail may be given: greeted, encrypted and signed in as the settings demand."""
    if server.security == "tls":
        line: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, local_hostname=called, timeout=patience, context=ssl.create_default_context()
        )
    else:
        line = smtplib.SMTP(server.host, server.port, local_hostname=called, timeout=patience)
    try:
        if server.security == "starttls":
            line.starttls(context=ssl.create_default_context())
        line.ehlo_or_helo_if_needed()
        if server.user:
            line.login(server.user, server.password)
    except BaseException:
        line.close()
        raise
    return line


def _spoken(line: smtplib.SMTP, wire: bytes, sender: str, recipient: str) -> Answer:
    try:
        code, text = line.mail(sender)
        if code != 250:
            return put_off(_answered("MAIL", code, text))
        code, text = line.rcpt(recipient)
        if code not in (250, 251):
            return _declined("RCPT", code, text)
    except (OSError, smtplib.SMTPException) as error:
        return put_off(_said(error))
    return _given(line, wire)


def _given(line: smtplib.SMTP, wire: bytes) -> Answer:
    if line.sock is not None:
        line.sock.settimeout(PATIENCE_AFTER_THE_TEXT)
    try:
        code, text = line.data(wire)
    except smtplib.SMTPDataError as error:  # it declined to hear the text
        return _declined("DATA", error.smtp_code, error.smtp_error)
    except (OSError, smtplib.SMTPException) as error:
        return unclear(f"the line was lost while the text was given: {_said(error)}")
    return accepted(_answered("DATA", code, text)) if code == 250 else _declined("DATA", code, text)


def _declined(command: str, code: int, text: bytes | str) -> Answer:
    """5xx is for good, 4xx for now; 421 and anything that is no SMTP answer too."""
    answer = _answered(command, code, text)
    return refused(answer) if 500 <= code <= 599 else put_off(answer)


def _answered(command: str, code: int, text: bytes | str) -> str:
    said = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return f"{command}: {code} {' '.join(said.split())}"[:1000]


def _said(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return _answered(type(error).__name__, error.smtp_code, error.smtp_error)
    return f"{type(error).__name__}: {error}"[:1000]


def _take_leave(line: smtplib.SMTP) -> None:
    """Say QUIT and do not wait: until the answer we have is written down, a crash here means a repeat."""
    with suppress(OSError, smtplib.SMTPException):
        line.putcmd("quit")
    line.close()
