"""What the desk does by itself: a review is drafted when its period is over, and brought to mind until it is held."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.incidents.at_once import Gate, at_once
from tests.office.agreement_pages import days
from tests.pages.things import person
from tests.premium.reviewing import drafted
from tests.stage import chicago
from watchkeeper.incidents import verbs
from watchkeeper.incidents.models import Incident
from watchkeeper.notify.models import Notice
from watchkeeper.people.models import Account
from watchkeeper.people.wall import for_the_desk, stand_for_the_desk
from watchkeeper.policies.models import Agreement, DesignatedEngineer
from watchkeeper.premium.models import ServiceReview
from watchkeeper.premium.reviews import publication, schedule
from watchkeeper.premium.reviews.grouping.job import group
from watchkeeper.premium.reviews.grouping.names import GROUP
from watchkeeper.premium.reviews.reminders import reminder_due
from watchkeeper.premium.reviews.schedule import look_after_reviews

MONTHLY = "sla: Monthly\nfeatures: [monthly service reviews]\n"


@pytest.fixture
def look(clock):
    """``look("2026-04-01 00:10")``: what is told when the desk looks then, as recipients and subjects."""

    def looked(at: str) -> list[tuple[str, str]]:
        stand_for_the_desk()
        known = set(Notice.objects.values_list("pk", flat=True))
        clock.set(chicago(at))
        look_after_reviews()
        stand_for_the_desk()
        new = Notice.objects.exclude(pk__in=known).order_by("recipient", "step")
        return [(notice.recipient, notice.subject) for notice in new]

    return looked


@pytest.fixture
def reported(cast, report, clock):
    clock.set(chicago("2026-02-02 10:00"))
    return report(cast.petra, 1)


@pytest.fixture
def published(cast, reported, clock):
    review = drafted(cast, clock)
    group(review.pk)
    stand_for_the_desk()
    publication.publish(review, seen=1, by=cast.axel)
    review.refresh_from_db()
    return review


def test_a_review_is_drafted_when_the_quarter_is_over_and_once(cast, reported, look):
    agreement = Agreement.objects.get(account=cast.premium)
    DesignatedEngineer.objects.create(account=cast.premium, agreement=agreement, person=cast.bo)
    assert look("2026-03-31 23:59") == []
    told = look("2026-04-01 00:00")
    subject = "Premier, Quarter 1 of 2026: a service review is drafted"
    assert told == [(cast.axel.email, subject), (cast.bo.email, subject)]
    assert look("2026-04-01 01:00") == []
    assert [(each.account, each.period) for each in ServiceReview.objects.all()] == [(cast.premium, "2026-Q1")]


def test_by_the_month_where_an_sla_says_so(cast, report, clock, look):
    Agreement.objects.filter(account=cast.advanced).update(sla_text=MONTHLY)
    clock.set(chicago("2026-02-02 10:00"))
    report(cast.ada, 1)
    look("2026-03-02 10:00")
    assert [(each.account, each.period) for each in ServiceReview.objects.all()] == [(cast.advanced, "2026-02")]


@pytest.mark.parametrize("why", ["ended long ago", "nothing was ever reported", "the level came later"])
def test_none_is_drafted_that_nobody_would_miss(cast, report, clock, look, why):
    if why != "nothing was ever reported":
        clock.set(chicago("2026-02-02 10:00"))
        report(cast.petra, 1)
    if why == "the level came later":
        Agreement.objects.filter(account=cast.premium).update(period=days("2026-04-01", "2026-12-31"))
    look("2026-04-20 10:00" if why == "ended long ago" else "2026-04-02 10:00")
    assert not ServiceReview.objects.exists()


def test_who_leads_the_account_is_reminded_weekly_until_it_is_published(cast, reported, look):
    look("2026-04-01 00:00")
    assert look("2026-04-07 23:00") == []
    subject = "Premier, Quarter 1 of 2026: the service review waits to be published"
    assert look("2026-04-08 00:00") == [(cast.axel.email, subject)]
    assert look("2026-04-08 01:00") == []
    assert look("2026-04-15 00:00") == [(cast.axel.email, subject)]


def test_then_until_it_has_a_date(cast, published, look):
    assert look("2026-04-08 10:00") == []
    assert look("2026-04-09 10:00") == [(cast.axel.email, "Premier, Quarter 1 of 2026: the service review has no date")]


def test_then_both_sides_of_the_date_and_at_last_until_it_is_held(cast, published, look):
    paula = person("Paula", "customer_manager", account=cast.premium)
    publication.set_date(published, chicago("2026-04-20 14:00"), by=cast.axel)
    both = [
        (cast.axel.email, "Premier, Quarter 1 of 2026: the service review comes up"),
        (paula.email, "Premier, Quarter 1 of 2026: the service review comes up"),
    ]
    assert look("2026-04-13 13:59") == []
    assert look("2026-04-13 14:00") == both
    assert look("2026-04-19 14:00") == both
    assert look("2026-04-20 15:00") == []
    not_held = [(cast.axel.email, "Premier, Quarter 1 of 2026: was the service review held?")]
    assert look("2026-04-21 14:00") == not_held
    assert look("2026-04-28 14:00") == not_held
    stand_for_the_desk()
    publication.hold(published, agreed="Nothing.", by=cast.axel)
    assert look("2026-05-05 14:00") == []


def test_nobody_is_reminded_of_a_date_that_they_were_just_told(cast, published, look):
    publication.set_date(published, chicago("2026-04-05 14:00"), by=cast.axel)
    assert look("2026-04-02 11:00") == []
    assert [subject for _to, subject in look("2026-04-04 14:00")] == [
        "Premier, Quarter 1 of 2026: the service review comes up"
    ]


def test_another_worker_is_asked_where_one_did_not_come_and_publishing_waits_no_longer(cast, reported, clock, look):
    review = drafted(cast, clock)
    with pytest.raises(publication.NotNow, match="still being looked for"):
        publication.publish(review, seen=1, by=cast.axel)
    asked = ProcrastinateJob.objects.filter(task_name=GROUP).count()
    look("2026-04-02 10:59")
    assert ProcrastinateJob.objects.filter(task_name=GROUP).count() == asked
    look("2026-04-02 11:00")
    assert ProcrastinateJob.objects.filter(task_name=GROUP).count() == asked + 1
    assert publication.publish(review, seen=1, by=cast.axel).document["causes"] == []


def test_a_fault_in_one_account_holds_up_no_other(cast, reported, report, clock, look, monkeypatch):
    report(cast.clara, 1)
    begin = schedule.begin

    def fail_for_the_first(account: Account, *others, **named):
        if account == cast.contracted:
            raise RuntimeError("a fault of ours")
        return begin(account, *others, **named)

    monkeypatch.setattr(schedule, "begin", fail_for_the_first)
    look("2026-04-01 00:00")
    assert [each.account for each in ServiceReview.objects.all()] == [cast.premium]


def test_of_two_processes_that_look_at_once_one_drafts(committed_db, postgres, test_database, clock):
    from tests.cast import raise_curtain

    with for_the_desk():
        cast = raise_curtain()
        clock.set(chicago("2026-02-02 10:00"))
        said = verbs.Report(title="Down", body="All of it.", severity=1)
        verbs.report(said, account=cast.premium, by=cast.petra, channel=Incident.Channel.PORTAL)
    clock.set(chicago("2026-04-01 00:10"))
    connection.close()
    with postgres.superuser(test_database) as keeper, postgres.superuser(test_database) as watcher:
        keeper.execute("begin")
        keeper.execute("lock table premium_servicereview in share mode")
        drafted_by = at_once(Gate(keeper, watcher), look_after_reviews, look_after_reviews)
    assert sorted(drafted_by) == [0, 1]
    with for_the_desk():
        assert ServiceReview.objects.count() == 1
        assert Notice.objects.filter(step__endswith=":drafted").count() == 2


def test_a_week_is_counted_from_when_it_was_drafted(cast, reported, look):
    look("2026-04-01 00:00")
    review = ServiceReview.objects.get()
    assert reminder_due(review, review.drafted_at + timedelta(days=7) - timedelta(seconds=1)) is None
    due = reminder_due(review, review.drafted_at + timedelta(days=15))
    assert due is not None
    assert due.step == "unpublished:2"
