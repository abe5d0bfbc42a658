"""Mails for tests, written as short as they can be."""

from __future__ import annotations

import base64

from watchkeeper.intake.mail.letter import Letter
from watchkeeper.intake.mail.reading.letters import read
from watchkeeper.intake.mail.reading.own import Own

OWN = Own(authserv_ids=frozenset({"mx.desk.example", "mx2.desk.example"}), host="desk.example")


def mail(
    *headers: str, body: str | bytes = "Nothing works.", sender: str = "From: Ana <ana@customer.example>"
) -> bytes:
    """Headers as lines, in Latin-1 so that raw bytes can be written as characters."""
    head = "\r\n".join([*([sender] if sender else []), *headers, "", ""]).encode("latin-1")
    return head + (body if isinstance(body, bytes) else body.encode())


def letter(
    *headers: str, body: str | bytes = "Nothing works.", sender: str = "From: Ana <ana@customer.example>"
) -> Letter:
    return read(mail(*headers, body=body, sender=sender), own=OWN)


def multipart(subtype: str, *parts: str | bytes) -> tuple[str, bytes]:
    """The Content-Type and the body of parts, each written with its headers."""
    boundary = f"{subtype}-boundary"
    pieces = [part if isinstance(part, bytes) else part.encode() for part in parts]
    body = b"".join(b"--" + boundary.encode() + b"\n" + piece + b"\n" for piece in pieces)
    return f'Content-Type: multipart/{subtype}; boundary="{boundary}"', body + f"--{boundary}--\n".encode()


def of_parts(subtype: str, *parts: str | bytes, headers: tuple[str, ...] = ()) -> Letter:
    content_type, body = multipart(subtype, *parts)
    return letter(*headers, content_type, body=body)


def as_base64(data: bytes) -> str:
    return base64.encodebytes(data).decode()
