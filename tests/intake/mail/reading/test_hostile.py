"""Mails that are made to cost more than they weigh (TRUST class 26): none takes more than the child may have.

Two seconds of processor time and 256 MB are held by the kernel (`test_confinement.py`); here every such mail is
answered, by its letter or by words that say what was too much, and the mail after it is read.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import pytest

from tests.intake.mail.reading.test_reader import ORDINARY
from tests.intake.mail.reading.written import OWN, as_base64, mail, multipart
from watchkeeper.intake.mail.reading.limits import Unreadable
from watchkeeper.intake.mail.reading.reader import Reader


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader(OWN, wall_seconds=300) as one:
        yield one


def html(body: str) -> bytes:
    return mail("Content-Type: text/html", body=body)


def reply(body: str) -> bytes:
    return mail("Subject: Re: x", body=body)


def zip_bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", b"\0" * 50_000_000)
    head = "Content-Type: application/zip; name=a.zip\nContent-Transfer-Encoding: base64"
    content_type, body = multipart("mixed", "\nsee the file", f"{head}\n\n{as_base64(packed.getvalue())}")
    return mail(content_type, body=body)


REFUSED = {
    "58 kB of parts in parts": (
        b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (at, at) for at in range(1_100)),
        "30 deep",
    ),
    "450 kB of empty parts": (mail("Content-Type: multipart/mixed; boundary=x", body="--x\n\n" * 90_000), "200 parts"),
    "100,000 headers": (b"X-A: b\n" * 100_000 + b"\nbody", "2,000 headers"),
    "a header of 5 MB": (mail("X-A: " + "b" * 5_000_000), "1,000,000 bytes"),
    "headers without end": (b"X-A: " + b"b" * 5_000_000, "1,000,000 bytes"),
    "parameters without end": (mail("Content-Type: text/plain" + ";a=b" * 100_000), "8,000 characters"),
    "half quotes in parameters": (mail("Content-Type: text/plain" + ';"' * 100_000), "8,000 characters"),
    "a list of 18,000 points": (html("<ol>" + "<li>a" * 18_000), "2 s of processor time"),
}
READ = {
    "2,000 nested comments": mail("To: " + "(" * 2_000 + "x" + ")" * 2_000 + " a@x.example"),
    "comments that do not end": mail("To: " + "(" * 500_000),
    "quotes that do not end": mail("To: " + '"\\' * 400_000),
    "100,000 recipients": mail("To: " + ",".join(f"a{at}@b" for at in range(100_000))),
    "groups in groups": mail("To: " + "a:" * 300_000 + ";" * 300_000),
    "half encoded words": mail("Subject: " + "=?a?q?" * 150_000),
    "encoded words in a row": mail("Subject: " + "=?utf-8?q?a?= " * 60_000),
    "references without end": mail("References: " + "<a@b> " * 100_000 + "<" * 300_000),
    "folds without end": mail("Subject: a\r\n" + " \r\n" * 200_000),
    "results without end": mail("Authentication-Results: mx.desk.example" + "; dmarc=pass (" * 60_000),
    "open tags": html("<div>" * 70_000),
    "tags that are closed by others": html("<div></b>" * 40_000),
    "open marks": html("<" * 900_000),
    "open comments": html("<!--" * 200_000),
    "attributes that stay open": html("".join(f"<b a={at}>" for at in range(90)) + "<p>x</p>" * 5_000),
    "half character references": html("&" * 900_000),
    "a table of 70,000 cells": html("<table><tr>" + "<td>a" * 70_000),
    "On … wrote, once more and again": reply("hi\n" + ("On 1 " + "a " * 90 + "\n") * 2_500 + "wrote:\n"),
    "On … wrote …, line by line": reply("hi\n" + ("On 1 " + "a " * 45 + "wrote " + "a " * 45 + "x:\n") * 2_500),
    "On … wrote in one line": reply("hi\nOn 1 " + "a " * 240_000 + "wrote:"),
    "From: and From: and From:": reply("hi\n" + ("From: 1 " + "a " * 90 + "\n") * 2_500),
    "rules without end": reply("hi\n" + "-" * 490_000 + "x"),
    "quotes in quotes": reply(">" * 490_000 + "\n"),
    "10 MB of line ends": mail(body="\n" * 10_000_000),
    "a zip that unpacks to 50 MB": zip_bomb(),
    "a bounce of 100,000 recipients": mail(
        "Return-Path: <>", "Subject: failure notice", body="<a@b.example>:\n" * 100_000
    ),
    "uuencoded lines": mail("Content-Transfer-Encoding: x-uuencode", body="begin 644 a\n" + "#0V%T\n" * 300_000),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_asks_for_too_much_is_refused_with_a_reason(reader: Reader, name: str) -> None:
    raw, why = REFUSED[name]
    with pytest.raises(Unreadable, match=why):
        reader.read(raw)

    assert reader.read(ORDINARY).text == "Nothing works."


@pytest.mark.parametrize("name", READ)
def test_what_only_looks_hard_is_read(reader: Reader, name: str) -> None:
    assert reader.read(READ[name]).author is not None
    assert reader.read(ORDINARY).text == "Nothing works."


def test_an_archive_is_a_file_and_is_not_unpacked(reader: Reader) -> None:
    (file,) = reader.read(zip_bomb()).files

    assert (file.name, file.media_type) == ("a.zip", "application/zip")
    assert len(file.data) < 100_000
