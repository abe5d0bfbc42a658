"""A mail that cannot be taken holds up no other, and waits for a person after a few tries."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import OperationalError

from tests.intake.mails import a_mail
from tests.intake.reading_here import ReadsHere
from watchkeeper.incidents.models import Incident
from watchkeeper.intake.mail.keeping import keep
from watchkeeper.intake.mail.taking import acting, take_one
from watchkeeper.intake.mail.taking.take import MOST_DEATHS, MOST_TRIES, PAUSE
from watchkeeper.intake.models import ReceivedMail
from watchkeeper.notify.models import Notice
from watchkeeper.people import clock as desk_clock


@pytest.fixture
def fails(monkeypatch: pytest.MonkeyPatch):
    """``fails(error)``: the mail called *bad* raises it whenever it is taken."""

    def failing(error: Exception) -> None:
        act = acting.act

        def perhaps(mail, letter, *given):
            if letter.subject == "bad":
                raise error
            return act(mail, letter, *given)

        monkeypatch.setattr(acting, "act", perhaps)

    return failing


@pytest.mark.parametrize("error", [OperationalError("a lock was held too long"), ValueError("a fault of ours")])
def test_the_mails_behind_it_go_first_and_after_three_tries_it_waits_for_a_person(
    cast, clock, fails, error, a_desk_that_takes_mail
) -> None:
    fails(error)
    bad = keep(a_mail(cast.petra.email, subject="bad"), door="lmtp")
    keep(a_mail(cast.petra.email, subject="good"), door="lmtp")
    assert [take_one(ReadsHere()) for _ in range(3)] == [True, True, False]
    assert Incident.objects.get().title == "good"
    for _ in range(MOST_TRIES - 1):
        clock.set(desk_clock.now() + PAUSE + timedelta(seconds=1))
        assert take_one(ReadsHere())
    bad.refresh_from_db()
    assert bad.status == "quarantined"
    assert Notice.objects.filter(step=f"unreadable:{bad.key}").exists()


def test_a_mail_whose_takers_are_gone_again_and_again_waits_for_a_person(cast, a_desk_that_takes_mail) -> None:
    mail = keep(a_mail(cast.petra.email), door="lmtp")
    ReceivedMail.objects.filter(pk=mail.pk).update(tries=MOST_DEATHS)
    assert take_one(ReadsHere())
    mail.refresh_from_db()
    assert (mail.status, Incident.objects.count()) == ("quarantined", 0)
