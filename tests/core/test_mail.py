"""What a mail may do: the table, row by row."""

from __future__ import annotations

import pytest

from watchkeeper.core.mail import (
    ATTACH,
    AUTOMATIC,
    BOUNCE,
    CUSTOMER,
    DROP,
    ESCALATE,
    FAIL,
    KINDS,
    LIST,
    NONE,
    PASS,
    PERSON,
    QUARANTINE,
    REPORT,
    REPORT_UNVERIFIED,
    SAY,
    STRANGER,
    TEAM,
    WHO,
    Evidence,
    decide,
)


def effect(**known: object) -> str:
    return decide(Evidence(**({"kind": PERSON, "verdict": PASS} | known))).effect


EVERYTHING = {"key": True, "follows": True, "names": True, "may_speak": True, "to_escalation": True}


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_our_own_or_a_copy_has_no_effect_whatever_else_it_is(who, kind) -> None:
    assert effect(who=who, kind=kind, is_own=True, **EVERYTHING) == DROP
    assert effect(who=who, kind=kind, is_copy=True, **EVERYTHING) == DROP


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize(("kind", "does"), [(BOUNCE, ATTACH), (AUTOMATIC, DROP), (LIST, DROP)])
def test_what_nobody_wrote_never_speaks_reports_or_escalates(who, kind, does) -> None:
    assert effect(who=who, kind=kind, **EVERYTHING) == does


@pytest.mark.parametrize("verdict", [PASS, FAIL, NONE])
def test_a_stranger_waits_for_a_person_whatever_they_name(verdict) -> None:
    assert effect(who=STRANGER, verdict=verdict, **EVERYTHING) == QUARANTINE


@pytest.mark.parametrize("lacks", ["key", "may_speak"])
def test_the_team_speaks_only_with_proof_its_own_address_and_the_right(lacks) -> None:
    assert effect(who=TEAM, **EVERYTHING) == SAY
    assert effect(who=TEAM, **(EVERYTHING | {lacks: False})) == QUARANTINE
    assert effect(who=TEAM, **EVERYTHING, has_one_author=False) == QUARANTINE
    for verdict in (FAIL, NONE):
        assert effect(who=TEAM, verdict=verdict, **EVERYTHING) == QUARANTINE


@pytest.mark.parametrize("way", ["key", "follows"])
def test_a_customer_answers_by_their_own_address_or_where_they_take_part(way) -> None:
    assert effect(who=CUSTOMER, may_speak=True, **{way: True}) == SAY
    assert effect(who=CUSTOMER, may_speak=False, **{way: True}) == REPORT
    assert effect(who=CUSTOMER, may_speak=True, names=True) == REPORT


@pytest.mark.parametrize("verdict", [FAIL, NONE])
def test_without_proof_a_known_address_can_report_and_nothing_more(verdict) -> None:
    assert effect(who=CUSTOMER, verdict=verdict, **EVERYTHING) == REPORT_UNVERIFIED
    assert effect(who=CUSTOMER, has_one_author=False, **EVERYTHING) == REPORT_UNVERIFIED


def test_to_the_escalation_distribution_it_escalates_what_it_names_or_is_reported() -> None:
    assert effect(who=CUSTOMER, to_escalation=True, names=True) == ESCALATE
    assert effect(who=CUSTOMER, to_escalation=True) == REPORT


@pytest.mark.parametrize("who", [CUSTOMER, TEAM])
def test_more_than_anybody_writes_waits_for_a_person(who) -> None:
    assert effect(who=who, is_too_much=True, **EVERYTHING) == QUARANTINE


def test_every_decision_says_why() -> None:
    for who in WHO:
        for kind in KINDS:
            assert decide(Evidence(kind=kind, who=who)).why.endswith(".")
