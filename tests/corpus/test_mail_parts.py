"""The parts that are found as bytes are those that the standard library finds line by line."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from pathlib import Path

from watchkeeper.intake.mail.reading import parts

LAST_LINE_BREAK = "flanker/missing-final-boundary.eml"
"""Without a last boundary the line break before it is none: it belongs to the part."""


def leaves(message: Message) -> Iterator[Message]:
    if message.get_content_maintype() == "multipart" and message.is_multipart():
        for part in message.get_payload():
            yield from leaves(part)
    else:
        yield message


def test_they_are_the_same_in_every_mail(shared: Path) -> None:
    folder = shared / "data" / "mail"
    paths = [path for path in sorted(folder.glob("*/*")) if path.parent.name not in ("tnef", "reply_bodies")]
    assert len(paths) > 60
    for path in paths:
        raw = path.read_bytes()
        found = [(leaf.media_type, leaf.data()) for leaf in parts.read(raw).leaves()]
        theirs = list(leaves(message_from_bytes(raw)))

        assert [media_type for media_type, _ in found] == [part.get_content_type() for part in theirs], path
        for (media_type, data), part in zip(found, theirs, strict=True):
            if not media_type.startswith("message/"):  # which it takes apart, and here are kept as they came
                is_cut = str(path.relative_to(folder)) == LAST_LINE_BREAK
                assert (data.rstrip() if is_cut else data) == part.get_payload(decode=True), path
