"""What Outlook packs into winmail.dat (MS-OXTNEF): files, and sometimes the text."""

from __future__ import annotations

import logging
import struct
from dataclasses import dataclass

from tnefparse import TNEF

from watchkeeper.intake.mail.letter import File
from watchkeeper.intake.mail.reading import files, markup, words

MEDIA_TYPES = {"application/ms-tnef", "application/vnd.ms-tnef"}

# What its reader raises at bytes that are none: it checks nothing before it takes it.
_BROKEN = (
    *(ValueError, LookupError, TypeError, AttributeError, NameError, AssertionError, ArithmeticError, RecursionError),
    struct.error,
)

logging.getLogger("tnefparse").setLevel(logging.CRITICAL + 1)  # a stranger's bytes write no lines into our log


@dataclass(frozen=True, slots=True)
class Unpacked:
    """``has_markup`` is whether the text was HTML. ``has_other_text`` says that there is a text in a form that is not
    read here; ``is_damaged`` that a file in it is empty."""

    files: tuple[File, ...]
    text: str
    has_other_text: bool
    is_damaged: bool
    has_markup: bool = False


def unpacked(data: bytes) -> Unpacked | None:
    """What is within, or None where it cannot be unpacked."""
    try:
        package = TNEF(data, do_checksum=False)
        found = tuple(
            File(
                name=files.of_name(_text(each.long_filename()), media_type="", number=number),
                media_type="application/octet-stream",
                data=bytes(each.data),
            )
            for number, each in enumerate(package.attachments, start=1)
            if each.data
        )
        text = words.clean(_text(package.body))
        has_markup = not text and bool(package.htmlbody)
        if has_markup:
            text = markup.markdown(_text(package.htmlbody))
        return Unpacked(
            files=found,
            text=text,
            has_other_text=package.has_body() and not text,
            has_markup=has_markup,
            is_damaged=len(found) < len(package.attachments),
        )
    except _BROKEN:
        return None


def _text(value: str | bytes | None) -> str:
    return words.decoded(bytes(value)) if isinstance(value, (bytes, bytearray)) else value or ""
