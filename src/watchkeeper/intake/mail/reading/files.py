"""Files out of parts: what a part calls itself, as a name that can be shown."""

from __future__ import annotations

import re

from watchkeeper.intake.mail.letter import File
from watchkeeper.intake.mail.reading import words
from watchkeeper.intake.mail.reading.parts import Part

_ENDINGS = {
    "message/rfc822": ".eml",
    "message/global": ".eml",
    "message/delivery-status": ".txt",
    "application/pkcs7-signature": ".p7s",
    "application/pkcs7-mime": ".p7m",
    "application/pgp-signature": ".asc",
    "application/pgp-encrypted": ".asc",
    "application/ms-tnef": ".dat",
    "text/rfc822-headers": ".txt",
    "text/plain": ".txt",
    "text/html": ".html",
    "text/csv": ".csv",
    "text/calendar": ".ics",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/gif": ".gif",
    "application/pdf": ".pdf",
    "application/zip": ".zip",
}
_LONGEST_NAME = 150
_MEDIA_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,99}/[a-z0-9][a-z0-9!#$&^_.+-]{0,99}")


def named(part: Part, *, hint: str) -> str:
    """The name a part was sent with on one line, or nothing."""
    return (
        part.head.parameter("content-disposition", "filename", hint=hint)
        or part.head.parameter("content-type", "name", hint=hint)
        or words.of_header(part.head.first("content-description"), hint=hint) * _is_enclosed_mail(part)
    )


def of_part(part: Part, *, number: int, hint: str) -> File:
    """``number`` names a file whose part does not."""
    media_type = part.media_type if _MEDIA_TYPE.fullmatch(part.media_type) else "application/octet-stream"
    name = of_name(named(part, hint=hint), media_type=media_type, number=number)
    content_id = words.of_header(part.head.first("content-id")).strip("<> ")
    return File(name=name, media_type=media_type, data=part.data(), content_id=content_id)


def of_name(written: str, *, media_type: str, number: int) -> str:
    """Without folders and never empty; a mail that was enclosed ends in .eml whatever it was called."""
    name = re.split(r"[/\\]", words.one_line(written))[-1].strip(" .")
    ending = _ENDINGS.get(media_type, ".bin")
    if not name:
        return f"{'mail' if ending == '.eml' else 'file'}-{number}{ending}"
    stem, dot, own_ending = name.rpartition(".")
    if ending == ".eml" and own_ending.lower() != "eml":
        return f"{name[:_LONGEST_NAME]}.eml"
    if len(name) > _LONGEST_NAME:
        return f"{stem[: _LONGEST_NAME - 20]}{dot}{own_ending[:20]}" if stem else name[:_LONGEST_NAME]
    return name


def _is_enclosed_mail(part: Part) -> bool:
    return part.media_type in ("message/rfc822", "message/global")
