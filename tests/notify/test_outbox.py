"""Saying something once, in the transaction of the deed, whether or not anybody can carry it away."""

import threading

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.notify.stage import MONDAY, NAMED_SERVER, WEBHOOK, again, new_incident, saying_of
from watchkeeper.notify import outbox
from watchkeeper.notify.models import Notice
from watchkeeper.people.wall import for_the_desk


def test_a_step_is_said_once_to_a_recipient_over_a_channel(monday, incident, saying, settings) -> None:
    settings.WATCHKEEPER_SMTP = NAMED_SERVER

    first = outbox.queue(saying(incident_id=incident.pk))
    second = outbox.queue(saying(incident_id=incident.pk, text="In other words.\n"))

    assert second.pk == first.pk
    assert Notice.objects.for_incident(incident.pk).get().text == "Nobody has answered.\n"
    assert ProcrastinateJob.objects.count() == 1


@pytest.mark.parametrize(
    "other", [{"step": "breached:update:1"}, {"address": "bob@example.com"}, {"channel": "desk"}], ids=str
)
def test_another_step_recipient_or_channel_is_another_notice(other, monday, incident, saying, settings) -> None:
    settings.WATCHKEEPER_SMTP = NAMED_SERVER

    outbox.queue(saying(incident_id=incident.pk))
    outbox.queue(saying(incident_id=incident.pk, **other))

    assert Notice.objects.for_incident(incident.pk).count() == 2


def test_the_same_step_of_two_incidents_is_said_for_each(monday, saying) -> None:
    for name in ("Acme", "Bolt"):
        outbox.queue(saying(incident_id=new_incident(name).pk))

    assert Notice.objects.count() == 2


def test_what_belongs_to_no_incident_is_said_once_too(monday, saying) -> None:
    assert outbox.queue(saying(step="sign-in:1")).pk == outbox.queue(saying(step="sign-in:1")).pk


