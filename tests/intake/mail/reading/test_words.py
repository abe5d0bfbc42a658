"""Bytes, charsets and encoded words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchkeeper.intake.mail.reading import limits, words


@pytest.mark.parametrize(
    ("data", "charset", "text"),
    [
        ("Größe".encode(), "utf-8", "Größe"),
        ("Größe".encode("latin-1"), "iso-8859-1", "Größe"),
        ("“Größe”".encode("cp1252"), "ISO-8859-1", "“Größe”"),
        ("Größe".encode(), "iso-8859-1", "Größe"),
        ("Größe".encode(), "us-ascii", "Größe"),
        ("Größe".encode("latin-1"), "us-ascii", "Größe"),
        ("Größe".encode("latin-1"), "utf-8", "Größe"),
        ("Größe".encode(), "", "Größe"),
        ("Größe".encode("latin-1"), "no-such-charset", "Größe"),
        ("故障".encode("gbk"), "gb2312", "故障"),
        ("故障".encode("gbk"), "iso-gb2312", "故障"),
        ("障害".encode("iso-2022-jp"), "iso-2022-jp", "障害"),
        ("障害".encode("shift_jis"), "Shift_JIS", "障害"),
        (b"+APw-ber", "unicode-1-1-utf-7", "über"),
        (b"plain", "x" * 500, "plain"),
        (b"plain", "zlib", "plain"),
        (b"plain", "rot13", "plain"),
        (b"a\\x41", "unicode_escape", "a\\x41"),
        (b"xn--caf-dma", "idna", "xn--caf-dma"),
        (b"plain", "../../etc/passwd", "plain"),
    ],
)
def test_bytes_are_read_by_the_charset_they_have_whatever_they_say(data: bytes, charset: str, text: str) -> None:
    assert words.decoded(data, charset) == text


def test_one_broken_byte_does_not_turn_the_whole_text() -> None:
    assert words.decoded("Größe und Länge für Ämter".encode() + b"\xff", "utf-8") == "Größe und Länge für Ämter\ufffd"


def test_raw_bytes_of_a_header_are_read_by_what_the_body_is_written_in() -> None:
    raw = "故障".encode("gbk").decode("ascii", "surrogateescape")

    assert words.of_header(raw, hint="gb2312") == "故障"


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("=?utf-8?q?Gr=C3=B6=C3=9Fe?=", "Größe"),
        ("=?iso-8859-1?Q?Gr=F6=DFe?= 2", "Größe 2"),
        ("=?utf-8?b?R3LDtsOfZQ==?=", "Größe"),
        ("=?utf-8?b?R3LDtsOfZQ?=", "Größe"),
        ("=?utf-8?q?a_b?= =?utf-8?q?c?=", "a bc"),
        ("=?utf-8?q?a?= b", "a b"),
        ("=?utf-8?q?=C3?= =?utf-8?q?=B6?=", "ö"),
        ("Re:=?utf-8?q?x?=y", "Re:xy"),
        ("=?utf-8*de?q?x?=", "x"),
        ("=?no-such?q?x?=", "x"),
        ("=?utf-8?q?open", "=?utf-8?q?open"),
        ("=?utf-8?x?y?=", "=?utf-8?x?y?="),
        ("=?utf-8?q?a=0D=0ABcc:_x?=", "a Bcc: x"),
        ("  two\r\n  lines\t ", "two lines"),
        ("a\u202eb\u200bc\x00d\x1b", "abc d"),
    ],
)
def test_a_header_becomes_one_line(written: str, text: str) -> None:
    assert words.of_header(written) == text


def test_a_line_ends_somewhere() -> None:
    assert words.of_header("x" * 5_000) == "x" * limits.LINE_CHARACTERS


def test_a_text_keeps_its_lines_and_loses_what_cannot_be_shown() -> None:
    assert words.clean("\r\n  a \r\nb\x00\x08\x1b[31m\rc\ud800\r\n\r\n") == "  a\nb[31m\nc\ufffd"


@given(
    st.binary(max_size=60),
    st.sampled_from(["", "utf-8", "gb2312", "utf-7", "iso-2022-jp", "utf-16", "big5", "hz", "x"]),
)
def test_all_bytes_become_text_that_can_be_kept(data: bytes, charset: str) -> None:
    for text in (words.clean(words.decoded(data, charset)), words.one_line(words.decoded(data, charset))):
        assert "\x00" not in text
        text.encode("utf-8")
    once = words.clean(words.decoded(data, charset))
    assert words.clean(once) == once


@given(st.binary(max_size=40))
def test_base64_is_read_as_far_as_it_can_be(data: bytes) -> None:
    assert isinstance(words.from_base64(data), bytes)
