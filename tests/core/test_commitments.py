"""What a timeline makes of a promise, day by day. Monday is 2026-03-02; times are on the wall in Chicago."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.core.premium import ALWAYS, PREMIUM, at, event, fold, promise, reported, target, the, within
from watchkeeper.core import timeline as t
from watchkeeper.core.commitments import commitments
from watchkeeper.core.facts import NoReport, facts_of
from watchkeeper.core.lifecycle import NotAllowedNow

MON_10 = "2026-03-02 10:00"


def test_a_critical_at_premium_is_due_two_hours_after_its_report():
    commitment = the("acknowledgement", reported(MON_10, 1))
    assert (commitment.due_at, commitment.outcome) == (at("2026-03-02 12:00"), "running")
    assert commitment.goal_at == at("2026-03-02 10:15")


@pytest.mark.parametrize(("limit", "goal"), [("16m", "2026-03-02 10:15"), ("15m", None), ("1m", None)])
def test_a_goal_that_a_shorter_limit_leaves_no_earlier_than_itself_is_no_aim(limit, goal):
    shortened = target("acknowledgement", 1, limit, ALWAYS, goal="15m")
    assert shortened.goal_at(at(MON_10), within(limit).due_at(ALWAYS.hours, at(MON_10))) == (goal and at(goal))


def test_an_acknowledgement_at_the_very_due_instant_meets_the_promise():
    commitment = the("acknowledgement", reported(MON_10, 1), event(t.ACKNOWLEDGED, "2026-03-02 12:00"))
    assert (commitment.outcome, commitment.done_at) == ("met", at("2026-03-02 12:00"))


def test_one_microsecond_later_it_is_breached_though_nobody_looked():
    late = at("2026-03-02 12:00").replace(microsecond=1)
    commitment = the("acknowledgement", reported(MON_10, 1), event(t.ACKNOWLEDGED, late))
    assert (commitment.outcome, commitment.done_at) == ("breached", late)


def test_any_event_after_the_due_instant_shows_the_breach():
    assert the("acknowledgement", reported(MON_10, 1), event(t.NOTED, "2026-03-02 12:01")).outcome == "breached"


@pytest.mark.parametrize("kind", [t.ACKNOWLEDGED, t.REPLIED, t.ASKED, t.RESOLVED])
def test_any_public_message_of_the_team_acknowledges(kind):
    assert the("acknowledgement", reported(MON_10, 1), event(kind, "2026-03-02 11:00")).outcome == "met"


@pytest.mark.parametrize("kind", [t.NOTED, t.ANSWERED, t.DISPATCHED, t.ATTACHED, t.WARNED])
def test_nothing_else_acknowledges(kind):
    data = {"metric": "acknowledgement", "nth": 1, "severity": 1, "promise": "premium", "passed": []}
    assert the("acknowledgement", reported(MON_10, 1), event(kind, "2026-03-02 11:00", **data)).outcome == "running"


def test_a_severity_outside_the_level_has_no_commitment():
    assert fold(reported(MON_10, 3, "break-fix"))[1] == ()


def test_without_entitlement_there_is_no_commitment():
    assert fold(reported(MON_10, 1, None))[1] == ()


def test_a_raise_starts_the_faster_window_at_the_change():
    raised = event(t.CLASSIFIED, "2026-03-02 11:00", severity=1)
    assert the("acknowledgement", reported(MON_10, 3), raised).due_at == at("2026-03-02 13:00")


def test_a_raise_never_moves_the_due_time_later():
    raised = event(t.CLASSIFIED, "2026-03-02 13:30", severity=1)
    assert the("acknowledgement", reported(MON_10, 2), raised).due_at == at("2026-03-02 14:00")


def test_lowering_falls_back_to_the_milder_window_counted_from_receipt():
    lowered = event(t.CLASSIFIED, "2026-03-02 11:00", severity=2)
    assert the("acknowledgement", reported(MON_10, 1), lowered).due_at == at("2026-03-02 14:00")


def test_raising_again_goes_on_with_what_was_left():
    commitment = the(
        "acknowledgement",
        reported(MON_10, 1),
        event(t.CLASSIFIED, "2026-03-02 11:00", severity=2),
        event(t.CLASSIFIED, "2026-03-02 11:30", severity=1),
    )
    assert commitment.due_at == at("2026-03-02 12:30")


def test_lowering_after_the_window_passed_withdraws_no_breach():
    lowered = event(t.CLASSIFIED, "2026-03-02 12:30", severity=5)
    commitment = the("acknowledgement", reported(MON_10, 1), lowered)
    assert (commitment.outcome, commitment.due_at) == ("breached", at("2026-03-02 12:00"))


def test_lowering_out_of_the_level_cancels_and_raising_brings_back_what_was_left():
    lowered = event(t.CLASSIFIED, "2026-03-02 12:00", severity=4)
    raised = event(t.CLASSIFIED, "2026-03-03 12:00", severity=1)
    cancelled = the("acknowledgement", reported(MON_10, 1, "break-fix"), lowered)
    assert (cancelled.outcome, cancelled.reason, cancelled.due_at) == ("cancelled", "outside the level", None)
    again = the("acknowledgement", reported(MON_10, 1, "break-fix"), lowered, raised)
    assert (again.outcome, again.due_at) == ("running", at("2026-03-05 16:00"))


def test_lowered_out_of_the_level_an_acknowledgement_meets_nothing():
    lowered = event(t.CLASSIFIED, "2026-03-02 12:00", severity=4)
    acknowledged = event(t.ACKNOWLEDGED, "2026-03-02 13:00")
    raised = event(t.CLASSIFIED, "2026-03-02 14:00", severity=1)
    timeline = [reported(MON_10, 1, "break-fix"), lowered, acknowledged, raised]
    assert the("acknowledgement", *timeline).outcome == "cancelled"


def test_a_commitment_met_stays_met_when_the_severity_rises():
    timeline = [
        reported(MON_10, 3),
        event(t.ACKNOWLEDGED, "2026-03-02 11:00"),
        event(t.CLASSIFIED, "2026-03-06 11:00", severity=1),
    ]
    assert [c.outcome for c in fold(*timeline)[1]] == ["met"]


def test_where_the_policy_says_so_a_raise_asks_for_a_second_acknowledgement():
    timeline = [
        reported(MON_10, 3),
        event(t.ACKNOWLEDGED, "2026-03-02 11:00"),
        event(t.CLASSIFIED, "2026-03-06 11:00", severity=1, reacknowledge=True),
    ]
    assert the("acknowledgement", *timeline, nth=2).due_at == at("2026-03-06 13:00")
    timeline.append(event(t.ACKNOWLEDGED, "2026-03-06 12:00"))
    assert [c.outcome for c in fold(*timeline)[1]] == ["met", "met"]


def test_an_upgrade_contributes_its_clocks_from_its_own_moment_and_the_earliest_holds():
    applied = event(t.PROMISE_APPLIED, "2026-03-03 10:00", promise="premium")
    assert the("acknowledgement", reported(MON_10, 1, "break-fix"), applied).due_at == at("2026-03-03 12:00")


def test_a_worse_promise_laid_on_changes_nothing():
    applied = event(t.PROMISE_APPLIED, "2026-03-02 10:30", promise="break-fix")
    assert the("acknowledgement", reported(MON_10, 1), applied).due_at == at("2026-03-02 12:00")


def test_a_promise_that_supersedes_may_be_later():
    applied = event(t.PROMISE_APPLIED, "2026-03-02 10:30", promise="break-fix", supersedes=True)
    assert the("acknowledgement", reported(MON_10, 1), applied).due_at == at("2026-03-04 16:30")


def test_a_withdrawal_at_the_due_instant_cancels():
    commitment = the("acknowledgement", reported(MON_10, 1), event(t.WITHDRAWN, "2026-03-02 12:00"))
    assert (commitment.outcome, commitment.reason) == ("cancelled", "withdrawn")


def test_a_withdrawal_after_it_leaves_the_breach():
    assert the("acknowledgement", reported(MON_10, 1), event(t.WITHDRAWN, "2026-03-02 12:01")).outcome == "breached"


def test_a_merge_acknowledges_the_younger_and_cancels_what_else_it_owed():
    _facts, made = fold(reported(MON_10, 1, "updates"), event(t.MERGED, "2026-03-02 11:00"))
    assert {(c.metric, c.outcome, c.reason) for c in made} == {
        ("acknowledgement", "met", None),
        ("resolution", "cancelled", "merged"),
    }


def test_updates_start_at_the_acknowledgement_and_each_next_at_the_last_public_reply():
    timeline = [
        reported(MON_10, 1, "updates"),
        event(t.ACKNOWLEDGED, "2026-03-02 11:00"),
        event(t.REPLIED, "2026-03-02 13:00"),
    ]
    assert the("update", *timeline, nth=1).outcome == "met"
    assert the("update", *timeline, nth=2).due_at == at("2026-03-02 16:00")


def test_a_silence_is_breached_once_however_long_it_lasts():
    timeline = [
        reported(MON_10, 1, "updates"),
        event(t.ACKNOWLEDGED, "2026-03-02 11:00"),
        event(t.REPLIED, "2026-03-04 11:00"),
    ]
    updates = [c for c in fold(*timeline)[1] if c.metric == "update"]
    assert [(c.outcome, c.due_at) for c in updates] == [
        ("breached", at("2026-03-02 14:00")),
        ("running", at("2026-03-04 14:00")),
    ]
    assert updates[0].done_at == at("2026-03-04 11:00")


def test_a_public_question_stops_update_and_resolution_and_an_answer_starts_them():
    asked = [
        reported(MON_10, 1, "updates"),
        event(t.ACKNOWLEDGED, "2026-03-02 11:00"),
        event(t.ASKED, "2026-03-02 12:00"),
    ]
    assert the("update", *asked, nth=2).is_paused
    assert the("resolution", *asked).due_at is None
    answered = [*asked, event(t.ANSWERED, "2026-03-03 12:00")]
    assert the("update", *answered, nth=2).due_at == at("2026-03-03 15:00")
    assert the("resolution", *answered).due_at == at("2026-03-03 22:00")


def test_an_update_given_while_the_customer_is_asked_is_met_and_was_due_at_no_time():
    asked = [
        reported(MON_10, 1, "updates"),
        event(t.ACKNOWLEDGED, "2026-03-02 11:00"),
        event(t.ASKED, "2026-03-02 12:00"),
    ]
    spoken = [*asked, event(t.REPLIED, "2026-03-02 18:00")]
    update = the("update", *spoken, nth=2)
    assert (update.outcome, update.due_at) == ("met", None)
    answered = [*spoken, event(t.ANSWERED, "2026-03-02 20:00")]
    assert the("update", *answered, nth=2).due_at > at("2026-03-02 20:00")
    before = the("update", *asked, nth=1)
    assert (before.outcome, before.due_at) == ("met", at("2026-03-02 14:00"))


def test_what_is_reached_while_the_customer_is_asked_is_not_late():
    restored = target("restoration", 1, "3h", ALWAYS)
    level = replace(PREMIUM, targets=(*PREMIUM.targets, restored))
    asked = [reported(MON_10, 1), event(t.ASKED, "2026-03-02 12:00")]
    timeline = [*asked, event(t.REPLIED, "2026-03-02 18:00", reached="restoration")]
    found = [c for c in commitments(facts_of(timeline), {"premium": promise(level)}) if c.metric == "restoration"]
    assert [(c.outcome, c.due_at) for c in found] == [("met", None)]


def test_a_pause_does_not_stop_the_acknowledgement():
    asked = [reported(MON_10, 1, "updates"), event(t.ASKED, "2026-03-02 12:30"), event(t.ANSWERED, "2026-03-02 13:00")]
    assert the("acknowledgement", *asked).outcome == "breached"


def test_the_time_between_resolved_and_reopened_is_closed_time():
    timeline = [
        reported(MON_10, 1, "updates"),
        event(t.RESOLVED, "2026-03-02 14:00"),
        event(t.REOPENED, "2026-03-05 14:00"),
    ]
    assert the("resolution", *timeline[:2]).outcome == "met"
    assert the("resolution", *timeline).due_at == at("2026-03-05 22:00")


def test_a_resolution_that_came_too_late_stays_breached_through_a_reopening():
    timeline = [
        reported(MON_10, 1, "updates"),
        event(t.RESOLVED, "2026-03-02 23:00"),
        event(t.REOPENED, "2026-03-05 14:00"),
    ]
    assert the("resolution", *timeline).outcome == "breached"


def test_an_escalation_is_answered_within_its_own_promise():
    timeline = [reported(MON_10, 1), event(t.ESCALATED, "2026-03-02 12:30")]
    assert the("escalation_answer", *timeline).due_at == at("2026-03-02 14:30")
    timeline.append(event(t.ESCALATION_ANSWERED, "2026-03-02 13:00"))
    assert the("escalation_answer", *timeline).outcome == "met"


def test_an_exclusion_is_kept_with_its_reason_beside_the_outcome():
    excluded = event(t.EXCLUDED, "2026-03-03 10:00", metric="acknowledgement", nth=1, reason="a test of ours")
    commitment = the("acknowledgement", reported(MON_10, 1), event(t.ACKNOWLEDGED, "2026-03-02 13:00"), excluded)
    assert (commitment.outcome, commitment.excluded) == ("breached", "a test of ours")


def test_a_timeline_that_does_not_begin_with_a_report_is_refused():
    with pytest.raises(NoReport, match="begins with reported, not with noted"):
        facts_of([event(t.NOTED, MON_10)])


def test_what_the_lifecycle_forbids_is_refused_with_what_it_allows():
    with pytest.raises(NotAllowedNow, match="an incident that is new cannot be confirmed; it must be resolved"):
        facts_of([reported(MON_10, 1), event(t.CONFIRMED, MON_10)])


def test_a_clock_that_stood_still_from_its_very_end_ends_when_it_runs_again():
    lowered = event(t.CLASSIFIED, "2026-03-04 16:00", severity=3)
    raised = event(t.CLASSIFIED, "2026-03-05 10:00", severity=1)
    commitment = the("acknowledgement", reported(MON_10, 1, "break-fix"), lowered, raised)
    assert (commitment.outcome, commitment.due_at) == ("running", at("2026-03-05 10:00"))
