"""Whose Authentication-Results are believed (TRUST section 5: our own authserv-id only)."""

from __future__ import annotations

import pytest

from tests.intake.mail.reading.written import letter
from watchkeeper.core.mail import FAIL, NONE, PASS

OURS = "Authentication-Results: mx.desk.example; spf=pass smtp.mailfrom=customer.example; dmarc="


@pytest.mark.parametrize(
    ("written", "verdict"),
    [
        (f"{OURS}pass header.from=customer.example", PASS),
        (f"{OURS}pass (p=none dis=none) header.from=Customer.Example", PASS),
        ("Authentication-Results: MX2.desk.example 1; dmarc = PASS header.from=customer.example", PASS),
        ("authentication-results: mx.desk.example;\r\n dmarc=pass\r\n header.from=customer.example", PASS),
        (f"{OURS}fail header.from=customer.example", FAIL),
        (f"{OURS}fail", FAIL),
        (f"{OURS}none header.from=customer.example", NONE),
        (f"{OURS}temperror header.from=customer.example", NONE),
        (f"{OURS}bestguesspass header.from=customer.example", NONE),
        (f"{OURS}pass header.from=evil.example", NONE),
        (f"{OURS}pass header.from=customer.example.evil.example", NONE),
        (f"{OURS}pass smtp.header.from=customer.example", NONE),
        (f"{OURS}pass", NONE),
        (f"{OURS}pass header.from=evil.example; dmarc=pass header.from=customer.example", NONE),
        ("Authentication-Results: mx.desk.example; spf=fail (dmarc=pass header.from=customer.example)", NONE),
        ('Authentication-Results: mx.desk.example; spf=fail reason="; dmarc=pass header.from=customer.example', NONE),
        ('Authentication-Results: mx.desk.example; x=(") ; dmarc=pass header.from=customer.example (")', PASS),
        ('Authentication-Results: mx.desk.example; a=b (x") ; dmarc=fail (") header.from=customer.example', FAIL),
        (f'{OURS}pass header.from="customer.example"', PASS),
        (f"{OURS}pass header.from=evil.example header.from=customer.example", NONE),
        (f"{OURS}pass (header.from=customer.example)", NONE),
        (f"{OURS}pass header.from=customer.example (", NONE),
        ("Authentication-Results: mx.desk.example; dkim=pass header.d=customer.example", NONE),
        ("Authentication-Results: mx.desk.example; none", NONE),
        (f"{OURS}pass header.from=customer.example; dmarc=fail", NONE),
        (f'{OURS}pass reason="a header.from=customer.example b"', NONE),
        (
            "Authentication-Results: mx.desk.example;"
            ' spf=pass smtp.mailfrom="x; dmarc=pass header.from=customer.example "',
            NONE,
        ),
        ("Authentication-Results: mx.evil.example; dmarc=pass header.from=customer.example", NONE),
        ("Authentication-Results: evil.mx.desk.example; dmarc=pass header.from=customer.example", NONE),
        ("Authentication-Results: (mx.desk.example) evil; dmarc=pass header.from=customer.example", NONE),
        ("Authentication-Results: dmarc=pass header.from=customer.example", NONE),
        ("ARC-Authentication-Results: i=1; mx.desk.example; dmarc=pass header.from=customer.example", NONE),
        ("X-Authentication-Results: mx.desk.example; dmarc=pass header.from=customer.example", NONE),
        ("Received-SPF: pass", NONE),
    ],
)
def test_only_our_own_server_says_whether_the_author_is_genuine(written: str, verdict: str) -> None:
    assert letter(written).verdict == verdict


def test_the_topmost_of_ours_counts_whatever_stands_below_or_who_signed_above() -> None:
    failed, passed = f"{OURS}fail header.from=customer.example", f"{OURS}pass header.from=customer.example"
    foreign = "Authentication-Results: mx.evil.example; dmarc=pass header.from=customer.example"

    assert letter(failed, passed).verdict == FAIL
    assert letter(foreign, failed, passed).verdict == FAIL
    assert letter("Authentication-Results: mx.desk.example; dkim=pass", passed).verdict == NONE


def test_what_stands_below_the_line_of_the_server_before_ours_came_with_the_mail() -> None:
    ours, theirs = "Received: from out.evil by mx.desk.example; now", "Received: from home by out.evil; then"
    passed = f"{OURS}pass header.from=customer.example"

    assert letter(ours, passed, theirs).verdict == PASS
    assert letter(passed, ours, theirs).verdict == PASS
    assert letter(ours, theirs, passed).verdict == NONE
    assert letter(ours.replace("out.evil", "by"), theirs, passed).verdict == NONE
    assert letter(ours, "Received: (by mx.desk.example) by out.evil; then", passed).verdict == NONE


@pytest.mark.parametrize(
    "sender",
    [
        "From: ana@customer.example, eve@evil.example",
        "From: ana@customer.example\r\nFrom: eve@evil.example",
        "From: ana@customer.example\r\nFrom: ana@customer.example",
        "Sender: ana@customer.example",
        "Return-Path: <ana@customer.example>",
        "From: ana@customer.example)eve@evil.example",
        "From: ana@customer.example, broken(",
    ],
)
def test_nothing_passes_for_a_mail_without_one_author(sender: str) -> None:
    assert letter(f"{OURS}pass header.from=customer.example", sender=sender).verdict == NONE
