"""Notices to be made into mails, and such mails read back as their receiver would."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage
from html.parser import HTMLParser
from typing import Any
from uuid import UUID

from tests.notify.stage import MONDAY
from watchkeeper.notify.channels.mail.letter import written
from watchkeeper.notify.models import Notice
from watchkeeper.notify.wording import Words

SENDER = "Support <desk@example.com>"
KEY = UUID("6f2a1e0c-9d7b-4c55-8a34-1f0e5d2c7b90")


def notice(**parts: Any) -> Notice:
    """A notice to Ana, in which any part can be another."""
    given = {
        "pk": KEY,
        "recipient": "ana@example.com",
        "recipient_name": "Ana Ruiz",
        "subject": "[WK-7F3K2Q] Checkout fails",
        "text": "Nobody has answered.\n",
        "urgency": "reply",
        "queued_at": MONDAY,
        "headers": {"Message-ID": "<7@desk.example.com>"},
    }
    return Notice(**(given | parts))


def notice_of(words: Words, **parts: Any) -> Notice:
    """A notice that says these words."""
    begins, ends = words.prose
    told = {"subject": words.subject, "text": words.text, "urgency": words.urgency, "language": words.language}
    return notice(prose_from=begins, prose_to=ends, **(told | parts))


def read(wire: bytes) -> EmailMessage:
    return message_from_bytes(wire.replace(b"\r\n", b"\n"), policy=policy.default)  # type: ignore[return-value]


def text_of(mail: EmailMessage) -> str:
    return mail.get_body(("plain",)).get_content()


def html_of(mail: EmailMessage) -> str:
    return mail.get_body(("html",)).get_content()


def page_of(notice: Notice) -> Page:
    """The HTML of a notice's mail, as it is read."""
    return Page(html_of(read(written(notice, sender=SENDER))))


class Page(HTMLParser):
    """An HTML text as a program reads it: ``elements`` with their attributes, and the ``words`` that are shown."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.words = ""
        self._hidden = 0
        self.feed(html)

    def links(self) -> list[str]:
        return [attributes["href"] for tag, attributes in self.elements if tag == "a" and "href" in attributes]

    def tags(self) -> set[str]:
        return {tag for tag, _ in self.elements}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        self._hidden += tag in ("style", "title")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in ("style", "title")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words += data
