"""What each answer of a mail server makes of a notice: only 250 after the text is a success."""

import socket
from datetime import timedelta

import pytest

from tests.notify.scripted_smtp import HANG_UP, SAY_NOTHING
from tests.notify.stage import MONDAY, again
from watchkeeper.config.smtp_server import SmtpServer
from watchkeeper.notify import outbox
from watchkeeper.notify.channels.mail import handover
from watchkeeper.notify.jobs import deliver
from watchkeeper.notify.models import Notice

pytestmark = pytest.mark.usefixtures("monday")

TO_ANA = "ana@example.com"

OUTCOMES = {
    # what the server does: the attempt's outcome, and what becomes of the notice
    "takes it": ({}, "accepted", "sent"),
    "greets with 421": ({"greeting": "421 too busy"}, "put_off", "queued"),
    "greets with 554": ({"greeting": "554 not for you"}, "put_off", "queued"),
    "hangs up before it greets": ({"greeting": HANG_UP}, "put_off", "queued"),
    "says 421 to the sender": ({"to_sender": "421 going down"}, "put_off", "queued"),
    "says 530 to the sender": ({"to_sender": "530 sign in first"}, "put_off", "queued"),
    "says 451 to the recipient": ({"to_recipients": {TO_ANA: "451 greylisted"}}, "put_off", "queued"),
    "says 421 to the recipient": ({"to_recipients": {TO_ANA: "421 going down"}}, "put_off", "queued"),
    "says 550 to the recipient": ({"to_recipients": {TO_ANA: "550 no such user"}}, "refused", "failed"),
    "hangs up at the recipient": ({"to_recipients": {TO_ANA: HANG_UP}}, "put_off", "queued"),
    "says 451 to DATA": ({"to_data": "451 not now"}, "put_off", "queued"),
    "says 554 to DATA": ({"to_data": "554 no"}, "refused", "failed"),
    "says 451 to the text": ({"to_text": ["451 disk full"]}, "put_off", "queued"),
    "says 421 to the text": ({"to_text": ["421 going down"]}, "put_off", "queued"),
    "says 550 to the text": ({"to_text": ["550 looks like spam"]}, "refused", "failed"),
    "says 251 to the text": ({"to_text": ["251 hm"]}, "put_off", "queued"),
    "hangs up after the text": ({"to_text": [HANG_UP]}, "unclear", "queued"),
}


@pytest.fixture(autouse=True)
def by_the_scripted_server(smtp, settings) -> None:
    settings.WATCHKEEPER_SMTP = smtp.server


@pytest.mark.parametrize(("script", "outcome", "status"), OUTCOMES.values(), ids=OUTCOMES.keys())
def test_a_server_that(script, outcome, status, smtp, saying) -> None:
    vars(smtp).update(script)
    notice = outbox.queue(saying())

    deliver(str(notice.pk))

    assert again(notice).status == status
    assert [attempt.outcome for attempt in again(notice).attempts.all()] == [outcome]


def test_the_servers_own_words_are_kept_with_the_attempt(smtp, saying) -> None:
    smtp.to_recipients = {TO_ANA: "550 5.1.1 no such user here"}
    notice = outbox.queue(saying())

    deliver(str(notice.pk))

    assert "550 5.1.1 no such user here" in again(notice).attempts.get().answer


@pytest.mark.parametrize(
    ("script", "outcome"),
    [({"greeting": SAY_NOTHING}, "put_off"), ({"to_text": [SAY_NOTHING]}, "unclear")],
    ids=["never greets", "never answers the text"],
)
def test_a_server_is_not_waited_for_without_end(script, outcome, smtp, saying, monkeypatch) -> None:
    monkeypatch.setattr(handover, "PATIENCE", 0.2)
    monkeypatch.setattr(handover, "PATIENCE_AFTER_THE_TEXT", 0.2)
    vars(smtp).update(script)
    notice = outbox.queue(saying())

    deliver(str(notice.pk))

    assert again(notice).attempts.get().outcome == outcome
    assert again(notice).status == "queued"


