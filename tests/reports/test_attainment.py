"""Attainment in the portal: promises of a period, counted by one formula; what is named agrees with the numbers."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.pages.things import person
from tests.reading import words_of
from tests.stage import browser_of, cast, chicago, look_again, report
from watchkeeper.incidents import verbs
from watchkeeper.people.wall import stand_for_the_desk
from watchkeeper.policies.models import Agreement

__all__ = ["browser_of", "cast", "look_again", "report"]

SLA = """\
sla: With a share
acknowledgement:
  1: {within: 30m, share: 90%}
"""


@pytest.fixture
def page_of(browser_of):
    def page(who, period=""):
        return browser_of(who).get(f"/attainment?period={period}" if period else "/attainment").content

    return page


@pytest.fixture
def kept(cast, report):
    def made(severity=1, by=None):
        incident = report(by or cast.petra, severity)
        verbs.acknowledge(incident, by=cast.ana)
        return incident

    return made


@pytest.fixture
def broken(cast, report, clock, look_again):
    def made(severity=1, by=None):
        incident = report(by or cast.petra, severity)
        clock.set(incident.due_at + timedelta(minutes=1))
        return look_again(incident)

    return made


def test_promises_are_told_by_what_they_are_for_and_their_severity(cast, kept, broken, report, page_of):
    late = broken()
    verbs.acknowledge(late, by=cast.ana)
    kept()
    kept(2)
    report(cast.petra, 2)  # is running
    taken_back = report(cast.petra, 1)
    verbs.withdraw(taken_back, by=cast.petra, reason="It was us.")
    page = page_of(cast.petra)
    words = words_of(page)
    assert "66.6 % 2 of 3 promises met, 1 breached. 1 still running. 1 cancelled." in words
    assert "Acknowledgement Severity 1 Critical Premium 50.0 % 3 1 1 0 1" in words
    assert "Acknowledgement Severity 2 High Premium 100.0 % 2 1 0 1 0" in words
    assert named_under("breached-title", page) == [late.reference]
    assert named_under("cancelled-title", page) == [taken_back.reference]
    assert "the report was taken back" in words


def test_what_the_team_excluded_is_left_out_and_said_so_without_its_reason(cast, broken, page_of):
    spoilt = broken()
    verbs.exclude(spoilt, by=cast.mia, metric="acknowledgement", nth=1, reason="CANARY of a reason")
    page = page_of(cast.petra)
    assert "Nothing is decided yet in this period. 1 left out." in words_of(page)
    assert "left out by the team" in words_of(page)
    assert b"CANARY" not in page
    assert named_under("breached-title", page) == []


def test_a_test_counts_in_nothing(cast, report, page_of):
    before = words_of(page_of(cast.petra))
    report(cast.petra, 1, is_test=True)
    assert words_of(page_of(cast.petra)) == before


def test_a_promise_counts_in_the_period_it_began_in_by_the_zone_of_the_support(cast, kept, page_of, clock):
    clock.set(chicago("2026-03-31 23:59"))  # in UTC it is April
    kept()
    clock.set(chicago("2026-04-01 00:01"))
    kept(2)
    assert "High Premium 100.0 % 1 1 0 0" in words_of(page_of(cast.petra))
    assert "Critical Premium" not in words_of(page_of(cast.petra))
    assert "Critical Premium 100.0 % 1 1 0 0" in words_of(page_of(cast.petra, "last-month"))
    assert "1 of 1 promise met" in words_of(page_of(cast.petra, "last-quarter"))
    assert "High Premium 100.0 % 1 1 0 0" in words_of(page_of(cast.petra, "this-quarter"))
    clock.set(chicago("2026-08-01 10:00"))
    assert "Nothing was promised in this period" in words_of(page_of(cast.petra, "last-month"))


def test_what_is_late_is_broken_though_nobody_has_looked_yet(cast, report, page_of, clock):
    clock.set(report(cast.petra, 1).due_at + timedelta(seconds=1))
    assert "0 of 1 promise met, 1 breached." in words_of(page_of(cast.petra))


def test_outside_the_level_nothing_is_promised_and_it_is_told_beside(cast, report, page_of):
    report(cast.basil, 3)
    words = words_of(page_of(cast.basil))
    assert "Nothing is decided yet in this period. 1 outside the level." in words
    assert "Acknowledgement Severity 3 Medium Break-Fix – 0 0 0 0 1" in words


def test_nobody_sees_another_accounts_promises_and_where_all_see_their_own_only_theirs(cast, broken, page_of):
    broken(by=cast.clara)
    assert "Nothing was promised in this period" in words_of(page_of(cast.petra))
    stand_for_the_desk()
    paula, pia = (person(name, role, account=cast.premium) for name, role in PEOPLE)
    cast.premium.sees_only_own = True
    cast.premium.save()
    broken()
    assert "0 of 1 promise met" in words_of(page_of(paula))
    assert "Nothing was promised in this period" in words_of(page_of(pia))


PEOPLE = (("Paula", "customer_manager"), ("Pia", "customer"))


def test_a_share_that_was_promised_is_kept_or_missed_as_a_whole(cast, kept, broken, page_of, clock):
    stand_for_the_desk()
    Agreement.objects.filter(account=cast.contracted).update(sla_text=SLA)
    broken(by=cast.clara)
    for _ in range(8):
        kept(by=cast.clara)
    clock.set(chicago("2026-04-02 10:00"))
    assert "acknowledgement of Critical: 90 % a month" in words_of(page_of(cast.clara, "last-month"))
    assert "Missed 2026-03 · missed: 8 of 9 kept (88.8 %)" in words_of(page_of(cast.clara, "last-month"))
    assert "Missed 2026-03" in words_of(page_of(cast.clara, "last-quarter"))


def test_the_page_asks_as_often_with_many_incidents_as_with_one(cast, broken, browser_of):
    browser = browser_of(cast.petra)

    def asked() -> int:
        browser.get("/attainment")
        with CaptureQueriesContext(connection) as queries:
            browser.get("/attainment")
        return len(queries)

    broken()
    few = asked()
    stand_for_the_desk()
    for _ in range(5):
        broken()
    assert asked() == few


def named_under(heading: str, page: bytes) -> list[str]:
    """The references that are linked below a heading."""
    _before, found, after = page.decode().partition(f'id="{heading}"')
    return re.findall(r'href="/incidents/(WK-\w+)"', after.partition("</section>")[0]) if found else []
