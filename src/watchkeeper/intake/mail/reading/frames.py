"""How a mail goes to the child and what comes back: frames with their length before them, JSON and raw bytes in them.

The child may have been taken over by what it read. So nothing that it answers is run or unpickled, and nothing is
taken that ``read`` could not have made.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from dataclasses import asdict, fields
from typing import Any

from watchkeeper.core.mail import KINDS, VERDICTS
from watchkeeper.intake.mail.letter import Delivery, File, Letter, Mailbox
from watchkeeper.intake.mail.reading import addresses, limits, words
from watchkeeper.intake.mail.reading.limits import Unreadable

LENGTH = struct.Struct(">I")
LARGEST = 96 * 1024 * 1024

_LONGEST_LINE = 2 * limits.LINE_CHARACTERS
_LONGEST_PAGE = 8 * limits.HTML_CHARACTERS
_MANY_LINES = {"text", "quoted"}


class Garbage(Exception):
    """An answer that no reading gives."""


def framed(data: bytes) -> bytes:
    return LENGTH.pack(len(data)) + data


def packed(letter: Letter) -> Iterator[bytes]:
    """An answer, piece by piece: the frame of its fields, then the bytes of each file, whose sizes stand in it."""
    plain = {field.name: getattr(letter, field.name) for field in fields(letter) if field.name != "files"}
    plain |= {"author": letter.author and asdict(letter.author), "to": [asdict(each) for each in letter.to]}
    plain["deliveries"] = [asdict(each) for each in letter.deliveries]
    plain["files"] = [
        {"name": each.name, "media_type": each.media_type, "content_id": each.content_id, "size": len(each.data)}
        for each in letter.files
    ]
    head = json.dumps({"letter": plain}, ensure_ascii=False, separators=(",", ":")).encode()
    yield framed(head)
    for each in letter.files:
        yield each.data


def packed_refusal(why: str) -> Iterator[bytes]:
    yield framed(json.dumps({"unreadable": why}).encode())


class Answer:
    """The first frame of an answer, checked; ``sizes`` are those of the files that follow it."""

    def __init__(self, head: bytes) -> None:
        try:
            said = json.loads(head)
        except (ValueError, RecursionError):
            raise Garbage("no JSON") from None
        if isinstance(said, dict) and said.keys() == {"unreadable"}:
            raise Unreadable(_line(said["unreadable"]))
        _require(isinstance(said, dict) and said.keys() == {"letter"} and isinstance(said["letter"], dict), "a letter")
        self._fields: dict[str, Any] = said["letter"]
        _require(self._fields.keys() == {field.name for field in fields(Letter)}, "the fields of a letter")
        self._files = _list(self._fields["files"], limits.FILES + limits.PARTS)
        for each in self._files:
            _require(isinstance(each, dict) and each.keys() == {"name", "media_type", "content_id", "size"}, "a file")
            _require(type(each["size"]) is int and 0 <= each["size"] <= LARGEST, "a size")
        self.sizes: list[int] = [each["size"] for each in self._files]
        _require(sum(self.sizes) <= LARGEST, "files of that size")

    def letter(self, contents: list[bytes]) -> Letter:
        said = self._fields
        _require(said["kind"] in KINDS and said["verdict"] in VERDICTS, "a kind and a verdict")
        _require(type(said["has_one_author"]) is type(said["is_plain"]) is bool, "true or false")
        return Letter(
            kind=said["kind"],
            why_kind=_line(said["why_kind"]),
            author=None if said["author"] is None else _mailbox(said["author"]),
            has_one_author=said["has_one_author"],
            verdict=said["verdict"],
            message_id=_line(said["message_id"]),
            answers=_lines(said["answers"]),
            to=tuple(_mailbox(each) for each in _list(said["to"], limits.ADDRESSES)),
            subject=_line(said["subject"]),
            text=_text(said["text"]),
            quoted=_text(said["quoted"]),
            is_plain=said["is_plain"],
            page=_page(said["page"]),
            severity=_line(said["severity"]),
            asks_to=_line(said["asks_to"]),
            files=tuple(
                File(_line(each["name"]), _line(each["media_type"]), data, _line(each["content_id"]))
                for each, data in zip(self._files, contents, strict=True)
            ),
            deliveries=tuple(
                Delivery(**_of_lines(each, Delivery)) for each in _list(said["deliveries"], limits.DELIVERIES)
            ),
            about=_lines(said["about"]),
            loops=_lines(said["loops"]),
            ignored=_lines(said["ignored"]),
            wants_no_answer=_line(said["wants_no_answer"]),
        )


def _mailbox(said: object) -> Mailbox:
    mailbox = Mailbox(**_of_lines(said, Mailbox))
    _require(addresses.plain(mailbox.address) == mailbox.address != "", "an address")
    return mailbox


def _of_lines(said: object, kind: type) -> dict[str, str]:
    names = {field.name for field in fields(kind)}
    if not isinstance(said, dict) or said.keys() != names:
        raise Garbage(f"not a {kind.__name__.lower()}")
    return {name: _line(said[name]) for name in names}


def _lines(said: object) -> tuple[str, ...]:
    return tuple(_line(each) for each in _list(said, limits.HEADERS))


def _list(said: object, most: int) -> list[Any]:
    if not isinstance(said, list) or len(said) > most:
        raise Garbage("not a list of that length")
    return said


def _line(said: object) -> str:
    if not isinstance(said, str) or len(said) > _LONGEST_LINE or words.one_line(said) != said:
        raise Garbage("not a line of text")
    return said


def _text(said: object) -> str:
    if not isinstance(said, str) or len(said) > 2 * limits.TEXT_CHARACTERS or words.clean(said) != said:
        raise Garbage("not a text")
    return said


def _page(said: object) -> str:
    """HTML; whoever keeps it makes it harmless once more."""
    if not isinstance(said, str) or len(said) > _LONGEST_PAGE:
        raise Garbage("not a page")
    return said


def _require(is_so: bool, what: str) -> None:
    if not is_so:
        raise Garbage(f"not {what}")
