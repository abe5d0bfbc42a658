"""Damaged and invented mails: each is read, or refused in words, and either answer can be sent."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.intake.mail.reading.test_frames import there_and_back
from tests.intake.mail.reading.test_tnef import a_file, packed, winmail
from tests.intake.mail.reading.written import OWN, mail, multipart
from tests.patience import examples
from watchkeeper.core.mail import KINDS, VERDICTS
from watchkeeper.intake.mail.reading import addresses
from watchkeeper.intake.mail.reading.letters import read
from watchkeeper.intake.mail.reading.limits import Unreadable


def whole(subtype: str, *parts: str, headers: tuple[str, ...] = ()) -> bytes:
    content_type, body = multipart(subtype, *parts)
    return mail(*headers, content_type, body=body)


SAMPLES = [
    mail(
        "Subject: =?utf-8?q?Gr=C3=B6=C3=9Fe?=", "To: A <a@x.example>, b@x.example", body="Severity: 1\nDown\n-- \nAna"
    ),
    mail(
        "Subject: Re: x",
        "In-Reply-To: <1@x>",
        "References: <1@x>",
        body="Ja.\n\nAm 3. Mai schrieb Bob <b@x.example>:\n> x",
    ),
    mail(
        "Content-Type: text/html; charset=iso-8859-1",
        body="<table><tr><td>a<td><b>b</table><a href=https://x.example>c",
    ),
    mail("Authentication-Results: mx.desk.example; dmarc=pass (p=none) header.from=customer.example", "X-Desk-A: b"),
    whole(
        "mixed",
        "\na",
        "Content-Type: image/png; name*0*=utf-8''%C3%A4; name*1=.png\nContent-ID: <c>\n\nx",
        winmail(packed(a_file(b"a", b"b"))),
    ),
    whole("alternative", "Content-Type: text/plain; charset=gb2312\n\na", "Content-Type: text/html\n\n<p>a"),
    whole(
        "report; report-type=delivery-status",
        "\n<a@x.example>: no",
        "Content-Type: message/delivery-status\n\nx: y\n\nFinal-Recipient: rfc822; a@x.example\nAction: failed\n",
        "Content-Type: message/rfc822\n\nMessage-ID: <1@desk.example>\n\nx",
    ),
    mail(
        "Return-Path: <>",
        "Subject: failure notice",
        body="<a@x.example>:\nno. (#5.1.1)\n\nMessage-ID: <1@desk.example>",
    ),
    mail("Content-Transfer-Encoding: base64", "Content-Type: text/plain; charset=utf-16", body="//5hAGIA"),
]
LUMPS = [
    *(
        b"\r\n",
        b"\n\n",
        b"--mixed-boundary\n",
        b"--",
        b"\x00",
        b"\xff\xfe",
        b"=?utf-8?b?",
        b"?=",
        b"(",
        b'"',
        b"<",
        b">",
        b"@",
        b";",
        b",",
    ),
    *(
        b"Content-Type: multipart/mixed; boundary=x\n",
        b"Content-Transfer-Encoding: x-uuencode\n",
        b"charset=utf-7",
        b"charset=hz",
    ),
    *(
        b"From: c@x.example\n",
        b"Auto-Submitted: x\n",
        b"=ZZ",
        b"%00",
        b"<div>" * 50,
        b">" * 50,
        b"On 1 wrote:\n",
        b"\xed\xa0\x80",
    ),
]


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A sample with pieces cut out, doubled, exchanged with another's, or with lumps put into it."""
    raw = draw(st.sampled_from(SAMPLES))
    for _ in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, len(raw)))
        end = draw(st.integers(start, min(len(raw), start + 200)))
        other = draw(st.sampled_from(SAMPLES))
        at = draw(st.integers(0, len(other)))
        new = draw(
            st.sampled_from([b"", raw[start:end] * 2, other[at : at + 100]])
            | st.sampled_from(LUMPS)
            | st.binary(max_size=9)
        )
        raw = raw[:start] + new + raw[end:]
    return raw


@pytest.mark.property
@settings(max_examples=examples(80))
@given(damaged() | st.binary(max_size=300) | st.lists(st.sampled_from(LUMPS)).map(b"".join))
def test_it_is_read_or_refused(raw: bytes) -> None:
    try:
        letter = read(raw, own=OWN)
    except Unreadable:
        return
    assert letter.kind in KINDS
    assert letter.verdict in VERDICTS
    assert all(addresses.plain(each.address) == each.address for each in (*letter.to, *filter(None, [letter.author])))
    assert all(file.name for file in letter.files)
    assert there_and_back(letter) == letter
