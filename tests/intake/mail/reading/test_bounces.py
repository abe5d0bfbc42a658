"""What a bounce says: of whom and of which mail."""

from __future__ import annotations

import pytest

from tests.intake.mail.reading.written import letter, of_parts
from watchkeeper.core.mail import BOUNCE
from watchkeeper.intake.mail.letter import Delivery, Letter
from watchkeeper.intake.mail.reading import limits

STATUS = """Content-Type: message/delivery-status

Reporting-MTA: dns; mx.other.example

Original-Recipient: rfc822;Ana@Customer.example
Final-Recipient: rfc822; other@inside.example
Action: failed
Status: 5.1.1 (unknown)
Diagnostic-Code: smtp; 550 5.1.1 No such
 user

Final-Recipient: RFC822; bob@customer.example
Action: delayed
Status: 4.4.1
"""
RETURNED = (
    "Content-Type: message/rfc822\n\nFrom: x@desk.example\nMessage-ID: <notice-1@desk.example>\nSubject: x\n\nbody"
)
HEADERS_ALONE = "Content-Type: text/rfc822-headers\n\nSubject: x\nMessage-Id: <notice-2@desk.example>\n"


def report(*parts: str, headers: tuple[str, ...] = ()) -> Letter:
    return of_parts("report; report-type=delivery-status", "\nSorry.", *parts, headers=headers)


def test_each_recipient_is_told_with_the_reason() -> None:
    read = report(STATUS, RETURNED)

    assert read.deliveries == (
        Delivery("ana@customer.example", "failed", "5.1.1", "550 5.1.1 No such user"),
        Delivery("bob@customer.example", "delayed", "4.4.1", ""),
    )
    assert read.about == ("<notice-1@desk.example>",)


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (
            "Final-Recipient: rfc822; a@x.example\nAction: delivered\nStatus: 2.0.0",
            Delivery("a@x.example", "delivered", "2.0.0"),
        ),
        ("Final-Recipient: rfc822;<a@x.example>\nAction: FAILED", Delivery("a@x.example", "failed")),
        ("Final-Recipient: a@x.example\nStatus: 5.0.0", Delivery("a@x.example", "failed", "5.0.0")),
        ("Final-Recipient: rfc822; a@x.example\nStatus: 4.0.0\nAction: x", Delivery("a@x.example", "delayed", "4.0.0")),
        ("Final-Recipient: rfc822; a@x.example", None),
        ("Final-Recipient: rfc822; alice@a.org)bob@b.org\nAction: failed", None),
        ("Final-Recipient: x400; /C=DE/\nAction: failed", None),
        ("Action: failed\nStatus: 5.0.0", None),
    ],
)
def test_a_block_tells_of_a_recipient_if_it_names_one_and_what_became_of_it(
    block: str, expected: Delivery | None
) -> None:
    read = report(f"Content-Type: message/delivery-status\n\nReporting-MTA: x\n\n{block}\n")

    assert read.deliveries == ((expected,) if expected else ())


def test_the_mail_it_is_about_is_found_wherever_it_is_named() -> None:
    assert report(STATUS, HEADERS_ALONE).about == ("<notice-2@desk.example>",)
    assert report(STATUS, headers=("In-Reply-To: <3@desk.example>", "References: <1@x> <2@x>")).about == (
        *("<3@desk.example>", "<2@x>", "<1@x>"),
    )


def test_the_whole_of_it_is_text_though_it_answers_a_mail() -> None:
    body = "Sorry.\n\nFrom: x@desk.example\nSent: Monday\nTo: ana@x.example\nSubject: Down\n\nours"
    read = letter("Return-Path: <>", "Subject: Undeliverable: Down", "In-Reply-To: <1@desk.example>", body=body)

    assert (read.kind, read.text, read.quoted) == (BOUNCE, body, "")


def test_its_own_message_id_is_not_what_it_is_about() -> None:
    assert report(STATUS, headers=("Message-ID: <dsn@other.example>",)).about == ()


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "Hi. I wasn't able to deliver it.\n\n<ana@x.example>:\n192.0.2.1 said: 550 no such user (#5.1.1)\n\n"
            "--- Below this line is a copy of the message.\n\nMessage-ID: <1@desk.example>\nTo: eve@x.example\n",
            Delivery("ana@x.example", "failed", "5.1.1", "192.0.2.1 said: 550 no such user (#5.1.1)"),
        ),
        (
            "   ----- The following addresses had errors -----\n<ana@x.example>\n    (reason: 553 5.3.0 no)\n"
            "\n   ----- Original message -----\nMessage-ID: <1@desk.example>\n",
            Delivery("ana@x.example", "failed", "5.3.0", "(reason: 553 5.3.0 no)"),
        ),
        (
            "Delivery has failed to:\n\nana@x.example<mailto:ana@x.example>\nNot found, 5.1.1\n\n"
            "Original message headers:\n\nMessage-ID: <1@desk.example>\n",
            Delivery("ana@x.example", "failed", "5.1.1", "Not found, 5.1.1"),
        ),
        (
            "target mail address: ana@x.example\n----\nbounced E-Mail:\nMessage-ID: <1@desk.example>\n",
            Delivery("ana@x.example", "failed", "", "target mail address: ----"),
        ),
    ],
)
def test_servers_without_the_standard_are_understood(body: str, expected: Delivery) -> None:
    read = letter("Subject: failure notice", "Return-Path: <>", body=body)

    assert read.kind == BOUNCE
    assert read.deliveries == (expected,)
    assert read.about == ("<1@desk.example>",)
    assert read.text.split() == body.split()


def test_a_header_that_names_the_failed_is_believed_before_the_words() -> None:
    body = "ana@x.example\n\nDNS error\n\nbob@x.example is our postmaster"
    read = letter("X-Failed-Recipients: Ana@x.example", "Subject: x", body=body, sender="From: mailer-daemon@x.example")

    assert [each.recipient for each in read.deliveries] == ["ana@x.example"]


def test_a_warning_is_a_delay() -> None:
    read = letter("Subject: Warning: message delayed", "Return-Path: <>", body="ana@x.example\nstill trying")

    assert [(each.recipient, each.action) for each in read.deliveries] == [("ana@x.example", "delayed")]


def test_a_complaint_names_who_complained_and_of_which_mail() -> None:
    feedback = "Content-Type: message/feedback-report\n\nFeedback-Type: abuse\nOriginal-Rcpt-To: <ana@x.example>\n"
    read = of_parts("report; report-type=feedback-report", "\nSpam.", feedback, RETURNED)

    assert read.deliveries == (Delivery("ana@x.example", "delivered", "", "feedback: abuse"),)
    assert read.about == ("<notice-1@desk.example>",)


def test_a_report_of_thousands_ends_somewhere() -> None:
    blocks = "\n".join(f"Final-Recipient: rfc822; a{at}@x.example\nAction: failed\n" for at in range(3_000))
    read = report(f"Content-Type: message/delivery-status\n\nReporting-MTA: x\n\n{blocks}")

    assert len(read.deliveries) == limits.DELIVERIES

    one, other = blocks[: len(blocks) // 9], blocks[len(blocks) // 9 : len(blocks) // 5]
    read = report(*(f"Content-Type: message/delivery-status\n\nReporting-MTA: x\n\n{each}" for each in (one, other)))
    assert len(read.deliveries) == limits.DELIVERIES


def test_a_person_tells_of_no_deliveries() -> None:
    read = of_parts("mixed", "\nana@x.example does not get our mail", STATUS, RETURNED)

    assert (read.deliveries, read.about) == ((), ())