def test_a_server_that_is_not_there_is_tried_again(settings, saying) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        settings.WATCHKEEPER_SMTP = SmtpServer.from_url(f"smtp://127.0.0.1:{closed.getsockname()[1]}")
        notice = outbox.queue(saying())

        deliver(str(notice.pk))

    assert again(notice).status == "queued"
    assert again(notice).next_attempt_at == MONDAY + timedelta(seconds=2)


def test_encryption_is_demanded_and_not_merely_tried(smtp, settings, saying) -> None:
    settings.WATCHKEEPER_SMTP = SmtpServer.from_url(f"smtp+starttls://127.0.0.1:{smtp.port}")
    notice = outbox.queue(saying())

    deliver(str(notice.pk))

    assert again(notice).status == "queued"
    assert smtp.given == []


def test_a_repeat_is_the_same_mail_with_the_same_message_id(smtp, saying, monday) -> None:
    smtp.to_text = [HANG_UP, "451 later", "250 kept"]
    notice = outbox.queue(saying())

    for _ in range(3):
        deliver(str(notice.pk))
        monday.advance(timedelta(minutes=1))

    assert again(notice).status == "sent"
    assert smtp.message_ids() == [f"<{notice.pk}@desk.example.com>"] * 3
    assert len({mail.as_bytes() for mail in smtp.given}) == 1


@pytest.mark.parametrize("end", ["\n.\r\n", "\r\n.\r\n", "\r.\r", "\n.\n"])
def test_a_text_cannot_end_its_mail_and_begin_another(end, smtp, saying) -> None:
    smuggled = f"one{end}MAIL FROM:<eve@evil.example>\r\nRCPT TO:<bob@example.com>\r\nDATA\r\ntwo{end}"
    notice = outbox.queue(saying(text=smuggled))

    deliver(str(notice.pk))

    assert [address for address, _ in smtp.accepted] == [TO_ANA]
    assert "RCPT TO:<bob@example.com>" in smtp.given[0].get_body(("plain",)).get_content()


def test_one_recipient_of_several_who_is_refused_holds_up_no_other(smtp, saying) -> None:
    smtp.to_recipients = {"gone@example.com": "550 no such user", "slow@example.com": "451 greylisted"}
    addresses = ["a@example.com", "gone@example.com", "b@example.com", "slow@example.com", "c@example.com"]
    notices = [outbox.queue(saying(address=address)) for address in addresses]

    for notice in notices:
        deliver(str(notice.pk))

    assert [again(notice).status for notice in notices] == ["sent", "failed", "sent", "queued", "sent"]
    assert [address for address, _ in smtp.accepted] == ["a@example.com", "b@example.com", "c@example.com"]
    assert Notice.objects.filter(fallback_of__isnull=False).get().recipient == "gone@example.com"


def test_a_refusal_for_good_goes_to_the_next_channel_and_to_the_operator(smtp, saying) -> None:
    smtp.to_recipients = {TO_ANA: "550 no such user"}
    notice = outbox.queue(saying())

    deliver(str(notice.pk))

    instead, alarm = Notice.objects.to_read_in_the_desk().order_by("urgency")
    assert (instead.fallback_of_id, instead.channel, instead.subject) == (notice.pk, "desk", "[WK-7F3K2Q] Breached")
    assert (alarm.urgency, alarm.recipient) == ("operator", "operators")
    assert TO_ANA in alarm.text
    assert "550 no such user" in alarm.text


def test_a_mail_that_was_sent_is_not_sent_again(smtp, saying) -> None:
    notice = outbox.queue(saying())

    deliver(str(notice.pk))
    deliver(str(notice.pk))

    assert len(smtp.given) == 1


def test_a_sender_address_that_cannot_be_used_loses_no_mail(smtp, settings, saying) -> None:
    settings.WATCHKEEPER_MAIL_FROM = "nobody"
    notice = outbox.queue(saying())

    deliver(str(notice.pk))

    assert again(notice).status == "queued"
    assert "WATCHKEEPER_MAIL_FROM" in again(notice).attempts.get().answer
