"""winmail.dat: unpacked where that can be done, kept where not."""

from __future__ import annotations

import struct

import pytest

from tests.intake.mail.reading.written import as_base64, letter, of_parts
from watchkeeper.intake.mail.letter import File
from watchkeeper.intake.mail.reading import limits
from watchkeeper.intake.mail.reading.limits import Unreadable

SIGNATURE = struct.pack("<IH", 0x223E9F78, 1)


def entry(level: int, name: int, kind: int, data: bytes) -> bytes:
    return struct.pack("<BHHI", level, name, kind, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)


RENDERING = entry(2, 0x9002, 6, b"\0" * 14)
CODEPAGE = entry(1, 0x9007, 6, struct.pack("<II", 1252, 0))


def packed(*entries: bytes) -> bytes:
    return SIGNATURE + CODEPAGE + b"".join(entries) + entry(1, 0x8009, 2, b"end-of-it")


def a_file(name: bytes, data: bytes) -> bytes:
    return RENDERING + entry(2, 0x8010, 1, name + b"\0") + entry(2, 0x800F, 6, data)


def winmail(data: bytes, media_type: str = "application/ms-tnef") -> str:
    return f'Content-Type: {media_type}; name="winmail.dat"\nContent-Transfer-Encoding: base64\n\n{as_base64(data)}'


@pytest.mark.parametrize("media_type", ["application/ms-tnef", "application/vnd.ms-tnef", "application/octet-stream"])
def test_the_files_within_stand_in_its_place(media_type: str) -> None:
    data = packed(a_file(b"a.txt", b"one"), a_file(b"..\\b.txt", b"two"))
    read = of_parts("mixed", "\nHello", winmail(data, media_type))

    assert read.text == "Hello"
    assert read.files == (
        File("a.txt", "application/octet-stream", b"one"),
        File("b.txt", "application/octet-stream", b"two"),
    )


def test_its_text_is_shown_where_the_mail_has_none() -> None:
    data = packed(entry(1, 0x800C, 2, b"From within.\0"))

    assert of_parts("mixed", winmail(data)).text == "From within."
    assert of_parts("mixed", "\nHello", winmail(data)).text == "Hello"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no tnef at all",
        SIGNATURE,
        SIGNATURE + b"\xff" * 200,
        packed(),
        packed(a_file(b"a.txt", b"one"))[:60],
        packed(entry(2, 0x8010, 1, b"no rendering before\0")),
        packed(entry(1, 0x9003, 6, struct.pack("<I", 5) + b"\xff" * 40)),
        packed(entry(1, 0x9003, 6, b"\x01")),
        packed(RENDERING + entry(2, 0x9005, 6, b"\x05\0\0\0" + b"\x1e\0\x01\x37" + b"\xff" * 9)),
    ],
)
def test_what_cannot_be_unpacked_is_kept(data: bytes) -> None:
    read = of_parts("mixed", "\nHello", winmail(data))

    assert read.text == "Hello"
    assert read.files == (File("winmail.dat", "application/ms-tnef", data),)


def test_a_package_with_an_empty_file_is_kept_beside_what_was_in_it() -> None:
    read = of_parts("mixed", winmail(packed(a_file(b"a.txt", b"one"), a_file(b"b.txt", b""))))

    assert [file.name for file in read.files] == ["a.txt", "winmail.dat"]


def test_a_package_of_too_many_files_is_too_much() -> None:
    with pytest.raises(Unreadable, match="1,000 files"):
        of_parts("mixed", winmail(packed(*[a_file(b"a", b"x")] * (limits.FILES + 1))))


def test_a_mail_that_is_nothing_else_is_read() -> None:
    data = packed(a_file(b"a.txt", b"one"))
    headers, _, body = winmail(data).partition("\n\n")

    assert [file.name for file in letter(*headers.split("\n"), body=body).files] == ["a.txt"]
