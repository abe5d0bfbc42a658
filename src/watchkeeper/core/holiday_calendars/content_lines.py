"""An iCalendar file as its content lines (RFC 5545, 3.1), unfolded, each with the line of the file it begins in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from watchkeeper.core.holiday_calendars.reading import LARGEST, Unreadable
from watchkeeper.core.policy_file.problems import quoted

_LINE_END = re.compile(rb"\r\n|\n|\r")
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class ContentLine(NamedTuple):
    """A property: its name in capitals, its parameters, and its value as it is written."""

    line: int
    name: str
    parameters: Mapping[str, str]
    value: str


def content_lines(content: bytes) -> Iterator[ContentLine]:
    """Every content line. Raises ``Unreadable`` at the first that is none."""
    from icalendar.parser import Contentline  # 0.2 s, paid only by who reads a file

    if len(content) > LARGEST:
        raise Unreadable(f"the file has {len(content):,} bytes; a calendar of holidays has at most {LARGEST:,}")
    for number, written in _unfolded(content):
        try:
            text = written.decode("utf-8")
        except UnicodeDecodeError:
            raise Unreadable("holds bytes that are not UTF-8; save the file as UTF-8", number) from None
        try:
            name, parameters, value = Contentline(text).parts()  # type: ignore[no-untyped-call]
        except ValueError:
            says = f"{quoted(text)} is no property; a line of an iCalendar file is NAME:value or NAME;PARAMETER=…:value"
            raise Unreadable(says, number) from None
        given = {key.upper(): str(said) for key, said in parameters.items()}
        yield ContentLine(number, name.upper(), given, value)


def _unfolded(content: bytes) -> Iterator[tuple[int, bytes]]:
    """The lines that are not empty; one that begins with white space goes on the one before, wherever it was cut."""
    begun: tuple[int, bytearray] | None = None
    for number, line in enumerate(_LINE_END.split(content.removeprefix(BYTE_ORDER_MARK)), start=1):
        if begun is not None and line[:1] in (b" ", b"\t"):
            begun[1].extend(line[1:])
        elif line.strip():
            if begun is not None:
                yield begun[0], bytes(begun[1])
            begun = number, bytearray(line)
    if begun is not None:
        yield begun[0], bytes(begun[1])
