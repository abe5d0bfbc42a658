"""Mails as customers' programs and servers write them, in our own words."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP
from email.utils import make_msgid

OUR_SERVER = "mx.support.example"
DESK = "desk@support.example"


def a_mail(
    author: str,
    text: str = "Every route answers 503 since ten.",
    *,
    subject: str = "The gateway answers 503",
    to: str = DESK,
    verdict: str = "pass",
    answers: str = "",
    message_id: str = "",
    **headers: str,
) -> bytes:
    """A mail as our own mail server hands it over, with its verdict; with an empty verdict it gave none."""
    letter = EmailMessage(policy=SMTP)
    if verdict:
        domain = author.rpartition("@")[2].rstrip(">")
        letter["Authentication-Results"] = f"{OUR_SERVER}; dmarc={verdict} header.from={domain}"
    letter["From"] = author
    letter["To"] = to
    letter["Subject"] = subject
    letter["Message-ID"] = message_id or make_msgid(domain="customer.example")
    if answers:
        letter["In-Reply-To"] = letter["References"] = answers
    for name, value in headers.items():
        letter[name.replace("_", "-")] = value
    letter.set_content(text)
    return letter.as_bytes()
