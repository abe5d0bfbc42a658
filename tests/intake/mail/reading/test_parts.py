"""The parts of a mail, and the limits within which they are looked for (TRUST class 26)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.intake.mail.reading.written import mail, multipart
from watchkeeper.intake.mail.reading import limits, parts
from watchkeeper.intake.mail.reading.limits import Unreadable


def leaves(raw: bytes) -> list[tuple[str, bytes]]:
    return [(leaf.media_type, leaf.data()) for leaf in parts.read(raw).leaves()]


def nested(depth: int) -> bytes:
    return b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (at, at) for at in range(depth))


def test_parts_are_found_in_their_order_with_what_they_carry() -> None:
    content_type, body = multipart(
        "mixed",
        "Content-Type: text/plain\n\nHello",
        "Content-Type: image/gif\nContent-Transfer-Encoding: base64\n\nR0lG\nODlh",
        "Content-Transfer-Encoding: quoted-printable\n\na=3Db=\n c",
        "Content-Transfer-Encoding: x-uuencode\n\nbegin 644 a.txt\n#0V%T\n`\nend",
        "\nno headers",
    )
    assert leaves(mail(content_type, body=body)) == [
        ("text/plain", b"Hello"),
        ("image/gif", b"GIF89a"),
        ("text/plain", b"a=b c"),
        ("text/plain", b"Cat"),
        ("text/plain", b"no headers"),
    ]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("before\n--b\n\none\n--b\n\ntwo\n--b--\nafter", [b"one", b"two"]),
        ("--b\r\n\r\none\r\n--b--\r\n", [b"one"]),
        ("--b\n\none", [b"one"]),
        ("--b\n\none\n--b", [b"one", b""]),
        ("--b \t\n\none\n--b--", [b"one"]),
        ("--b\n\nno --b\n--bb\n--b--", [b"no --b\n--bb"]),
        ("--b\n--b\n--b--", [b"", b""]),
        ("no boundary at all", [b"no boundary at all"]),
        ("", [b""]),
    ],
)
def test_boundaries_are_whole_lines_and_may_be_missing(body: str, found: list[bytes]) -> None:
    assert [data for _, data in leaves(mail("Content-Type: multipart/mixed; boundary=b", body=body))] == found


@pytest.mark.parametrize(
    "boundary", ["", "; boundary=", '; boundary=""', "; boundary*=utf-8''%F0%9F", "; boundary=\xff"]
)
def test_a_multipart_without_a_boundary_is_one_part(boundary: str) -> None:
    assert [data for _, data in leaves(mail(f"Content-Type: multipart/mixed{boundary}", body="--x\n\na"))] == [
        b"--x\n\na"
    ]


def test_an_inner_part_ends_where_its_outer_one_does() -> None:
    inner = "Content-Type: multipart/mixed; boundary=inner\n\n--inner\n\ndeep"
    assert leaves(mail("Content-Type: multipart/mixed; boundary=o", body=f"--o\n{inner}\n--o\n\nflat\n--o--")) == [
        ("text/plain", b"deep"),
        ("text/plain", b"flat"),
    ]


def test_an_enclosed_mail_stays_the_bytes_that_were_sent() -> None:
    enclosed = b"From: b@x.example\r\nContent-Type: multipart/mixed; boundary=y\r\n\r\n--y\r\n\r\n\xffin\r\n--y--\r\n"
    content_type, body = multipart("mixed", b"Content-Type: message/rfc822\n\n" + enclosed)

    assert leaves(mail(content_type, body=body)) == [("message/rfc822", enclosed)]


def test_the_parts_of_a_digest_are_mails() -> None:
    content_type, body = multipart("digest", "\nSubject: a\n\nA", "Content-Type: text/plain\n\nB")

    assert [media_type for media_type, _ in leaves(mail(content_type, body=body))] == ["message/rfc822", "text/plain"]


def test_headers_end_where_a_line_is_none() -> None:
    outermost = parts.read(b"From: a@x.example\nno header here\nSubject: not one either\n\nbody")

    assert outermost.head.first("from") == "a@x.example"
    assert "subject" not in outermost.head
    assert outermost.data().startswith(b"no header here\nSubject:")


def test_a_mail_may_have_as_much_as_the_limits_say() -> None:
    content_type, body = multipart("mixed", *["\nx"] * (limits.PARTS - 1))
    assert len(leaves(mail(content_type, body=body))) == limits.PARTS - 1
    assert leaves(nested(limits.DEPTH - 1))
    assert leaves(b"A: b\n" * limits.HEADERS)


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (
            mail(*multipart("mixed", *["\nx"] * limits.PARTS)[:1], body=multipart("mixed", *["\nx"] * limits.PARTS)[1]),
            "200 parts",
        ),
        (b"Content-Type: multipart/mixed; boundary=x\n\n" + b"--x\n\n" * 90_000, "200 parts"),
        (nested(limits.DEPTH), "30 deep"),
        (nested(1_200), "30 deep"),
        (b"A: b\n" * (limits.HEADERS + 1), "2,000 headers"),
        (b"A: b\n" * 100_000 + b"\nbody", "2,000 headers"),
        (b"Content-Type: multipart/mixed; boundary=x\n\n" + (b"--x\n" + b"A: b\n" * 100 + b"\n") * 30, "2,000 headers"),
        (b"A: " + b"b" * limits.HEADER_BYTES, "1,000,000 bytes"),
        (b"A: b\n" + b" c\n" * 500_000 + b"\n", "1,000,000 bytes"),
        (b"Content-Type: text/plain" + b";" * 10_000 + b"\n\n", "Content-Type"),
        (b"content-disposition: a" + b";x" * 10_000 + b"\n\n", "content-disposition"),
        (b"\n" + b"x" * limits.MAIL_BYTES, "35 MB"),
    ],
)
def test_beyond_them_it_is_not_read_and_says_what_was_too_much(raw: bytes, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        parts.read(raw)


@given(
    st.lists(
        st.sampled_from(
            [b"--b", b"--b--", b"\n", b"\r\n", b"\r", b"x", b" ", b"Content-Type: multipart/x; boundary=c\n", b"--c"]
        )
    )
)
def test_what_lies_between_boundaries_is_kept_whole(pieces: list[bytes]) -> None:
    raw = b"Content-Type: multipart/mixed; boundary=b\n\n" + b"".join(pieces)
    try:
        found = parts.read(raw)
    except Unreadable:
        return
    assert all(leaf.content in raw for leaf in found.leaves())