def test_sixteen_at_once_say_a_step_once(committed_db, settings) -> None:
    settings.WATCHKEEPER_SMTP = NAMED_SERVER
    with for_the_desk():
        incident_id = new_incident().pk
    together = threading.Barrier(16)
    said: list[object] = []

    def say_it() -> None:
        together.wait()
        with for_the_desk():
            said.append(outbox.queue(saying_of(incident_id=incident_id)).pk)
        connection.close()

    threads = [threading.Thread(target=say_it) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with for_the_desk():
        assert set(said) == {Notice.objects.get().pk}
        assert len(said) == 16
        assert ProcrastinateJob.objects.count() == 1


def test_a_deed_that_is_undone_leaves_nothing_said(monday, saying, settings) -> None:
    settings.WATCHKEEPER_SMTP = NAMED_SERVER

    with transaction.atomic():
        outbox.queue(saying())
        transaction.set_rollback(True)

    assert not Notice.objects.exists()
    assert not ProcrastinateJob.objects.exists()


def test_a_notice_is_queued_at_the_databases_time_for_whoever_is_free(monday, saying, settings) -> None:
    settings.WATCHKEEPER_SMTP = NAMED_SERVER

    notice = outbox.queue(saying())

    assert (again(notice).status, again(notice).queued_at) == ("queued", MONDAY)
    job = ProcrastinateJob.objects.get()
    assert (job.task_name, job.args) == ("watchkeeper.notify.deliver", {"notice_id": str(notice.pk)})


def test_alarms_go_before_replies(monday, saying, settings) -> None:
    settings.WATCHKEEPER_SMTP = NAMED_SERVER

    outbox.queue(saying(step="said:1", urgency="reply"))
    outbox.queue(saying(step="warned:1", urgency="alarm"))

    reply, alarm = ProcrastinateJob.objects.order_by("id")
    assert alarm.priority > reply.priority


def test_without_a_mail_server_mails_are_kept_to_be_read_in_the_desk(monday, saying) -> None:
    notice = outbox.queue(saying())

    assert list(Notice.objects.to_read_in_the_desk()) == [notice]
    assert again(notice).finished_at == MONDAY
    assert not ProcrastinateJob.objects.exists()


def test_without_a_mail_server_an_alarm_goes_to_the_webhook_at_once(monday, saying, settings) -> None:
    settings.WATCHKEEPER_ALARM_WEBHOOK = WEBHOOK

    kept = outbox.queue(saying())
    reply = outbox.queue(saying(step="said:1", urgency="reply"))

    assert (again(kept).status, again(reply).status) == ("kept", "kept")
    posted = Notice.objects.get(channel="webhook")
    assert (posted.fallback_of_id, posted.status) == (kept.pk, "queued")


def test_without_a_mail_server_nobody_reads_anothers_sign_in_link(monday, saying) -> None:
    notice = outbox.queue(saying(step="sign-in:1", urgency="sign_in", text="https://desk.example.com/in/secret\n"))

    assert again(notice).status == "failed"
    assert not Notice.objects.filter(text__contains="secret").exists()
    alarm = Notice.objects.to_read_in_the_desk().get()
    assert "WATCHKEEPER_SMTP_URL" in alarm.text


def test_in_the_demo_sign_in_links_are_read_in_the_desk(monday, saying, settings) -> None:
    settings.WATCHKEEPER_DEMO = True

    notice = outbox.queue(saying(step="sign-in:1", urgency="sign_in", text="https://desk.example.com/in/secret\n"))

    assert list(Notice.objects.to_read_in_the_desk()) == [notice]
    assert "secret" in again(notice).text


def test_what_waits_can_be_called_off_and_what_is_on_its_way_is_marked(monday, incident, saying, settings) -> None:
    settings.WATCHKEEPER_SMTP = NAMED_SERVER
    waiting = outbox.queue(saying(incident_id=incident.pk, step="warned:acknowledgement:1"))
    on_its_way = outbox.queue(saying(incident_id=incident.pk, step="warned:acknowledgement:1", address="b@example.com"))
    other = outbox.queue(saying(incident_id=incident.pk, step="breached:acknowledgement:1"))
    assert outbox.claim(on_its_way.pk)

    called_off = outbox.call_off(incident_id=incident.pk, steps="warned:acknowledgement")

    assert called_off == 1
    assert again(waiting).status == "suppressed"
    assert (again(on_its_way).status, again(on_its_way).crossed_at) == ("sending", MONDAY)
    assert (again(other).status, again(other).crossed_at) == ("queued", None)
    assert outbox.claim(waiting.pk) is None


def test_mails_of_one_incident_stand_in_one_thread(monday, saying) -> None:
    first = outbox.queue(saying(step="receipt"))
    answer = outbox.queue(saying(step="said:2", answers="<question@customer.example>"))

    root = "<wk-7f3k2q@desk.example.com>"
    assert first.headers["References"] == first.headers["In-Reply-To"] == root
    assert answer.headers["References"] == f"{root} <question@customer.example>"
    assert answer.headers["In-Reply-To"] == "<question@customer.example>"


@pytest.mark.parametrize("answers", ["", "no id", "<a b@c>", "<a@b>\r\nBcc: <x@y>", "<a@b> <c@d>"])
def test_what_is_no_message_id_is_not_answered(answers, monday, saying) -> None:
    assert outbox.queue(saying(answers=answers)).headers["References"] == "<wk-7f3k2q@desk.example.com>"


def test_only_what_the_desk_says_by_itself_is_marked_as_automatic(monday, saying) -> None:
    by_itself = outbox.queue(saying(step="receipt"))
    by_a_person = outbox.queue(saying(step="said:2", is_automatic=False, reply_to="desk+7q@example.com"))

    assert by_itself.headers["Auto-Submitted"] == "auto-generated"
    assert "Auto-Submitted" not in by_a_person.headers
    assert by_a_person.headers["Reply-To"] == "desk+7q@example.com"
