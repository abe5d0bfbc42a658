"""Nothing answers itself for ever: whatever stands at the other end, few mails go there."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.intake.mails import a_mail
from watchkeeper.incidents.models import Incident
from watchkeeper.notify.models import Notice

ROUNDS = 20


def as_a_reply(notice: Notice, number: int) -> dict[str, str]:
    return {"subject": f"Re: {notice.subject}", "answers": notice.headers["Message-ID"]}


def without_saying_what_it_answers(notice: Notice, number: int) -> dict[str, str]:
    return {"subject": f"Automatic: {notice.subject}"}


def to_the_reply_address(notice: Notice, number: int) -> dict[str, str]:
    return {"subject": "I am away", "to": notice.headers["Reply-To"]}


def as_something_new(notice: Notice, number: int) -> dict[str, str]:
    return {"subject": f"Thank you for your mail {number}"}


def to_the_desk_and_the_customer(notice: Notice, number: int) -> dict[str, str]:
    return {"subject": f"FW {number}", "Cc": notice.recipient}


@pytest.mark.parametrize(
    ("responds", "most"),
    [
        (as_a_reply, 1),
        (without_saying_what_it_answers, 1),
        (to_the_reply_address, 1),
        (as_something_new, 5),
        (to_the_desk_and_the_customer, 5),
    ],
)
def test_whoever_answers_every_mail_without_saying_so_gets_few(
    cast, take, responds: Callable[[Notice, int], dict[str, str]], most: int
) -> None:
    take(a_mail(cast.petra.email))
    answered: set[object] = set()
    for number in range(ROUNDS):
        unanswered = Notice.objects.filter(recipient=cast.petra.email).exclude(pk__in=answered).first()
        if unanswered is None:
            break
        answered.add(unanswered.pk)
        take(a_mail(cast.petra.email, "I am away.", **responds(unanswered, number)))
    assert Notice.objects.filter(recipient=cast.petra.email).count() <= most


@pytest.mark.long
def test_a_thousand_forged_senders_get_nothing(cast, take) -> None:
    before = Notice.objects.count()
    for number in range(1000):
        take(a_mail(f"victim{number}@elsewhere.example", subject=f"Report {number}", verdict="pass"))
    assert Notice.objects.count() == before
    assert not Incident.objects.exists()


@pytest.mark.parametrize("times", [1, 10])
def test_a_mail_that_cannot_be_read_waits_once_and_alarms_once(cast, take, times) -> None:
    raw = a_mail(cast.petra.email) + b"x"
    deep = raw.replace(b"Content-Type: text/plain", b"Content-Type: multipart/mixed; boundary=b")
    hostile = b"".join(b"X-%d: 1\r\n" % number for number in range(100_000)) + deep
    for number in range(times):
        take(hostile, door="imap", mailbox=str(number))
    from watchkeeper.intake.models import ReceivedMail

    assert ReceivedMail.objects.filter(status="quarantined").count() == 1
    assert Notice.objects.filter(step__startswith="unreadable:").count() == 1
    assert not Notice.objects.filter(channel="mail").exists()
