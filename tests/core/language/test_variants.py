"""A level can differ by circumstances, build on another, and follow the customer's own zone and holidays."""

from __future__ import annotations

from datetime import date

import pytest

from tests.core.policy_text import SMALL, changed, problems, read, target
from tests.core.wall_clocks import at
from watchkeeper.core.circumstances import Circumstances, When
from watchkeeper.core.policy import ACKNOWLEDGEMENT, RESOLUTION, UPDATE, Policy
from watchkeeper.core.policy_file import read_policy, read_sla
from watchkeeper.core.promise import Promise, effective
from watchkeeper.core.published import page

ESCALATION = "    escalation: {eligible: [1, 2]}\n"
IN_PRODUCTION = """\
    variants:
      - when: {environment: [production, live]}
        acknowledgement: {1: {within: 30m}, 3: none}
        features: [a named engineer]
      - when: {channel: phone}
        acknowledgement: {1: 10m}
        hours: office
"""


def gold(policy: Policy, **circumstances: object) -> Promise:
    return effective(policy, policy.level("gold"), None, Circumstances(**circumstances))  # type: ignore[arg-type]


def within(promise: Promise, severity: int) -> str:
    found = promise.target("acknowledgement", severity)
    return str(found.within) if found else "nothing"


def test_a_variant_holds_in_its_circumstances_and_nowhere_else() -> None:
    policy = read(ESCALATION, ESCALATION + IN_PRODUCTION)
    assert within(gold(policy), 1) == "2 h"
    assert within(gold(policy, environment="staging"), 1) == "2 h"
    assert within(gold(policy, environment="Live"), 1) == "30 min"
    assert within(gold(policy, environment="production"), 3) == "nothing", "none takes a target away"
    assert gold(policy, environment="production").features == ("a named engineer",)


def test_what_a_variant_leaves_out_of_a_target_stays_as_the_level_says() -> None:
    policy = read(ESCALATION, ESCALATION + IN_PRODUCTION)
    there = gold(policy, environment="production").target("acknowledgement", 1)
    assert there is not None
    assert str(there.goal) == "15 min"
    assert there.operating.name == "always"


def test_later_variants_lie_over_earlier_ones_and_hours_by_name_recount_the_levels_own() -> None:
    policy = read(ESCALATION, ESCALATION + IN_PRODUCTION)
    both = gold(policy, environment="production", channel="phone")
    assert within(both, 1) == "10 min"
    called = gold(policy, channel="phone")
    assert [called.targets["acknowledgement", n].operating.name for n in (1, 2, 3)] == ["office"] * 3


def test_a_policy_says_what_it_looks_at() -> None:
    assert read(ESCALATION, ESCALATION + IN_PRODUCTION).looks_at == {"environment", "channel"}
    assert read().looks_at == frozenset()


def test_agreements_of_before_a_day_can_be_told_from_later_ones() -> None:
    when = When(agreed_before=date(2018, 9, 17))
    assert when.holds(Circumstances(agreed_on=date(2018, 9, 16)))
    assert not when.holds(Circumstances(agreed_on=date(2018, 9, 17)))
    assert not when.holds(Circumstances()), "a day that is not known is not before another"


def test_an_sla_may_differ_by_circumstances_too() -> None:
    policy = read()
    text = "sla: Acme\nvariants:\n  - when: {product: Gateway}\n    acknowledgement: {2: 1h}\n"
    sla = read_sla(text, policy, policy.level("gold"))
    assert sla.looks_at == {"product"}
    gateway = effective(policy, policy.level("gold"), sla, Circumstances(product="gateway"))
    assert [(change.severity, str(change.sla_says and change.sla_says.within)) for change in gateway.changes] == [
        (2, "1 h")
    ]


def test_a_level_based_on_another_starts_as_that_one_says() -> None:
    text = SMALL + "  gold-plus:\n    based_on: gold\n    acknowledgement: {1: 30m, 3: none}\n    features: [reviews]\n"
    plus = read_policy(text).level("gold-plus")
    assert [(t.severity, str(t.within)) for t in plus.targets] == [(1, "30 min"), (2, "4 h")]
    assert plus.escalation.eligible == {1, 2}
    assert plus.operating.name == "always"


