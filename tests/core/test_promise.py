from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from tests.core.premium import ALWAYS, ESCALATION, POLICY, PREMIUM, STANDARD, target, within
from watchkeeper.core.policy import Contact, Overlay
from watchkeeper.core.promise import Change, Sla, effective

PROMISE = effective(POLICY, PREMIUM)


def test_without_an_sla_the_level_holds_and_nothing_is_changed() -> None:
    assert PROMISE.target("acknowledgement", 3) == PREMIUM.target("acknowledgement", 3)
    assert PROMISE.escalation is PREMIUM.escalation
    assert PROMISE.changes == ()


def test_a_severity_without_a_target_is_outside_the_level() -> None:
    promise = effective(POLICY, POLICY.level("break-fix"))
    assert promise.covers(1)
    assert not promise.covers(3)
    assert promise.target("acknowledgement", 3) is None


def test_each_severity_of_a_metric_has_a_clock_and_the_most_severe_stands_first() -> None:
    assert [clock.severity for clock in PROMISE.clocks("acknowledgement")] == [1, 2, 3, 4, 5]
    assert PROMISE.clocks("resolution") == ()


def test_an_sla_overrides_a_target_and_leaves_the_others() -> None:
    better = target("acknowledgement", 2, "1h", ALWAYS)
    promise = effective(POLICY, PREMIUM, Sla("Acme", Overlay(targets=(better,))))
    assert promise.target("acknowledgement", 2) == better
    assert promise.target("acknowledgement", 1) == PREMIUM.target("acknowledgement", 1)
    assert promise.changes == (Change("acknowledgement", 2, PREMIUM.target("acknowledgement", 2), better),)


def test_an_sla_adds_a_metric_and_takes_a_target_away() -> None:
    update = target("update", 1, "4h", STANDARD)
    promise = effective(POLICY, PREMIUM, Sla("Acme", Overlay(targets=(update,), withdrawn=(("acknowledgement", 5),))))
    assert promise.clocks("update") == (update,)
    assert not promise.covers(5)
    assert promise.changes == (
        Change("acknowledgement", 5, PREMIUM.target("acknowledgement", 5), None),
        Change("update", 1, None, update),
    )


def test_at_a_severity_that_another_version_has_nothing_is_promised() -> None:
    assert PROMISE.clocks("acknowledgement", 6) == PROMISE.contenders("acknowledgement", 6) == ()
    assert POLICY.scale == tuple(severity.key for severity in POLICY.severities)


def test_an_sla_that_says_what_the_level_says_changes_nothing() -> None:
    assert effective(POLICY, PREMIUM, Sla("Acme", Overlay(targets=(PREMIUM.targets[0],)))).changes == ()


def test_an_sla_overrides_escalation_contacts_and_on_call_and_adds_features() -> None:
    rules = replace(ESCALATION, answer_within=within("30m"), warnings=(Fraction(1, 4),))
    desk, night = Contact("Acme desk", ("acme@vendor.example",)), Contact("Night watch")
    terms = Overlay(escalation=rules, contacts={"desk": desk}, on_call=night, features=("a named engineer",))
    sla = Sla("Acme", terms)
    promise = effective(POLICY, replace(PREMIUM, features=("guidance",)), sla)
    assert promise.escalation is rules
    assert promise.contacts["desk"] is desk
    assert promise.on_call is night
    assert promise.features == ("guidance", "a named engineer")
