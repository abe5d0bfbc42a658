"""Repeated causes: found in other words under one component, always alike, and from the account's own reports alone."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

import pytest

from tests.premium.reviewing import drafted
from tests.stage import chicago
from watchkeeper.config.demo.gateway_faults import FAULTS, REPEATED
from watchkeeper.incidents import verbs
from watchkeeper.people.wall import stand_for_the_desk
from watchkeeper.premium.models import IncidentGroup
from watchkeeper.premium.reviews.document import causes_of
from watchkeeper.premium.reviews.grouping.alike import Group, Report
from watchkeeper.premium.reviews.grouping.apart import groups_of
from watchkeeper.premium.reviews.grouping.job import group, reports_of

REPORTS = [Report(key, fault.component, fault.title, fault.body) for key, fault in enumerate(FAULTS)]


@pytest.fixture(scope="module")
def found() -> list[Group]:
    return groups_of(REPORTS)


def test_what_belongs_together_is_found_and_nothing_else(found):
    together = pairs(found)
    belong = {(a, b) for a, b in itertools.combinations(range(len(FAULTS)), 2) if FAULTS[a].kind == FAULTS[b].kind}
    assert len(together & belong) / len(together) > 0.9, "groups hold what does not belong together"
    assert len(together & belong) / len(belong) > 0.9, "what belongs together stands apart"
    assert len(found) == len(REPEATED)


def test_a_group_is_named_by_words_that_tell_it_from_the_others(found):
    by_kind = {FAULTS[each.keys[0]].kind: set(each.words) for each in found}
    assert {"429", "quota"} <= by_kind["quota shared by two plans"]
    assert "introspection" in by_kind["token introspection slow"]
    assert "504" in by_kind["upstream timeouts after deploys"]


def test_the_order_in_which_they_come_makes_no_difference(found):
    assert groups_of(REPORTS[::-1]) == found


def test_the_same_words_under_two_components_are_two_groups():
    reports = [Report(key, ("Routing", "Logging")[key % 2], "Log shipping stops", "Every night.") for key in range(4)]
    assert [each.keys for each in groups_of(reports)] == [(1, 3), (0, 2)]


def test_what_only_the_period_before_repeats_is_no_group():
    reports = [Report(key, "Routing", "Log shipping stops", "Every night.", counts=key > 1) for key in range(3)]
    assert groups_of(reports) == []


@pytest.mark.parametrize("words", ["", "12:30 4711 WK-7F3K2Q", "und die das"])
def test_reports_that_say_nothing_are_no_group(words):
    assert groups_of([Report(key, "Routing", words, words) for key in range(3)]) == []


def test_only_the_accounts_own_reports_are_read_and_never_what_the_team_wrote(cast, report, clock):
    clock.set(chicago("2026-02-02 10:00"))
    own = report(cast.petra, 1, component="Routing", title="Ours", body="Our words.")
    verbs.note(own, by=cast.ana, text="NOTED")
    verbs.acknowledge(own, by=cast.ana, text="SAID")
    report(cast.clara, 1, component="Routing", title="THEIRS", body="THEIRS")
    assert [(each.title, each.text) for each in reports_of(drafted(cast, clock))] == [("Ours", "Our words.")]


def test_what_was_erased_is_not_read_and_nothing_else_in_its_place(cast, report, clock):
    clock.set(chicago("2026-02-02 10:00"))
    own = report(cast.petra, 1, title="Ours", body="A password.")
    verbs.acknowledge(own, by=cast.ana, text="SAID")
    verbs.redact(own, number=1, by=cast.ana, reason="a credential")
    assert [(each.title, each.text) for each in reports_of(drafted(cast, clock))] == [("Ours", "")]


def test_a_worker_keeps_what_it_found_once(cast, report, clock):
    clock.set(chicago("2025-12-02 10:00"))
    quota = [fault for fault in FAULTS if fault.kind == "quota shared by two plans"]
    report(cast.petra, 2, component="Rate limiting", title=quota[0].title, body=quota[0].body)
    clock.set(chicago("2026-02-02 10:00"))
    for fault in quota[1:3]:
        report(cast.petra, 2, component="Rate limiting", title=fault.title, body=fault.body)
    review = drafted(cast, clock)
    for _ in range(2):
        group(review.pk)
    stand_for_the_desk()
    (cause,) = causes_of(review)
    assert (cause["count"], cause["before"]) == (2, 1)
    assert cause["name"].startswith("Rate limiting: ")
    assert IncidentGroup.objects.filter(review=review).count() == 1


def pairs(found: Iterable[Group]) -> set[tuple[int, int]]:
    return {pair for each in found for pair in itertools.combinations(sorted(each.keys), 2)}
