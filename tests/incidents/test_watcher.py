"""The watcher looks at several incidents in one go: all that is due is done, and one that cannot be done stops none."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.stage import chicago
from watchkeeper.config.watcher import LOOK_AGAIN_AFTER_A_FAULT, look_at_some
from watchkeeper.incidents import flow
from watchkeeper.incidents.evidence import first_flaw
from watchkeeper.notify.models import Notice

DUE = chicago("2026-03-02 12:00")
LATE = DUE + timedelta(seconds=5)


@pytest.fixture
def overdue(cast, report, clock):
    """Criticals of two accounts, three of each in turn, that nobody has looked at since their window began."""
    incidents = [report(person) for _ in range(3) for person in (cast.petra, cast.clara)]
    clock.set(LATE)
    return incidents


def breaches(incident):
    return list(incident.events.filter(kind="breached"))


def told(incident):
    notices = Notice.objects.for_incident(incident.pk).filter(step__startswith="breached")
    return sorted(notices.values_list("recipient", flat=True))


def test_all_that_is_due_is_done_in_one_go_and_told_to_each(cast, overdue):
    assert look_at_some() == len(overdue)
    for incident in overdue:
        (breach,) = breaches(incident)
        assert (breach.at <= DUE, breach.recorded_at) == (True, LATE)
        assert told(incident) == ["escalation@vendor.example", "mia@vendor.example", "oncall@vendor.example"]
    assert look_at_some() == 0


def test_the_chains_of_all_accounts_hold_afterwards(cast, overdue):
    look_at_some()
    assert [first_flaw(account) for account in (cast.premium, cast.contracted)] == [None, None]


def test_nothing_due_is_nothing_to_do_and_nothing_to_say(cast, report, caplog):
    report(cast.petra)
    assert look_at_some() == 0
    assert caplog.records == []


def test_one_that_cannot_be_looked_at_holds_up_no_other_and_is_tried_again(overdue, monkeypatch, caplog, clock):
    broken = overdue[2]
    plan_of = flow.plan_of

    def plan_or_fail(incident, standing, now):
        if incident.pk == broken.pk:
            raise ZeroDivisionError("the plan came to nothing")
        return plan_of(incident, standing, now)

    with monkeypatch.context() as patch:
        patch.setattr(flow, "plan_of", plan_or_fail)
        assert look_at_some() == len(overdue)
        assert look_at_some() == 0
    assert [len(breaches(incident)) for incident in overdue] == [1, 1, 0, 1, 1, 1]
    broken.refresh_from_db()
    assert broken.look_again_at == LATE + LOOK_AGAIN_AFTER_A_FAULT
    assert f"could not look at {broken.reference}" in caplog.text
    assert "the plan came to nothing" in caplog.text
    clock.advance(LOOK_AGAIN_AFTER_A_FAULT)
    assert look_at_some() == 1
    assert len(breaches(broken)) == 1
    assert len(told(broken)) == 3
