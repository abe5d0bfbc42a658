"""What is held before it leaves, and what was taken back: as if it had not been said."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from watchkeeper.core import leaving, lifecycle
from watchkeeper.core import timeline as t
from watchkeeper.core.facts import facts_of

START = datetime(2026, 3, 2, 16, tzinfo=UTC)


def at(seconds):
    return START + timedelta(seconds=seconds)


def event(kind, seconds, **data):
    return t.Event(kind, at(seconds), at(seconds), data)


def held(kind, seconds):
    return event(kind, seconds, leaves_at=at(seconds + 10).isoformat())


REPORT = event(t.REPORTED, 0, severity=1)


def test_what_was_taken_back_counts_for_nothing_and_what_came_after_it_does():
    timeline = [REPORT, held(t.ASKED, 5), event(t.NOTED, 7), event(t.TAKEN_BACK, 8, event=2), event(t.REPLIED, 9)]
    facts = facts_of(timeline)
    assert (facts.state, facts.acknowledged_at, facts.standing_still_since) == (lifecycle.ACKNOWLEDGED, at(9), None)
    assert [each.opened_at for each in facts.silences] == [at(9)]


def test_leaving_out_what_was_taken_back_twice_leaves_out_no_more():
    timeline = [REPORT, held(t.REPLIED, 5), event(t.TAKEN_BACK, 8, event=2), event(t.NOTED, 9)]
    once = t.without_taken_back(timeline)
    assert [each.kind for each in once] == [t.REPORTED, t.NOTED]
    assert t.without_taken_back(once) == once


def test_a_customer_is_told_what_has_left_at_the_instant_it_leaves():
    timeline = [REPORT, held(t.REPLIED, 5)]
    assert leaving.told(timeline, at(14)) == [REPORT]
    assert leaving.told(timeline, at(15)) == timeline


def test_the_next_to_leave_is_what_was_said_first_and_was_not_taken_back():
    timeline = [REPORT, held(t.REPLIED, 1), held(t.REPLIED, 3), held(t.REPLIED, 5), event(t.TAKEN_BACK, 6, event=2)]
    assert leaving.leave_next(timeline, at(6)) == at(13)
    assert leaving.leave_next(timeline, at(13)) == at(15)
    assert leaving.leave_next(timeline, at(15)) is None
    assert leaving.left_between(timeline, at(11), at(13)) == [timeline[2]]


def test_a_dispatch_to_nobody_leaves_an_incident_new_only_where_nobody_has_acknowledged_it():
    back = event(t.DISPATCHED, 9, assignee=None)
    assert facts_of([REPORT, event(t.DISPATCHED, 5, assignee=7), back]).state == lifecycle.NEW
    acknowledged = [REPORT, event(t.DISPATCHED, 5, assignee=7), event(t.ACKNOWLEDGED, 6), back]
    assert facts_of(acknowledged).state == lifecycle.ACKNOWLEDGED
