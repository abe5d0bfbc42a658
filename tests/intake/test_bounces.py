"""A bounce joins the delivery that it tells of, and is never an answer, a report, or a reason to write."""

from __future__ import annotations

import pytest

from tests.intake.mails import DESK, a_mail
from watchkeeper.incidents.models import Incident
from watchkeeper.notify.models import Notice


def a_bounce(about: str, recipient: str, *, action: str = "failed", status: str = "5.1.1") -> bytes:
    """As servers write it (RFC 3464), with an empty sender."""
    return (
        "Return-Path: <>\r\n"
        "From: Mail Delivery System <mailer-daemon@mx.premier.example>\r\n"
        f"To: {DESK}\r\n"
        "Subject: Undelivered Mail Returned to Sender\r\n"
        "Message-ID: <bounce@mx.premier.example>\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n'
        "\r\n"
        "--b\r\nContent-Type: text/plain\r\n\r\nIt could not be delivered.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.premier.example\r\n\r\n"
        f"Final-Recipient: rfc822; {recipient}\r\nAction: {action}\r\nStatus: {status}\r\n"
        "Diagnostic-Code: smtp; 550 no such mailbox\r\n\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {about}\r\nSubject: Yours\r\n\r\n--b--\r\n"
    ).encode()


@pytest.fixture
def receipt(cast, take) -> Notice:
    take(a_mail(cast.petra.email))
    return Notice.objects.get(recipient=cast.petra.email)


def test_a_failure_stands_with_the_delivery_and_the_operators_hear_of_it(cast, take, receipt) -> None:
    mail = take(a_bounce(receipt.headers["Message-ID"], cast.petra.email))
    bounce = receipt.bounces.get()
    assert (mail.status, mail.effect) == ("dropped", "attach")
    assert (bounce.action, "no such mailbox" in bounce.said) == ("failed", True)
    assert Notice.objects.filter(step=f"undelivered:{receipt.pk}", recipient="operators").exists()


@pytest.mark.parametrize("action", ["delayed", "relayed", "delivered"])
def test_what_is_no_failure_is_written_down_and_disturbs_nobody(cast, take, receipt, action) -> None:
    before = Notice.objects.count()
    take(a_bounce(receipt.headers["Message-ID"], cast.petra.email, action=action, status="4.4.1"))
    assert receipt.bounces.get().action == action
    assert Notice.objects.count() == before


def test_a_bounce_for_somebody_else_is_no_word_about_this_delivery(cast, take, receipt) -> None:
    take(a_bounce(receipt.headers["Message-ID"], "somebody.else@premier.example"))
    assert not receipt.bounces.exists()


@pytest.mark.long
def test_a_storm_of_a_thousand_bounces_makes_no_incident_and_no_mail_and_tells_the_operators_once(
    cast, take, receipt
) -> None:
    from tests.intake.reading_here import ReadsHere
    from watchkeeper.intake.mail.keeping import keep
    from watchkeeper.intake.mail.taking import take_one

    mails = Notice.objects.filter(channel="mail").count()
    for number in range(1000):
        raw = a_bounce(receipt.headers["Message-ID"], cast.petra.email)
        keep(raw.replace(b"<bounce@", f"<bounce{number}@".encode()), door="lmtp")
    taken = 0
    while take_one(ReadsHere()):
        taken += 1
    assert taken == 1000
    assert Incident.objects.count() == 1
    assert Notice.objects.filter(channel="mail").count() == mails
    assert Notice.objects.filter(step__startswith="undelivered:").count() == 1
    assert receipt.bounces.count() == 1000
