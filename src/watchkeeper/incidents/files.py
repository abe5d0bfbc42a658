"""Files given with a message: kept in the database in chunks, digested, under random keys and safe names."""

from __future__ import annotations

import hashlib
import re
import secrets
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from django.utils.formats import number_format
from django.utils.translation import gettext

from watchkeeper.incidents.models import Attachment, AttachmentChunk, Event
from watchkeeper.policies.models import SignedCopy

LARGEST = 25 * 1024 * 1024
CHUNK = 256 * 1024
LONGEST_NAME = 200


class GivenFile(NamedTuple):
    """A file as it was given: the name its sender wrote, what they say it is, and its bytes."""

    name: str
    media_type: str
    data: bytes


class TooLarge(ValueError):
    """A file over the limit; the message says the limit."""


def keep(event: Event, given: Sequence[GivenFile]) -> None:
    """Keep files with the message of an event."""
    for file in given:
        if len(file.data) > LARGEST:
            raise TooLarge(too_large(file.name, len(file.data), most=LARGEST))
        attachment = Attachment.objects.create(
            message=event.message,
            account_id=event.account_id,
            key=secrets.token_urlsafe(32),
            name=safe_name(file.name),
            media_type=_media_type(file.media_type),
            size=len(file.data),
            digest=hashlib.sha256(file.data).hexdigest(),
        )
        AttachmentChunk.objects.bulk_create(
            AttachmentChunk(attachment=attachment, account_id=event.account_id, number=number, data=part)
            for number, part in enumerate(parts(file.data))
        )


def too_large(name: str, size: int, *, most: int) -> str:
    """Why a file is not kept."""
    words = gettext("{name} has {size} bytes; a file may have {largest}")
    size_said, largest = (number_format(number, force_grouping=True) for number in (size, most))
    return words.format(name=safe_name(name), size=size_said, largest=largest)


def content_of(file: Attachment | SignedCopy) -> Iterator[bytes]:
    """The bytes of a file, chunk by chunk."""
    for chunk in file.chunks.order_by("number").iterator(chunk_size=8):
        yield bytes(chunk.data)


def safe_name(written: str) -> str:
    """A name to show and to save under: no path, no control or direction characters, no leading dot."""
    visible = "".join(
        letter for letter in unicodedata.normalize("NFC", written) if unicodedata.category(letter)[0] != "C"
    )
    name = re.split(r"[/\\]", visible)[-1].strip().lstrip(".")
    return name[-LONGEST_NAME:] or "file"


def _media_type(written: str) -> str:
    return (
        written if re.fullmatch(r"[\w.+-]+/[\w.+-]+", written) and len(written) <= 127 else "application/octet-stream"
    )


def parts(data: bytes) -> Iterator[bytes]:
    """A file in the pieces that it is kept in."""
    for start in range(0, len(data), CHUNK):
        yield data[start : start + CHUNK]
