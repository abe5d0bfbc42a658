"""Whose desk it is, what customers write, and what the desk has kept."""

from __future__ import annotations

from watchkeeper.intake.mail.doors.addresses import OwnAddresses
from watchkeeper.intake.models import RawMail, ReceivedMail

DESK = "desk@desk.example"
ANA = "ana@customer.example"
ADDRESSES = OwnAddresses(DESK, frozenset({"escalations@vendor.example"}))


def mail(subject: str = "Printing is down", *, body: str = "Nothing prints.", number: int = 1) -> bytes:
    """A mail of Ana's as it stands on the wire."""
    return (
        f"From: Ana <{ANA}>\r\nTo: {DESK}\r\nSubject: {subject}\r\nMessage-ID: <{number}@customer.example>\r\n\r\n"
        f"{body}\r\n"
    ).encode()


def kept() -> list[bytes]:
    """The bytes of all mails that the desk has, the first first."""
    from watchkeeper.people.wall import for_the_desk

    with for_the_desk():
        assert not ReceivedMail.objects.filter(raw=None).exists()
        return [bytes(raw.data) for raw in RawMail.objects.order_by("mail_id")]


def received() -> list[ReceivedMail]:
    """What the desk says of them."""
    from watchkeeper.people.wall import for_the_desk

    with for_the_desk():
        return list(ReceivedMail.objects.order_by("id"))
