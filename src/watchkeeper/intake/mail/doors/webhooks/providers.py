"""The providers whose mail comes in by a post: what each must show, and where in its post the mail stands as it came.

The library django-anymail knows the signatures, and how to put a mail together again where only its parts were sent.
"""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from anymail.webhooks.base import AnymailBaseWebhookView


class Posted(NamedTuple):
    """One mail of a post. ``raw`` is ``None`` where only its parts were sent."""

    raw: bytes | None
    envelope_to: tuple[str, ...]


Fields = Mapping[str, bytes]
"""What a form said, byte for byte."""


@dataclass(frozen=True, slots=True)
class Provider:
    """``view`` is the library's. Where it ``signs_the_form``, that has to be read before anybody knows who sent it.

    ``mails`` are those of a post: of its form, or of its body where it is JSON. A form has to hold a mail as it came.
    """

    view: Callable[[], type[AnymailBaseWebhookView]]
    mails: Callable[[Any], Iterator[Posted]]
    is_form: bool = False
    signs_the_form: bool = False


def _mailgun(form: Fields) -> Iterator[Posted]:
    yield Posted(form.get("body-mime"), _text(form.get("recipient", b"")))


def _sendgrid(form: Fields) -> Iterator[Posted]:
    envelope = json.loads(form.get("envelope", b"{}"))
    yield Posted(form.get("email"), tuple(map(str, envelope.get("to", []))))


def _postmark(said: Mapping[str, Any]) -> Iterator[Posted]:
    raw = said.get("RawEmail")
    yield Posted(raw.encode(errors="replace") if raw else None, _text(said.get("OriginalRecipient", "")))


def _sparkpost(said: list[Mapping[str, Any]]) -> Iterator[Posted]:
    """Several at once, and none where it only tries the address."""
    for each in said:
        if relayed := each.get("msys", {}).get("relay_message"):
            content = relayed["content"]
            text = content["email_rfc822"]
            raw = b64decode(text) if content.get("email_rfc822_is_base64") else text.encode(errors="replace")
            yield Posted(raw, _text(relayed.get("rcpt_to", "")))


def _mailjet(said: Mapping[str, Any]) -> Iterator[Posted]:
    """Sends no mail as it came."""
    yield Posted(None, _text(said.get("Recipient", "")))


def _text(address: bytes | str) -> tuple[str, ...]:
    text = address.decode(errors="replace") if isinstance(address, bytes) else address
    return (text,) if text else ()


def _view_of(module: str, name: str) -> Callable[[], type[AnymailBaseWebhookView]]:
    """Imported when the first mail comes: nobody else pays for it."""

    def view() -> type[AnymailBaseWebhookView]:
        from importlib import import_module

        found: type[AnymailBaseWebhookView] = getattr(import_module(f"anymail.webhooks.{module}"), name)
        return found

    return view


def _asking_for_the_secret() -> type[AnymailBaseWebhookView]:
    """The library's own for SendGrid says with every mail that nobody tends it; of it we need nothing else."""
    from anymail.webhooks.base import AnymailBaseWebhookView

    class AskingForTheSecret(AnymailBaseWebhookView):
        esp_name = "SendGrid"

    return AskingForTheSecret


PROVIDERS: Mapping[str, Provider] = {
    "mailgun-mime": Provider(
        _view_of("mailgun", "MailgunInboundWebhookView"), _mailgun, is_form=True, signs_the_form=True
    ),
    "sendgrid": Provider(_asking_for_the_secret, _sendgrid, is_form=True),
    "postmark": Provider(_view_of("postmark", "PostmarkInboundWebhookView"), _postmark),
    "sparkpost": Provider(_view_of("sparkpost", "SparkPostInboundWebhookView"), _sparkpost),
    "mailjet": Provider(_view_of("mailjet", "MailjetInboundWebhookView"), _mailjet),
}
"""By what WATCHKEEPER_INBOUND_PROVIDERS and their addresses call them. Mailgun sends mails as they came to an address
that says ``mime``, and only there."""
