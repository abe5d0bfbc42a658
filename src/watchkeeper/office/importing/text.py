"""From the bytes of a file to its text: UTF-8 or UTF-16, or what somebody says it is; never a guess at letters."""

from __future__ import annotations

import codecs
import unicodedata
from typing import NamedTuple

from watchkeeper.core.said import sentence
from watchkeeper.office.importing.problems import Unreadable, shown

LARGEST = 32 * 1024 * 1024
"""Bytes of one file."""

CP1252 = "cp1252"
_MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_NAMES = {"utf-8": "UTF-8", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16", CP1252: "Windows-1252"}


class Decoded(NamedTuple):
    """A file's text, its letters composed (NFC), and the name of the encoding it was in."""

    text: str
    encoding: str


def decoded(content: bytes, *, encoding: str = "") -> Decoded:
    """The text of a file. ``encoding`` is empty, or ``cp1252`` where somebody says so. Raises ``Unreadable``."""
    if len(content) > LARGEST:
        told = sentence("is larger than {most} MB; split it into several files", most=LARGEST // 1024 // 1024)
        raise Unreadable(told)
    mark = next((mark for mark in _MARKS if content.startswith(mark)), b"")
    found = _MARKS.get(mark) or encoding or _without_a_mark(content)
    try:
        text = content[len(mark) :].decode(found)
    except UnicodeDecodeError as error:
        raise _not_in(found, content, error.start + len(mark)) from None
    return Decoded(unicodedata.normalize("NFC", text), _NAMES[found])


def _without_a_mark(content: bytes) -> str:
    """UTF-16 without a mark shows by its zeros: every second byte of Western letters is one."""
    head = content[:400]
    if head.count(0) * 3 > len(head):
        return "utf-16-le" if head[1::2].count(0) > head[0::2].count(0) else "utf-16-be"
    return "utf-8"


def _not_in(encoding: str, content: bytes, at: int) -> Unreadable:
    line = content.count(b"\n", 0, at) + 1
    if encoding != "utf-8":
        told = sentence("holds bytes that are not {encoding}; save the file as UTF-8", encoding=_NAMES[encoding])
        return Unreadable(told, line=line)
    begins, ends = content.rfind(b"\n", 0, at) + 1, content.find(b"\n", at)
    around = content[max(begins, at - 20) : min(ends if ends >= 0 else len(content), at + 20)]
    guess = around.decode(CP1252, "replace").strip()
    told = sentence(
        "holds bytes that are not UTF-8. Were they Windows-1252, the place would read {guess}: if that is "
        "right, say that the file is in Windows-1252, or save it as “CSV UTF-8”",
        guess=shown(guess),
    )
    return Unreadable(told, line=line)
