"""Ends are told 90, 30 and 7 days before, and when it is over: to the account executive, and once."""

from __future__ import annotations

import pytest
from django.db import connection

from tests.incidents.at_once import Gate, at_once
from tests.office.agreement_pages import days
from tests.stage import chicago
from watchkeeper.config.watcher import look_around_hourly
from watchkeeper.notify.models import Notice
from watchkeeper.office.agreements.endings import tell_of_ends
from watchkeeper.people.models import Account, Person
from watchkeeper.people.wall import for_the_desk, stand_for_the_desk
from watchkeeper.policies.models import Agreement, EndReminder, Licence


@pytest.fixture
def ends(cast):
    """Premier's agreement holds through 31 Dec 2026; nothing else ends."""
    Agreement.objects.filter(account=cast.premium).update(period=days("2026-01-01", "2026-12-31"))
    return cast


@pytest.fixture
def told_on(ends, clock):
    """``told_on("2026-12-02")``: what is told when the watcher looks at noon of that day."""

    def told(day: str, time: str = "12:00") -> list[Notice]:
        stand_for_the_desk()
        known = set(Notice.objects.values_list("pk", flat=True))
        clock.set(chicago(f"{day} {time}"))
        tell_of_ends()
        stand_for_the_desk()
        return list(Notice.objects.exclude(pk__in=known).order_by("recipient"))

    return told


def marks_told() -> list[int]:
    stand_for_the_desk()
    return list(EndReminder.objects.order_by("pk").values_list("days_before", flat=True))


def subjects(notices: list[Notice]) -> list[str]:
    return [notice.subject for notice in notices]


def test_the_account_executive_is_told_at_each_mark_once(told_on):
    assert told_on("2026-10-02", "23:59") == []
    (first,) = told_on("2026-10-03", "00:00")
    assert (first.recipient, first.subject) == (
        "axel@vendor.example",
        "Premier: Premium for everything ends in 90 days",
    )
    assert told_on("2026-10-03") == []
    assert told_on("2026-12-01") == []
    assert subjects(told_on("2026-12-02")) == ["Premier: Premium for everything ends in 30 days"]
    assert subjects(told_on("2026-12-25")) == ["Premier: Premium for everything ends in 7 days"]
    assert told_on("2026-12-31") == []
    assert subjects(told_on("2027-01-01", "00:00")) == ["Premier: Premium for everything has ended"]
    assert told_on("2027-01-02") == []


def test_the_mail_says_what_holds_then_and_where_to_renew(ends, told_on):
    (mail,) = told_on("2026-12-02")
    key = Agreement.objects.get(account=ends.premium).pk
    assert "Premium for everything of Premier holds through 31 Dec 2026, and nothing follows it." in mail.text
    assert (
        "From the beginning of 1 Jan 2027 (America/Chicago) holds:\n- Break-Fix for everything, by the licence"
        in mail.text
    )
    assert f"/desk/agreements/{key}" in mail.text
    assert mail.account == ends.premium


def test_without_a_licence_it_says_that_nothing_holds_then(ends, told_on):
    Licence.objects.filter(account=ends.premium).delete()
    (mail,) = told_on("2026-12-02")
    assert "- nothing: reports are accepted and worked on, without a promised time" in mail.text


def test_a_licence_is_told_likewise(ends, told_on):
    Licence.objects.filter(account=ends.basic).update(period=days("2026-01-01", "2026-12-31"))
    told = told_on("2026-12-25")
    assert "Basic: The licence ends in 7 days" in subjects(told)
    assert "/desk/accounts/basic" in next(mail for mail in told if "Basic" in mail.subject).text


def test_what_came_due_while_nobody_looked_is_told_once_by_the_last_mark(told_on):
    assert subjects(told_on("2026-12-28")) == ["Premier: Premium for everything ends in 4 days"]
    assert told_on("2026-12-29") == []


def test_an_end_long_past_is_no_news(told_on):
    assert told_on("2027-01-09") == []


@pytest.mark.parametrize(("begins", "silences"), [("2027-01-01", True), ("2027-01-02", False)])
def test_a_renewal_without_a_gap_silences_all_of_it(ends, told_on, begins, silences):
    Agreement.objects.create(account=ends.premium, level="advanced", period=days(begins, "2027-12-31"))
    assert (told_on("2026-12-02") == []) is silences


