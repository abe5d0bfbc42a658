"""What a level says beside a length: a share, a later beginning, words instead of a promise, ways in, limits."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest

from tests.core.policy_text import changed, problems, read, target
from tests.core.wall_clocks import at
from watchkeeper.core import timeline as t
from watchkeeper.core.circumstances import Circumstances
from watchkeeper.core.commitments import CANCELLED, MET, RUNNING, Commitment, commitments
from watchkeeper.core.facts import facts_of
from watchkeeper.core.offer import Credit, Limit
from watchkeeper.core.policy import Share
from watchkeeper.core.promise import effective
from watchkeeper.core.published import page, wording

ESCALATION = "    escalation: {eligible: [1, 2]}\n"


def made(level_says: str, *timeline: tuple[str, str, dict[str, object]]) -> dict[str, Commitment]:
    """The commitments of a Critical at the gold level, received at 08:00, after what happened since."""
    policy = read(ESCALATION, ESCALATION + level_says)
    events = [("reported", "2026-03-02 08:00", {"severity": 1, "promise": 0}), *timeline]
    facts = facts_of([t.Event(kind, at(when), at(when), data) for kind, when, data in events])
    return {one.metric: one for one in commitments(facts, {0: effective(policy, policy.level("gold"))})}


# targets


def test_business_and_elapsed_hours_say_their_own_counting() -> None:
    policy = read("2: {within: 4h}", "2: 2.5 business hours")
    assert target(policy, "gold", 2).within.length == timedelta(hours=2, minutes=30)
    assert target(policy, "gold", 2).within.counting == "operating"
    assert target(read("2: {within: 4h}", "2: 4 elapsed hours"), "gold", 2).within.counting == "elapsed"


def test_elapsed_hours_may_start_on_receipt_beside_a_goal_that_does_not() -> None:
    found = target(read("2: {within: 4h}", "2: {within: 4 elapsed hours, starts: receipt, goal: 1h}"), "gold", 2)
    assert (found.within.counting, found.within.starts) == ("elapsed", "receipt")
    assert found.goal is not None
    assert (found.goal.counting, found.goal.starts) == ("operating", "opening")


def test_a_length_and_its_counting_may_not_contradict_each_other() -> None:
    (problem,) = problems(changed("2: {within: 4h}", "2: {within: 4 business hours, counting: elapsed}"))
    assert '"4 business hours" is not counted as counting: elapsed says' in problem


def test_words_stand_where_nothing_is_promised() -> None:
    gold = read("3: {within: 8h, hours: office}", "3: best effort").level("gold")
    assert gold.target("acknowledgement", 3) is None
    assert gold.said_instead == ((("acknowledgement", 3), "best effort"),)
    assert (
        page(read("3: {within: 8h, hours: office}", "3: best effort")).levels[1].rows[2].cells[0].text == "Best effort"
    )


def test_any_words_may_stand_where_nothing_is_promised() -> None:
    policy = read("3: {within: 8h, hours: office}", "3: {says: Next ETA on request}")
    assert policy.level("gold").said_instead == ((("acknowledgement", 3), "Next ETA on request"),)
    assert page(policy).levels[1].rows[2].cells[0].text == "Next ETA on request"
    variant = "    variants: [{when: {product: x}, acknowledgement: {1: {says: At once}}}]\n"
    policy = read(ESCALATION, ESCALATION + variant)
    there = effective(policy, policy.level("gold"), None, Circumstances(product="x"))
    assert there.target("acknowledgement", 1) is None
    assert there.said_instead["acknowledgement", 1] == "At once"


@pytest.mark.parametrize(
    ("written", "within", "goal"),
    [
        ("2-4 hours", "4 h", "2 h"),
        ("2–4h", "4 h", "2 h"),
        ("30m - 1h", "1 h", "30 min"),
        ("30 minutes to 1 hour", "1 h", "30 min"),
        ("0-4 business hours", "4 h", "None"),
        ("1.5-2.5 business hours", "2 h 30 min", "1 h 30 min"),
        ("{within: 1-2 business days, hours: office}", "2 business days", "1 business day"),
    ],
)
def test_a_range_promises_its_longer_length_and_aims_at_the_shorter(written: str, within: str, goal: str) -> None:
    found = target(read("2: {within: 4h}", f"2: {written}"), "gold", 2)
    assert (str(found.within), str(found.goal)) == (within, goal)


def test_a_share_is_promised_of_a_period() -> None:
    found = target(read("2: {within: 4h}", "2: {within: 4h, share: 95%, each: quarter}"), "gold", 2)
    assert found.share == Share(Fraction(19, 20), "quarter")
    assert wording(found) == "Within 4 h (always), for 95 % a quarter"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("{within: 4h, share: 120%}", '"120%" is not between 0 and 1; write 95%'),
        ("{within: 4h, share: 100%}", "is what a target without a share promises"),
        ("{within: 4h, each: month}", "says over which period a share is taken; write the share too"),
        ("{within: 4h, share: 95%, each: week}", '"week" is no period; write month, quarter, year'),
        ("{within: 4h, from: lunch}", '"lunch" starts no clock of acknowledgement; write receipt, dispatch'),
        ("{within: 4h, from: acknowledgement}", "starts no clock of acknowledgement"),
        ("{within: 2-4h, goal: 1h}", "is given beside a range, whose shorter length is the goal"),
        ("2-4 hrz", '"4 hrz" is not a duration; write 4h'),
        ("1-2 months", '"2 months" is not a duration; a month has no fixed length; write 30 calendar days'),
    ],
)
def test_a_mistake_in_a_target_is_named(written: str, said: str) -> None:
    (problem,) = problems(changed("2: {within: 4h}", f"2: {written}"))
    assert said in problem


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("{says: Soon, within: 4h}", "says: stands alone, where nothing is counted; words beside a length are its"),
        ("{says: }", "gold.acknowledgement.3.says: is missing; write the words that stand there"),
    ],
)
def test_words_instead_of_a_promise_stand_alone(written: str, said: str) -> None:
    (problem,) = problems(changed("3: {within: 8h, hours: office}", f"3: {written}"))
    assert said in problem


# clocks


def test_a_resolution_may_be_counted_from_the_acknowledgement() -> None:
    says = "    resolution: {1: {within: 6h, from: acknowledgement}}\n"
    waiting = made(says)["resolution"]
    assert (waiting.outcome, waiting.due_at, waiting.has_begun, waiting.is_paused) == (RUNNING, None, False, False)
    begun = made(says, ("acknowledged", "2026-03-02 09:30", {}))["resolution"]
    assert begun.due_at == at("2026-03-02 15:30")
    assert begun.clock_from == at("2026-03-02 09:30")


def test_a_clock_may_start_when_the_desk_has_reviewed_the_report() -> None:
    says = "    clock_starts: dispatch\n"
    assert made(says)["acknowledgement"].due_at is None
    dispatched = made(says, ("dispatched", "2026-03-02 08:45", {"assignee": 7}))["acknowledgement"]
    assert dispatched.due_at == at("2026-03-02 10:45")


def test_a_clock_may_start_with_the_first_telephone_call_and_a_milder_one_does_not_wait_for_it() -> None:
    says = "    restoration: {1: {within: 4h, from: call}, 2: 12h}\n"
    uncalled = made(says)["restoration"]
    assert (uncalled.due_at, uncalled.severity) == (at("2026-03-02 20:00"), 2)
    calls = [("call_logged", when, {}) for when in ("2026-03-02 08:10", "2026-03-02 09:00")]
    called = made(says, *calls)["restoration"]
    assert (called.due_at, called.severity) == (at("2026-03-02 12:10"), 1)


def test_what_is_not_dispatched_is_not_due_and_a_withdrawal_cancels_it() -> None:
    says = "    workaround: {1: {within: 4h, from: dispatch}}\n"
    assert made(says)["workaround"].due_at is None
    dispatched = made(says, ("dispatched", "2026-03-02 08:45", {"assignee": 7}))["workaround"]
    assert dispatched.due_at == at("2026-03-02 12:45")
    withdrawn = made(says, ("withdrawn", "2026-03-02 08:50", {}))["workaround"]
    assert (withdrawn.outcome, withdrawn.reason) == (CANCELLED, "withdrawn")


def test_a_workaround_is_reached_by_a_message_that_says_so_or_by_the_resolution() -> None:
    says = "    workaround: {1: 4h}\n"
    plain = made(says, ("replied", "2026-03-02 09:00", {}))["workaround"]
    assert plain.outcome == RUNNING, "a reply that names nothing reaches nothing"
    said = made(says, ("replied", "2026-03-02 09:00", {"reached": "workaround"}))["workaround"]
    assert (said.outcome, said.done_at) == (MET, at("2026-03-02 09:00"))
    resolved = made(says, ("resolved", "2026-03-02 11:00", {}))["workaround"]
    assert (resolved.outcome, resolved.done_at) == (MET, at("2026-03-02 11:00"))


def test_somebody_is_on_site_when_a_message_says_so_and_waiting_for_the_customer_does_not_count() -> None:
    says = "    arrival: {1: 4h}\n"
    assert made(says, ("asked", "2026-03-02 09:00", {}))["arrival"].is_paused
    there = made(says, ("replied", "2026-03-02 11:00", {"reached": "arrival"}))["arrival"]
    assert (there.outcome, there.done_at) == (MET, at("2026-03-02 11:00"))
    policy = read(ESCALATION, ESCALATION + says)
    assert page(policy).levels[1].headings[2:] == ("Response Time", "Arrival on Site")


def test_a_question_to_the_customer_stops_a_restoration_and_not_an_assignment() -> None:
    says = "    restoration: {1: 4h}\n    assignment: {1: 2h}\n"
    asked = made(says, ("asked", "2026-03-02 09:00", {}))
    assert asked["restoration"].is_paused
    assert asked["assignment"].outcome == MET, "whoever asks has taken it"


def test_a_report_is_owed_from_the_resolution_on() -> None:
    says = "    post_incident_report: {1: 2 business days}\n"
    assert "post_incident_report" not in made(says)
    owed = made(says, ("resolved", "2026-03-02 11:00", {}))["post_incident_report"]
    assert owed.due_at == at("2026-03-04 11:00")
    sent = made(
        says, ("resolved", "2026-03-02 11:00", {}), ("replied", "2026-03-03 09:00", {"reached": "post_incident_report"})
    )["post_incident_report"]
    assert sent.outcome == MET


# words beside


def test_ways_in_limits_and_credits_are_values() -> None:
    offer = (
        read(
            ESCALATION,
            f"{ESCALATION}    channels: {{1: phone, others: [web, mail]}}\n    named_contacts: 20\n"
            "    limits: [{of: cases, at_most: 10, each: month}, two screen shares]\n"
            "    credits: [{after: 4 missed acknowledgements, each: quarter, worth: 20% of the fee}]\n"
            "    offered: {to: 2026-07-01}\n",
        )
        .level("gold")
        .offer
    )
    assert (offer.channels_at(1), offer.channels_at(3)) == (("phone",), ("web", "mail"))
    assert offer.limits == (Limit("cases", 10, "month"), "two screen shares")
    assert offer.credits == (Credit(4, "acknowledgement", "quarter", "20% of the fee"),)
    assert offer.offered_to == date(2026, 7, 1)


@pytest.mark.parametrize(
    ("after", "metric"),
    [("2 missed diagnoses", "diagnosis"), ("1 missed post incident report", "post_incident_report")],
)
def test_a_credit_names_its_metric_as_people_do(after: str, metric: str) -> None:
    credit = f"    credits: [{{after: {after}, each: month, worth: a day}}]\n"
    (found,) = read(ESCALATION, ESCALATION + credit).level("gold").offer.credits
    assert isinstance(found, Credit)
    assert (found.metric, found.missed) == (metric, after)


def test_what_the_policy_offers_holds_for_a_level_that_says_nothing_else() -> None:
    policy = read("default_severity: 2", "default_severity: 2\nlanguages: [en, ja]\nresponse_means: A person answers.")
    assert policy.level("basic").offer.languages == ("en", "ja")
    headings = [note.heading for note in page(policy).levels[0].notes]
    assert headings == ["Languages", "What counts as a response"]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("20", "at most 20"),
        ("two of the team", "two of the team"),
        ("{at_most: 4, who: administrators}", "at most 4 (administrators)"),
        ("{at_most: 2, more: 1, for_each: 50, by: seats}", "at most 2, and 1 more for each further 50 seats"),
        (
            "{at_most: {250: 20, 1000: 40}, by: subscriptions, more: 40, for_each: 1000}",
            "at most 20 up to 250 subscriptions, 40 up to 1000 subscriptions, "
            "and 40 more for each further 1000 subscriptions",
        ),
    ],
)
def test_how_many_may_report_is_a_number_that_may_grow_with_the_customer(written: str, said: str) -> None:
    policy = read(ESCALATION, f"{ESCALATION}    named_contacts: {written}\n")
    (note,) = [note for note in page(policy).levels[1].notes if note.heading == "Named contacts"]
    assert note.lines == (said,)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("{who: x}", "named_contacts.at_most: is missing; write how many, as at_most: 4"),
        ("{at_most: {}}", "named_contacts.at_most: names no size; write how many up to which size"),
        ("{at_most: {250: 20, 100: 40}, by: seats}", "at_most.100: is no larger than the size before it"),
        ("{at_most: {250: 20}}", "named_contacts.by: is missing; write what a customer's size is counted in"),
        ("{at_most: 2, more: 1, by: seats}", "more: and for_each go together, as more: 1, for_each: 50"),
        ("{at_most: none}", '"none" is not a number of things; write 10'),
        ("{at_most: 2, least: 1}", 'named contacts has no "least"'),
    ],
)
def test_a_mistake_in_named_contacts_is_named(written: str, said: str) -> None:
    (problem,) = problems(changed(ESCALATION, f"{ESCALATION}    named_contacts: {written}\n"))
    assert said in problem


def test_maintenance_is_a_calendar_that_is_kept_free_or_words() -> None:
    maintenance = "    maintenance: [{hours: office, notice: 5 days}, at other times by agreement]\n"
    (note,) = [
        n for n in page(read(ESCALATION, ESCALATION + maintenance)).levels[1].notes if n.heading == "Maintenance"
    ]
    assert note.lines == ("Office Hours, announced 5 days before", "at other times by agreement")
    (problem,) = problems(changed(ESCALATION, ESCALATION + maintenance.replace("office", "sundays")))
    assert '"sundays" is not the name of hours' in problem


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("channels: fax", '"fax" is no channel; write web, mail, phone, chat, api, monitoring'),
        ("channels: {9: phone}", '"9" is not a severity'),
        ("limits: [{of: cases}]", "gold.limits.1.at_most: is missing; write how many"),
        ("limits: [{of: cases, at_most: many}]", '"many" is not a number of things'),
        ("credits: [{after: often, each: month, worth: x}]", '"often" counts no breaches; write 4 missed'),
        ("offered: {from: 2026-02-01, to: 2026-01-01}", "ends before it begins"),
        ("severities: {1: text, 9: x}", '"9" is not a severity'),
    ],
)
def test_a_mistake_beside_the_targets_is_named(written: str, said: str) -> None:
    text = changed(ESCALATION, f"{ESCALATION}    {written}\n")
    assert any(said in problem for problem in problems(text)), problems(text)


def test_a_level_may_mean_something_else_by_a_severity() -> None:
    policy = read(ESCALATION, f"{ESCALATION}    severities: {{1: Billing is wrong.}}\n")
    assert page(policy).levels[1].rows[0].definition == "Billing is wrong."
    assert page(policy).levels[0].rows[0].definition == "Down."


def test_a_severity_may_be_found_by_impact_and_urgency() -> None:
    text = "default_severity: 2\nseverity_matrix:\n  wide: {high: 1, low: 2}\n  narrow: {high: 2, low: 3}"
    matrix = read("default_severity: 2", text).severity_matrix
    assert matrix is not None
    assert (matrix.impacts, matrix.urgencies, matrix.severities) == (
        ("wide", "narrow"),
        ("high", "low"),
        ((1, 2), (2, 3)),
    )
