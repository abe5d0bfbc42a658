"""Who speaks: a person, a machine, a server about a delivery, a list."""

from __future__ import annotations

import pytest

from tests.intake.mail.reading.written import letter, multipart, of_parts
from watchkeeper.core.mail import AUTOMATIC, BOUNCE, LIST, PERSON

DAEMON = "From: MAILER-DAEMON@mx.other.example"


@pytest.mark.parametrize(
    "headers",
    [
        (),
        ("Auto-Submitted: no",),
        ("X-Auto-Response-Suppress: All",),
        ("X-Auto-Response-Suppress: OOF", "Subject: Printer out of order"),
        ("Subject: Out of office until Monday",),
        ("Subject: Automatic reply: Down",),
        ("Subject: Undelivered Mail Returned to Sender",),
        ("Subject: failure notice", "Return-Path: <ana@customer.example>"),
        ("Precedence: normal",),
        ("X-Autoreply: no",),
        ("X-Loop: yes",),
        ("Content-Type: multipart/report; boundary=x",),
        ("X-Failed-Recipients: b@x.example",),
    ],
)
def test_a_mail_with_no_sign_of_a_machine_is_from_a_person(headers: tuple[str, ...]) -> None:
    read = letter(*headers)

    assert (read.kind, read.why_kind) == (PERSON, "")


@pytest.mark.parametrize(
    ("headers", "why"),
    [
        (("Auto-Submitted: auto-replied",), "Auto-Submitted: auto-replied"),
        (("Auto-submitted: Auto-Generated; owner=x",), "Auto-Submitted: auto-generated"),
        (("Auto-Submitted: auto-generated (failure)",), "Auto-Submitted: auto-generated"),
        (("Auto-Submitted: auto-replied", "Precedence: bulk", "List-Id: <x>"), "Auto-Submitted: auto-replied"),
        (("Precedence: auto_reply",), "Precedence: auto_reply"),
        (("X-Autoreply: yes",), "X-Autoreply"),
        (("X-Autorespond: y",), "X-Autorespond"),
        (("X-Auto-Response-Suppress: All", "X-MS-Exchange-Inbox-Rules-Loop: a@x"), "X-MS-Exchange-Inbox-Rules-Loop"),
        (("Return-Path: <>",), "Return-Path: <>"),
        (("Return-Path: < >", "Subject: Automatic reply: Down"), "Return-Path: <>"),
        (("X-Auto-Response-Suppress: All", "Subject: Automatic reply: Down"), "Automatic reply"),
        (("X-Auto-Response-Suppress: All", "Subject: Abwesenheitsnotiz"), "Abwesenheitsnotiz"),
        (("X-Auto-Response-Suppress: All", "Subject: =?utf-8?q?R=C3=A9ponse_automatique_:_En_panne?="), "Réponse"),
        (("X-Auto-Response-Suppress: All", "Subject: =?utf-8?q?Respuesta_autom=C3=A1tica:_x?="), "Respuesta"),
        (("X-Auto-Response-Suppress: All", "Subject: =?utf-8?b?6Ieq5YuV6L+U5L+h?="), "自動返信"),
        (
            ("From: postmaster@x.example", "Auto-Submitted: auto-notified", "Subject: Quota"),
            "Auto-Submitted: auto-notified",
        ),
    ],
)
def test_a_machine_is_known_by_its_headers(headers: tuple[str, ...], why: str) -> None:
    sender = "" if headers[0].startswith("From") else "From: Ana <ana@customer.example>"
    read = letter(*headers, sender=sender)

    assert read.kind == AUTOMATIC
    assert why in read.why_kind


@pytest.mark.parametrize(
    ("headers", "why"),
    [
        (("List-Id: <x.example>",), "List-Id"),
        (("List-Unsubscribe: <mailto:x@x.example>",), "List-Unsubscribe"),
        (("Precedence: bulk",), "Precedence: bulk"),
        (("Precedence: LIST",), "Precedence: list"),
        (("Precedence: junk",), "Precedence: junk"),
        (("List-Post: NO", "Return-Path: <>"), "List-Post"),
    ],
)
def test_a_list_is_known_by_its_headers(headers: tuple[str, ...], why: str) -> None:
    read = letter(*headers)

    assert (read.kind, read.why_kind) == (LIST, why)


def test_a_digest_of_a_lists_own_address_is_from_it_and_one_of_a_person_is_not() -> None:
    content_type, body = multipart("digest", "\nSubject: a\n\nA")

    assert letter(content_type, body=body, sender="From: ops-request@x.example").kind == LIST
    assert letter(content_type, body=body).kind == PERSON


def test_a_read_receipt_is_no_bounce() -> None:
    read = of_parts("report; report-type=disposition-notification", "\nRead.")

    assert read.kind == AUTOMATIC
    assert (
        of_parts("report", "\nRead.", "Content-Type: message/disposition-notification\n\nDisposition: x").kind
        == AUTOMATIC
    )


@pytest.mark.parametrize("kind", ["delivery-status", "feedback-report", "global-delivery-status"])
def test_a_report_about_a_delivery_is_a_bounce_whatever_else_it_says(kind: str) -> None:
    report = f"Content-Type: message/{kind}\n\nReporting-MTA: dns; x"

    assert of_parts("report", "\nSorry.", report, headers=("Auto-Submitted: auto-replied", "List-Id: x")).kind == BOUNCE


@pytest.mark.parametrize(
    "subject",
    [
        *("Undelivered Mail Returned to Sender", "failure notice", "Undeliverable: Down", "Mail delivery failed"),
        *(
            "Delivery Status Notification (Failure)",
            "Returned mail: see transcript for details",
            "Unzustellbar: Kaputt",
        ),
        *("Warning: message delayed 24 hours", "Mail System Error - Returned Mail"),
    ],
)
def test_servers_told_of_deliveries_before_there_was_a_standard(subject: str) -> None:
    for sign in ("Return-Path: <>", "Return-Path: <MAILER-DAEMON>"):
        assert letter(sign, f"Subject: {subject}").kind == BOUNCE
    for sender in (DAEMON, "From: postmaster@x.example", "From: Mailer Daemon <>"):
        assert letter(f"Subject: {subject}", sender=sender).kind == BOUNCE


def test_the_failed_recipients_of_a_daemon_make_a_bounce() -> None:
    assert letter("X-Failed-Recipients: b@x.example", "Subject: x", sender=DAEMON).kind == BOUNCE


def test_a_person_who_encloses_a_returned_mail_is_a_person() -> None:
    enclosed = "Content-Type: message/rfc822\n\nFrom: MAILER-DAEMON@x\nSubject: failure notice\n\nx"

    assert of_parts("mixed", "\nLook at this bounce.", enclosed, headers=("Subject: bounce",)).kind == PERSON


def test_a_postmaster_may_write_as_a_person() -> None:
    assert letter("Subject: Our mail server is down", sender="From: postmaster@x.example").kind == PERSON
