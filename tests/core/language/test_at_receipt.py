"""What only the receipt settles: a variant for what comes in or outside some hours, and the most severe it can be."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.core.policy_text import SMALL, changed, problems, read
from tests.core.wall_clocks import at
from watchkeeper.core.at_receipt import Terms, open_hours
from watchkeeper.core.circumstances import ANY, Circumstances, When
from watchkeeper.core.differences import differences
from watchkeeper.core.policy import Policy
from watchkeeper.core.policy_file import read_policy, read_sla
from watchkeeper.core.promise import Promise, effective
from watchkeeper.core.published import page, table

ESCALATION = "    escalation: {eligible: [1, 2]}\n"
BY_NIGHT = """\
    variants:
      - when: {received_outside: office}
        acknowledgement: {1: 3h, 3: best effort}
      - when: {received_in: office, environment: production}
        acknowledgement: {1: 30m}
"""
IN_TEST = """\
    variants:
      - when: {environment: test}
        most_severe: 3
"""
OFFICE_MONDAY, MONDAY_NIGHT = at("2026-03-02 10:00"), at("2026-03-02 20:00")


def by_night() -> Policy:
    return read(ESCALATION, ESCALATION + BY_NIGHT)


def at_night(circumstances: Circumstances = ANY) -> Terms:
    policy = by_night()
    return Terms(policy, policy.level("gold"), circumstances=circumstances)


def length(promise: Promise, severity: int = 1) -> str:
    found = promise.target("acknowledgement", severity)
    return str(found.within) if found else promise.said_instead["acknowledgement", severity]


# in hours and outside them


def test_what_comes_in_outside_some_hours_can_be_promised_otherwise() -> None:
    terms = at_night()
    assert length(terms.given_at(OFFICE_MONDAY)) == "2 h"
    assert length(terms.given_at(MONDAY_NIGHT)) == "3 h"
    assert length(terms.given_at(MONDAY_NIGHT), 3) == "best effort"


def test_the_opening_itself_is_in_the_hours_and_the_closing_is_not() -> None:
    terms = at_night(Circumstances(environment="production"))
    moments = [at("2026-03-02 08:00") - timedelta(microseconds=1), at("2026-03-02 08:00"), at("2026-03-02 17:00")]
    assert [length(terms.given_at(moment)) for moment in moments] == ["3 h", "30 min", "3 h"]


def test_where_it_is_not_known_when_nothing_of_time_holds() -> None:
    for when in (When(received_in=("office",)), When(received_outside=("office",))):
        assert not when.holds(Circumstances())
    policy = by_night()
    assert length(effective(policy, policy.level("gold"))) == "2 h"


@pytest.mark.parametrize(
    ("when", "open_then", "holds"),
    [
        (When(received_in=("office", "late")), ("late",), True),
        (When(received_in=("office",)), ("late",), False),
        (When(received_outside=("office", "late")), ("late",), False),
        (When(received_outside=("office", "late")), (), True),
        (When(received_in=("late",), received_outside=("office",)), ("late",), True),
        (When(received_in=("late",), received_outside=("office",)), ("late", "office"), False),
    ],
)
def test_a_report_is_in_one_of_the_calendars_or_outside_all(
    when: When, open_then: tuple[str, ...], holds: bool
) -> None:
    assert when.holds(Circumstances(open_hours=open_then)) is holds


def test_the_same_promise_is_given_wherever_the_same_holds() -> None:
    terms = at_night()
    assert terms.given_at(MONDAY_NIGHT) is terms.given_at(at("2026-03-07 10:00"))
    assert by_night().looks_at == {"open_hours", "environment"}


def test_only_calendars_that_a_condition_names_are_looked_at() -> None:
    policy = by_night()
    assert open_hours(policy, policy.level("gold"), None, OFFICE_MONDAY) == ("office",)
    assert open_hours(policy, policy.level("basic"), None, OFFICE_MONDAY) == ()


def test_the_customers_own_hours_are_read_in_their_zone_and_without_their_holidays() -> None:
    own = SMALL.replace(
        '    weekly: {monday-friday: "08', '    zone: customer\n    holidays: customer\n    weekly: {monday-friday: "08'
    )
    policy = read_policy(own.replace(ESCALATION, ESCALATION + BY_NIGHT))
    in_tokyo = Circumstances(zone="Asia/Tokyo")
    assert length(Terms(policy, policy.level("gold")).given_at(OFFICE_MONDAY)) == "2 h"
    assert length(Terms(policy, policy.level("gold"), circumstances=in_tokyo).given_at(OFFICE_MONDAY)) == "3 h"
    closed = [OFFICE_MONDAY.date()]
    assert length(Terms(policy, policy.level("gold"), holidays=closed).given_at(OFFICE_MONDAY)) == "3 h"


def test_an_sla_may_name_hours_of_its_own() -> None:
    text = "sla: Acme\nhours: {acme: {weekly: {every day: 08:00-12:00}}}\nvariants:\n"
    text += "  - {when: {received_in: acme}, acknowledgement: {1: 10m}}\n"
    policy = read()
    sla = read_sla(text, policy, policy.level("gold"))
    terms = Terms(policy, policy.level("gold"), sla)
    assert (length(terms.given_at(OFFICE_MONDAY)), length(terms.given_at(MONDAY_NIGHT))) == ("10 min", "2 h")


def test_the_page_says_when_in_the_words_of_the_hours() -> None:
    titles = [variant.title for variant in page(by_night()).levels[1].variants]
    assert titles == ["Received outside Office Hours", "In production, received in Office Hours"]


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("{received_in: lunch}", 'received_in: "lunch" is not the name of hours; write one of office, always'),
        ("{received_at: office}", 'a condition has no "received_at"; did you mean received_'),
        ("{}", "agreed_before, received_in, received_outside"),
    ],
)
def test_a_mistake_in_a_condition_is_named(condition: str, said: str) -> None:
    variant = f"    variants: [{{when: {condition}, acknowledgement: {{1: 1h}}}}]\n"
    (problem,) = problems(changed(ESCALATION, ESCALATION + variant))
    assert said in problem


# the most severe that a report can be


def in_test(more: str = "") -> Promise:
    policy = read(ESCALATION, f"{ESCALATION}    update: {{1: 1h}}\n" + IN_TEST + more)
    return effective(policy, policy.level("gold"), None, Circumstances(environment="test"))


def test_what_is_reported_as_more_severe_is_promised_what_the_most_severe_is() -> None:
    promise = in_test()
    assert [length(promise, severity) for severity in (1, 2, 3)] == ["8 h"] * 3
    assert [promise.targets["acknowledgement", severity].severity for severity in (1, 2, 3)] == [1, 2, 3]
    assert promise.target("update", 1) is None, "where the most severe is promised nothing, nothing is"
    assert promise.escalation.eligible == frozenset(), "and what it may not escalate, nobody may"


def test_words_and_later_variants_count_for_all_that_is_more_severe() -> None:
    promise = in_test("        acknowledgement: {3: best effort}\n        escalation: {eligible: none}\n")
    assert [length(promise, severity) for severity in (1, 2, 3)] == ["best effort"] * 3
    faster = in_test("      - when: {environment: test, product: x}\n        acknowledgement: {3: 1h}\n")
    assert length(faster, 1) == "8 h"


def test_where_the_most_severe_may_be_escalated_all_that_is_more_severe_may() -> None:
    text = IN_TEST.replace("most_severe: 3", "most_severe: 2").replace("test", "qa")
    policy = read(ESCALATION, "    escalation: {eligible: [2]}\n" + text)
    promise = effective(policy, policy.level("gold"), None, Circumstances(environment="qa"))
    assert promise.escalation.eligible == {1, 2}


def test_a_contract_is_laid_over_what_the_level_says_then() -> None:
    policy = read(ESCALATION, ESCALATION + IN_TEST)
    sla = read_sla("sla: Acme\nacknowledgement: {1: 20m}\n", policy, policy.level("gold"))
    promise = effective(policy, policy.level("gold"), sla, Circumstances(environment="test"))
    assert [length(promise, severity) for severity in (1, 2)] == ["20 min", "8 h"]


def test_the_page_and_the_customers_terms_say_what_it_counts_as() -> None:
    (variant,) = page(in_test().policy).levels[1].variants
    assert [cell.text for row in variant.rows for cell in row.cells[:1]][:2] == ["Within 8 h (Office Hours)"] * 2
    said = [note.lines for note in table(in_test()).notes if note.heading == "How severities are set"]
    assert said == [("what is more severe counts as 3: Medium",)]
    (changed_to,) = [d.after for d in differences(read(), read(ESCALATION, ESCALATION + IN_TEST))]
    assert changed_to == "In test: at most severity 3"