def test_what_a_level_takes_away_from_the_one_beneath_cannot_be_escalated() -> None:
    plus = read_policy(SMALL + "  plus: {based_on: gold, acknowledgement: {2: none}}\n").level("plus")
    assert plus.escalation.eligible == {1}


def test_targets_stand_in_the_order_of_metrics_and_severities_wherever_the_file_names_them() -> None:
    more = "    resolution: {2: 9h, 1: 8h}\n    update: {3: 1h, 2: not offered, 1: best effort}\n"
    gold = read_policy(SMALL + more).level("gold")
    plus = read_policy(SMALL + more + "  plus: {based_on: gold, update: {2: 5h, 1: 1h}}\n").level("plus")
    places = [(target.metric, target.severity) for target in plus.targets]
    assert places[2:] == [(ACKNOWLEDGEMENT, 3), *((UPDATE, n) for n in (1, 2, 3)), (RESOLUTION, 1), (RESOLUTION, 2)]
    assert [place for place, _words in gold.said_instead] == [(UPDATE, 1), (UPDATE, 2)]


PLUS = "  plus: {based_on: gold, hours: {1: office, others: always}}\n"


def test_hours_by_severity_recount_what_the_level_beneath_counts_in_its_own() -> None:
    plus = read_policy(SMALL + PLUS).level("plus")
    assert {t.severity: t.operating.name for t in plus.targets} == {1: "office", 2: "always", 3: "office"}
    assert plus.hours_at(1).name == "office"


def test_hours_by_severity_are_handed_on_to_the_level_based_on_them() -> None:
    text = SMALL + PLUS + "  third: {based_on: plus, update: {1: 1h}}\n"
    assert target(read_policy(text), "third", 1, "update").operating.name == "office"
    recounted = SMALL + PLUS + "  third: {based_on: plus, hours: always}\n"
    third = read_policy(recounted).level("third")
    assert {t.severity: t.operating.name for t in third.targets} == {1: "always", 2: "always", 3: "office"}


def test_a_variant_counts_new_targets_in_the_hours_of_their_severity() -> None:
    variant = "variants: [{when: {product: x}, hours: always, update: {1: 1h, 2: 1h}}]"
    level = f"  third: {{based_on: gold, hours: {{1: always, others: office}}, {variant}}}\n"
    plain = read_policy(SMALL + level.replace("hours: always, update", "update"))
    there = effective(plain, plain.level("third"), None, Circumstances(product="x"))
    assert [there.targets["update", n].operating.name for n in (1, 2)] == ["always", "office"]
    recounted = read_policy(SMALL + level)
    there = effective(recounted, recounted.level("third"), None, Circumstances(product="x"))
    assert [there.targets["update", n].operating.name for n in (1, 2)] == ["always", "always"]


def test_hours_may_be_laid_over_business_days() -> None:
    text = SMALL.replace("3: {within: 8h, hours: office}", "3: {within: 2 business days, goal: 1 business day}")
    policy = read_policy(text)
    sla = read_sla("sla: Acme\nacknowledgement: {3: {within: 4h, goal: 1h}}\n", policy, policy.level("gold"))
    found = effective(policy, policy.level("gold"), sla).targets["acknowledgement", 3]
    assert (str(found.within), found.within.counting) == ("4 h", "operating")


def test_a_variant_that_is_taken_over_lies_over_the_targets_of_the_new_level() -> None:
    text = SMALL + "    variants: [{when: {channel: phone}, hours: office}]\n"
    plus = "  plus: {based_on: gold, acknowledgement: {1: 30m, 2: none}}\n"
    policy = read_policy(text + plus)
    called = effective(policy, policy.level("plus"), None, Circumstances(channel="phone"))
    assert within(called, 1) == "30 min"
    assert called.targets["acknowledgement", 1].operating.name == "office"
    assert within(called, 2) == "nothing", "what the level takes away comes back in no variant"


