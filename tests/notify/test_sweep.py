"""What the watcher puts right: nothing is lost when a worker dies, and nothing waits longer than its urgency allows."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.notify.stage import MONDAY, NAMED_SERVER, WEBHOOK, again
from watchkeeper.notify import outbox
from watchkeeper.notify.channels.answer import accepted, put_off, refused
from watchkeeper.notify.models import Notice
from watchkeeper.notify.outbox.stalled import release_stalled_jobs

PAST_THE_LEASE = outbox.LEASE + timedelta(seconds=1)

pytestmark = pytest.mark.usefixtures("monday")


@pytest.fixture(autouse=True)
def with_a_mail_server(settings) -> None:
    settings.WATCHKEEPER_SMTP = NAMED_SERVER


def begin_jobs(*, by_a_worker_heard_of: datetime) -> None:
    """What a worker does to its jobs when it fetches them, and when it was last heard of."""
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into procrastinate_workers (last_heartbeat) values (%s) returning id", [by_a_worker_heard_of]
        )
        (worker,) = cursor.fetchone()
        cursor.execute("update procrastinate_jobs set status = 'doing', worker_id = %s where status = 'todo'", [worker])


def test_a_notice_whose_worker_died_while_sending_is_sent_by_another(monday, saying) -> None:
    notice = outbox.queue(saying())
    begin_jobs(by_a_worker_heard_of=datetime.now(UTC))
    outbox.claim(notice.pk)
    monday.advance(PAST_THE_LEASE)

    assert outbox.sweep().abandoned == 1
    monday.advance(timedelta(seconds=2))
    assert outbox.sweep().called == 1

    assert outbox.claim(notice.pk).attempt == 2
    assert [attempt.outcome for attempt in again(notice).attempts.all()] == ["abandoned", ""]


def test_a_notice_whose_worker_died_before_it_began_is_sent_by_another(saying) -> None:
    notice = outbox.queue(saying())
    begin_jobs(by_a_worker_heard_of=datetime.now(UTC))

    assert outbox.sweep().called == 1

    assert ProcrastinateJob.objects.filter(status="todo", queueing_lock=str(notice.pk)).count() == 1


def test_a_lease_that_lasts_is_left_alone(monday, saying) -> None:
    outbox.claim(outbox.queue(saying()).pk)
    monday.advance(outbox.LEASE)

    assert outbox.sweep().abandoned == 0


def test_a_notice_that_waits_with_a_job_is_not_sent_for_twice(saying) -> None:
    outbox.queue(saying())

    assert outbox.sweep().called == 0
    assert ProcrastinateJob.objects.count() == 1


def test_what_was_put_off_is_sent_for_when_its_time_comes(monday, saying) -> None:
    claimed = outbox.claim(outbox.queue(saying()).pk)
    begin_jobs(by_a_worker_heard_of=datetime.now(UTC))
    outbox.finish(claimed, put_off("451"))

    assert outbox.sweep().called == 0
    monday.advance(timedelta(seconds=2))
    assert outbox.sweep().called == 1


def test_a_job_of_a_dead_worker_is_given_to_another(saying) -> None:
    outbox.queue(saying())
    begin_jobs(by_a_worker_heard_of=datetime.now(UTC) - timedelta(minutes=1))

    assert release_stalled_jobs() == 1

    assert ProcrastinateJob.objects.get().status == "todo"


def test_a_job_of_a_dead_worker_is_dropped_where_another_waits_already(saying) -> None:
    notice = outbox.queue(saying())
    begin_jobs(by_a_worker_heard_of=datetime.now(UTC) - timedelta(minutes=1))
    outbox.record.call_for_delivery(notice)

    assert release_stalled_jobs() == 1

    assert [job.status for job in ProcrastinateJob.objects.all()] == ["todo"]


def test_a_job_of_a_living_worker_is_left_alone(saying) -> None:
    outbox.queue(saying())
    begin_jobs(by_a_worker_heard_of=datetime.now(UTC))

    assert release_stalled_jobs() == 0


@pytest.mark.parametrize(("urgency", "minutes"), [("alarm", 2), ("reply", 30)])
def test_what_nobody_accepted_in_time_is_said_by_the_next_channel(urgency, minutes, monday, saying) -> None:
    notice = outbox.queue(saying(urgency=urgency))

    monday.advance(timedelta(minutes=minutes, seconds=-1))
    assert outbox.sweep().fell_back == 0
    monday.advance(timedelta(seconds=1))
    assert outbox.sweep().fell_back == 1
    assert outbox.sweep().fell_back == 0

    instead = Notice.objects.to_read_in_the_desk().get()
    assert (instead.fallback_of_id, instead.recipient, instead.text) == (notice.pk, notice.recipient, notice.text)
    assert again(notice).status == "queued", "the first channel goes on trying"


def test_an_alarm_goes_from_mail_to_the_webhook_and_from_there_to_the_desk(monday, saying, settings) -> None:
    settings.WATCHKEEPER_ALARM_WEBHOOK = WEBHOOK
    mail = outbox.queue(saying())

    monday.advance(timedelta(minutes=2))
    outbox.sweep()
    posted = Notice.objects.get(channel="webhook")
    monday.advance(timedelta(minutes=2))
    outbox.sweep()
    kept = Notice.objects.get(channel="desk")

    assert (posted.fallback_of_id, kept.fallback_of_id) == (mail.pk, posted.pk)
    assert kept.status == "kept"


def test_what_was_accepted_in_time_needs_no_other_channel(monday, saying) -> None:
    outbox.finish(outbox.claim(outbox.queue(saying()).pk), accepted("250 ok"))
    monday.advance(timedelta(hours=1))

    assert outbox.sweep().fell_back == 0


def test_a_sign_in_link_has_no_other_channel(monday, saying) -> None:
    claimed = outbox.claim(outbox.queue(saying(step="sign-in:1", urgency="sign_in")).pk)
    monday.advance(timedelta(hours=2))
    outbox.sweep()

    assert Notice.objects.filter(urgency="sign_in").get().pk == claimed.pk


def test_a_mail_server_that_stays_away_is_tried_for_75_hours_and_then_given_up_loudly(monday, saying) -> None:
    notice = outbox.queue(saying())
    began_at = []
    while not again(notice).is_finished:
        claimed = outbox.claim(notice.pk)
        began_at.append(claimed.attempts.get(number=claimed.attempt).began_at - MONDAY)
        outbox.finish(claimed, put_off("connection refused"))
        monday.set(again(notice).next_attempt_at)

    assert again(notice).status == "failed"
    assert began_at[:4] == [timedelta(seconds=seconds) for seconds in (0, 2, 7, 17)]
    assert began_at[-1] == timedelta(hours=75)
    assert all(later - earlier <= timedelta(hours=4) for earlier, later in pairwise(began_at))
    alarm = Notice.objects.get(urgency="operator")
    assert "connection refused" in alarm.text


def test_a_notice_that_kills_every_worker_is_given_up_in_the_end(monday, saying) -> None:
    notice = outbox.queue(saying())
    while not again(notice).is_finished:
        assert outbox.claim(notice.pk)
        monday.advance(PAST_THE_LEASE)
        outbox.sweep()
        monday.set(max(again(notice).next_attempt_at, again(notice).queued_at))

    assert again(notice).status == "failed"
    assert Notice.objects.filter(urgency="operator").exists()


def test_every_failure_of_the_last_channel_is_in_the_desk_and_no_alarm_is_about_an_alarm(
    monday, saying, settings
) -> None:
    settings.WATCHKEEPER_ALARM_WEBHOOK = WEBHOOK
    outbox.finish(outbox.claim(outbox.queue(saying()).pk), refused("550 no such user"))
    for posted in Notice.objects.filter(channel="webhook"):
        outbox.finish(outbox.claim(posted.pk), refused("410 gone"))

    in_the_desk = Notice.objects.to_read_in_the_desk()
    assert in_the_desk.filter(urgency="alarm").count() == 1
    assert in_the_desk.filter(urgency="operator").count() == 2, "of the mail and of the webhook"
    assert Notice.objects.filter(channel="webhook", urgency="operator").count() == 2


def test_a_sweep_does_nothing_twice(monday, saying) -> None:
    for number in range(5):
        outbox.claim(outbox.queue(saying(step=f"warned:{number}")).pk)
    begin_jobs(by_a_worker_heard_of=datetime.now(UTC))
    monday.advance(timedelta(minutes=3))

    assert outbox.sweep() == outbox.Swept(abandoned=5, fell_back=5, called=0)
    assert outbox.sweep() == outbox.Swept(abandoned=0, fell_back=0, called=0)
