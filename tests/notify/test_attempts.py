"""A lease and a number: who sends a notice now, and whose word about it counts."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from tests.notify.stage import MONDAY, NAMED_SERVER, again, saying_of
from watchkeeper.notify import outbox
from watchkeeper.notify.channels.answer import accepted, put_off, refused, unclear
from watchkeeper.notify.models import Notice
from watchkeeper.people.wall import for_the_desk

PAST_THE_LEASE = outbox.LEASE + timedelta(seconds=1)


@pytest.fixture(autouse=True)
def with_a_mail_server(settings) -> None:
    settings.WATCHKEEPER_SMTP = NAMED_SERVER


def test_a_notice_is_claimed_by_one_and_carries_the_number_of_its_attempt(monday, saying) -> None:
    notice = outbox.queue(saying())

    claimed = outbox.claim(notice.pk)

    assert claimed is not None
    assert (claimed.attempt, claimed.status, claimed.lease_until) == (1, "sending", MONDAY + outbox.LEASE)
    assert outbox.claim(notice.pk) is None


def test_of_eight_workers_one_claims_it(committed_db) -> None:
    with for_the_desk():
        notice_id = outbox.queue(saying_of()).pk
    together = threading.Barrier(8)
    claimed: list[Notice | None] = []

    def claim() -> None:
        together.wait()
        claimed.append(outbox.claim(notice_id))
        connection.close()

    threads = [threading.Thread(target=claim) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(notice is not None for notice in claimed) == 1
    assert len(claimed) == 8


@pytest.mark.parametrize(
    ("answer", "status"),
    [(accepted("250 ok"), "sent"), (put_off("451"), "queued"), (unclear("lost"), "queued"), (refused("550"), "failed")],
    ids=["accepted", "put off", "unclear", "refused"],
)
def test_an_answer_ends_the_attempt(answer, status, monday, saying) -> None:
    claimed = outbox.claim(outbox.queue(saying()).pk)
    monday.advance(timedelta(seconds=1))

    assert outbox.finish(claimed, answer)

    assert (again(claimed).status, again(claimed).lease_until) == (status, None)
    attempt = again(claimed).attempts.get()
    assert (attempt.began_at, attempt.ended_at) == (MONDAY, MONDAY + timedelta(seconds=1))
    assert (attempt.outcome, attempt.answer) == (answer.outcome, answer.text)


def test_what_was_put_off_is_not_claimed_before_its_time(monday, saying) -> None:
    claimed = outbox.claim(outbox.queue(saying()).pk)
    outbox.finish(claimed, put_off("451"))

    assert outbox.claim(claimed.pk) is None
    monday.advance(timedelta(seconds=2))
    assert outbox.claim(claimed.pk).attempt == 2


def test_a_zombie_whose_notice_waits_again_changes_nothing(monday, saying) -> None:
    zombie = outbox.claim(outbox.queue(saying()).pk)
    monday.advance(PAST_THE_LEASE)
    outbox.sweep()

    assert not outbox.finish(zombie, refused("550"))

    assert again(zombie).status == "queued"


@pytest.mark.parametrize("word", [accepted("250 ok"), put_off("451"), refused("550")], ids=lambda word: word.outcome)
def test_a_zombie_cannot_overwrite_the_one_who_took_over(word, monday, saying) -> None:
    zombie = outbox.claim(outbox.queue(saying()).pk)
    monday.advance(PAST_THE_LEASE)
    outbox.sweep()
    monday.advance(timedelta(seconds=2))
    successor = outbox.claim(zombie.pk)

    assert not outbox.finish(zombie, word)
    assert (again(zombie).status, again(zombie).attempt) == ("sending", 2)

    assert outbox.finish(successor, accepted("250 ok"))
    assert not outbox.finish(zombie, word)
    assert again(zombie).status == "sent"
    assert not outbox.renew(zombie)


def test_what_a_zombie_says_is_kept_with_its_own_attempt(monday, saying) -> None:
    zombie = outbox.claim(outbox.queue(saying()).pk)
    monday.advance(PAST_THE_LEASE)
    outbox.sweep()

    outbox.finish(zombie, accepted("250 ok"))

    attempt = again(zombie).attempts.get()
    assert (attempt.outcome, attempt.answer) == ("abandoned", "after its lease had ended: accepted: 250 ok")


def test_a_worker_that_lives_keeps_its_lease(monday, saying) -> None:
    claimed = outbox.claim(outbox.queue(saying()).pk)
    for _ in range(5):
        monday.advance(outbox.LEASE / 2)
        assert outbox.renew(claimed)

    assert outbox.sweep().abandoned == 0
    assert outbox.finish(claimed, accepted("250 ok"))


def test_a_sign_in_link_is_forgotten_once_it_is_on_its_way(monday, saying) -> None:
    claimed = outbox.claim(outbox.queue(saying(step="sign-in:1", urgency="sign_in", text="secret\n")).pk)

    outbox.finish(claimed, accepted("250 ok"))

    assert "secret" not in again(claimed).text


def test_an_attempt_for_a_notice_that_is_gone_does_nothing(monday) -> None:
    assert outbox.claim(Notice().pk) is None