def test_a_mistake_in_a_variant_that_is_taken_over_is_told_once() -> None:
    text = SMALL + "    variants: [{when: {channel: phone}, hours: nights}]\n  plus: {based_on: gold}\n"
    assert len(problems(text)) == 1


def test_a_level_cannot_be_based_on_one_below_it() -> None:
    (problem,) = problems(changed("    name: Basic", "    based_on: gold\n    name: Basic"))
    assert (
        problem
        == 'basic.based_on: "gold" is no level above this one in the file; this is the first, based on none (line 20)'
    )


def test_hours_may_be_given_by_severity() -> None:
    policy = read("    hours: always\n", "    hours: {1: always, others: office}\n")
    hours = [target(policy, "gold", n).operating.name for n in (1, 2, 3)]
    assert hours == ["always", "office", "office"]


def test_hours_by_severity_must_cover_every_severity() -> None:
    (problem,) = problems(changed("    hours: always\n", "    hours: {1: always}\n"))
    assert "gold.hours.others: is missing; write the hours of severities 2, 3" in problem


@pytest.mark.parametrize(
    ("zone", "due"),
    [("Europe/Berlin", "2026-03-02 03:00"), ("Asia/Tokyo", "2026-03-01 19:00"), ("", "2026-03-02 10:00")],
)
def test_hours_in_the_customers_zone_are_counted_there(zone: str, due: str) -> None:
    policy = read("    weekly:", "    zone: customer\n    weekly:")
    basic = effective(policy, policy.level("basic"), None, Circumstances(zone=zone))
    found = basic.targets["acknowledgement", 1]
    two_hours = found._replace(within=type(found.within).parse("2h")).within
    assert two_hours.due_at(found.operating.hours, at("2026-03-01 12:00")) == at(due)


def test_a_zone_that_is_not_offered_is_counted_as_otherwise() -> None:
    choice = "    zone: {of: customer, one_of: [Europe/Berlin], otherwise: Europe/London}\n    weekly:"
    policy = read("    weekly:", choice)
    there = [
        effective(policy, policy.level("basic"), None, Circumstances(zone=zone)).operating.zone
        for zone in ("Europe/Berlin", "Asia/Tokyo")
    ]
    assert there == ["Europe/Berlin", "Europe/London"]


def test_the_customers_holidays_close_the_hours_that_keep_them() -> None:
    policy = read("    published_as: Office Hours", "    holidays: customer")
    assert policy.looks_at == {"place"}
    there = effective(policy, policy.level("basic"), None, Circumstances(place="DE"), [date(2026, 10, 3)])
    assert date(2026, 10, 3) in there.operating.hours.schedules[0].holidays


@pytest.mark.parametrize(
    ("variant", "said"),
    [
        ("- {acknowledgement: {1: 1h}}", "gold.variants.1.when: is missing; write when it holds"),
        ("- {when: {}, acknowledgement: {1: 1h}}", "gold.variants.1.when: names nothing; write one of product"),
        ("- {when: {planet: Mars}}", 'a condition has no "planet"'),
        ("- {when: {product: x}, hours: nights}", '"nights" is not the name of hours; write one of office, always'),
        ("- {when: {product: x}, name: y}", 'a variant has no "name"'),
        ("- text", "must be a list of mappings, each with when and what holds then"),
    ],
)
def test_a_mistake_in_a_variant_is_named_with_its_remedy(variant: str, said: str) -> None:
    text = changed(ESCALATION, f"{ESCALATION}    variants:\n      {variant}\n")
    assert any(said in problem for problem in problems(text)), problems(text)


def test_the_page_shows_each_variant_under_its_condition() -> None:
    shown = page(read(ESCALATION, ESCALATION + IN_PRODUCTION)).levels[1]
    assert [variant.title for variant in shown.variants] == ["In production or live", "By phone"]
    assert [row.severity for row in shown.variants[0].rows] == ["1: Critical", "3: Medium"]
    assert shown.variants[0].features == ("a named engineer",)