def test_an_agreement_for_something_else_is_no_renewal(ends, told_on):
    Agreement.objects.create(
        account=ends.premium, level="premium", scope="product", scope_value="Gateway", period=days("2027-01-01")
    )
    assert len(told_on("2026-12-02")) == 1


def test_a_mark_before_the_first_day_never_comes(ends, told_on):
    Agreement.objects.filter(account=ends.premium).update(period=days("2026-12-03", "2026-12-31"))
    assert told_on("2026-12-03") == []
    assert told_on("2026-12-10") == []
    assert len(told_on("2026-12-25")) == 1


def test_an_end_that_is_moved_is_another_end(ends, told_on):
    assert len(told_on("2026-12-02")) == 1
    Agreement.objects.filter(account=ends.premium).update(period=days("2026-01-01", "2027-01-10"))
    assert subjects(told_on("2026-12-10")) == ["Premier: Premium for everything ends in 32 days"]
    assert subjects(told_on("2026-12-12")) == ["Premier: Premium for everything ends in 30 days"]


@pytest.mark.parametrize("is_there", [False, True])
def test_without_an_account_executive_who_may_sign_in_the_managers_are_told(ends, told_on, is_there):
    if is_there:
        Person.objects.filter(pk=ends.axel.pk).update(is_active=False)
    else:
        Account.objects.filter(pk=ends.premium.pk).update(account_executive=None)
    assert [mail.recipient for mail in told_on("2026-12-02")] == ["mia@vendor.example"]


def test_terms_that_cannot_be_read_hold_up_no_reminder(ends, told_on):
    Agreement.objects.filter(account=ends.premium).update(level="platinum")
    assert subjects(told_on("2026-12-02")) == ["Premier: platinum for everything ends in 30 days"]


def test_while_no_policy_is_in_force_there_is_nothing_to_tell(ends, told_on):
    assert told_on("1999-12-02") == []


def test_a_fault_in_one_holds_up_no_other(ends, told_on, monkeypatch, caplog):
    from watchkeeper.office.agreements import endings

    Agreement.objects.filter(account=ends.advanced).update(period=days("2026-01-01", "2026-12-31"))
    whole = endings._words

    def faulty(row, *given):
        if row.account_id == ends.advanced.pk:
            raise RuntimeError("a fault")
        return whole(row, *given)

    monkeypatch.setattr(endings, "_words", faulty)
    assert subjects(told_on("2026-12-02")) == ["Premier: Premium for everything ends in 30 days"]
    assert "could not tell of the end of Agreement" in caplog.text
    monkeypatch.undo()
    assert subjects(told_on("2026-12-02")) == ["Advance: Advanced for everything ends in 30 days"], "it is told yet"


def test_the_watcher_looks_once_an_hour_by_the_databases_clock(ends, clock):
    clock.set(chicago("2026-12-01 23:30"))
    last = look_around_hourly(None)
    clock.set(chicago("2026-12-02 00:15"))
    assert look_around_hourly(last) == last
    assert marks_told() == [90]
    clock.set(chicago("2026-12-02 00:30"))
    assert look_around_hourly(last) == chicago("2026-12-02 00:30")
    assert marks_told() == [90, 30]


def test_two_watchers_at_once_tell_it_once(committed_db, clock, postgres, test_database):
    from tests.cast import raise_curtain

    with for_the_desk():
        cast = raise_curtain()
        Agreement.objects.filter(account=cast.premium).update(period=days("2026-01-01", "2026-12-31"))
    clock.set(chicago("2026-12-02 12:00"))
    connection.close()
    with postgres.superuser(test_database) as keeper, postgres.superuser(test_database) as watcher:
        keeper.execute("begin")
        keeper.execute("lock table policies_endreminder in share mode")
        told = at_once(Gate(keeper, watcher), tell_of_ends, tell_of_ends)
    assert sorted(told) == [0, 1]
    with for_the_desk():
        assert (EndReminder.objects.count(), Notice.objects.count()) == (1, 1)
