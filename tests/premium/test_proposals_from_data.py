"""What an account's own incidents suggest to recommend, and what they do not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from watchkeeper.core.proposals import (
    ALERT,
    GROWTH,
    HOUR,
    PERFORMANCE_OPTIMISATION,
    PROACTIVE_GUIDANCE,
    STRATEGIC_INSIGHT,
    WORST,
    Account,
    Case,
    Proposed,
    Subject,
    alert_of,
    is_of,
    proposals,
    slot_of,
    was_slow,
)

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)  # a Monday
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
CHICAGO = "America/Chicago"


def cases(*days_ago: float, first: int = 1, **said: object) -> list[Case]:
    """One case for each moment, in days before now; of the most severe, unless it is said otherwise."""
    words = {"severity": 1, "title": "It is down"} | said
    return [Case(first + number, NOW - days * DAY, **words) for number, days in enumerate(days_ago)]


def proposed(found: list[Case], judged_at=None, *, began: float = 400, now: datetime = NOW) -> list[Proposed]:
    account = Account(found, CHICAGO, "Critical", NOW - began * DAY)
    return proposals(account, judged_at or {}, now=now)


def test_three_criticals_of_a_component_within_thirty_days_are_proposed_with_their_incidents():
    (found,) = proposed(cases(29.9, 20, 1, product="Gateway", component="Router"))
    assert found.subject == Subject(WORST, "Router", "Gateway")
    assert found.kind == PROACTIVE_GUIDANCE
    assert found.says == "Gateway · Router had 3 incidents of severity Critical within 30 days"
    assert found.threshold == "3 or more within 30 days"
    assert found.evidence == (1, 2, 3)


@pytest.mark.parametrize(
    "too_little",
    [
        cases(20, 1, component="Router"),
        cases(30, 20, 1, component="Router"),  # thirty days are over at their last instant
        cases(20, 10, 1, component="Router", severity=2),
        cases(20, 10, 1),  # nobody knows of what
        cases(20, 10, component="Router") + cases(1, first=3, component="Router", product="Other"),
    ],
)
def test_less_is_no_proposal(too_little):
    assert proposed(too_little) == []


def test_what_comes_later_than_now_is_not_looked_at():
    assert proposed(cases(20, 10, -1, component="Router")) == []


def test_the_same_alert_is_the_same_whatever_numbers_stand_in_it():
    titles = [f"node-{number}: CPU at {90 + number}.5  %" for number in range(5)]
    found = [
        case._replace(title=title)
        for case, title in zip(cases(9, 8, 7, 6, 5, is_alert=True, severity=3), titles, strict=True)
    ]
    (alert,) = proposed(found)
    assert alert.subject == Subject(ALERT, "node-#: cpu at # %")
    assert alert.kind == PERFORMANCE_OPTIMISATION
    assert alert.says == "The alert “node-4: CPU at 94.5  %” came 5 times within 30 days"
    assert proposed(found[:4]) == []
    assert proposed([case._replace(is_alert=False) for case in found]) == [], "people's titles are no alerts"


def slots(slow_here: int, here: int, slow_elsewhere: int, elsewhere: int) -> list[Case]:
    """Reports on Mondays at 8 in Chicago, and on other days; so many of each acknowledged late."""
    monday = datetime(2026, 5, 25, 13, 30, tzinfo=UTC)
    at_eight = [monday - number % 10 * timedelta(weeks=1) + number * MINUTE for number in range(here)]
    others = [monday - (1 + number % 60) * DAY for number in range(elsewhere * 2)]
    others = [at for at in others if slot_of(at, CHICAGO) != "0 08"][:elsewhere]
    slow = [number < slow_here for number in range(here)] + [number < slow_elsewhere for number in range(elsewhere)]
    return [
        Case(key, at, 2, "It is slow", is_slow=late)
        for key, (at, late) in enumerate(zip(at_eight + others, slow, strict=True), 1)
    ]


def test_an_hour_of_the_week_at_which_acknowledgement_is_slow_is_proposed():
    (found,) = proposed(slots(6, 7, 2, 40))
    assert found.subject == Subject(HOUR, "0 08")
    assert found.kind == STRATEGIC_INSIGHT
    assert found.says == (
        "Of 7 reports on Mon 08:00–09:00 (America/Chicago), 6 were acknowledged late or nearly so; "
        "at other times 2 of 40"
    )
    assert found.evidence == (6, 5, 4, 3, 2, 1), "the slow ones alone, the oldest first"


@pytest.mark.parametrize(
    ("slow_here", "here", "slow_elsewhere", "elsewhere"),
    [
        (4, 4, 2, 40),  # too few to judge
        (5, 10, 0, 60),  # not more than half, however rare that is elsewhere
        (5, 6, 33, 40),  # as slow as ever
        (6, 7, 0, 0),  # nothing to compare with
    ],
)
def test_an_hour_that_is_no_worse_than_chance_would_have_it_is_not(slow_here, here, slow_elsewhere, elsewhere):
    assert proposed(slots(slow_here, here, slow_elsewhere, elsewhere)) == []


def test_more_hours_looked_at_ask_for_more():
    """Of many hours one is unlucky: what would be news of one is none of a hundred."""
    one = slots(4, 5, 6, 40)
    assert [each.subject.sort for each in proposed(one)] == [HOUR]
    more = [
        Case(1000 + hour * 10 + number, NOW - (3 + 7 * number) * DAY + hour * timedelta(hours=1), 2, "x", is_slow=False)
        for hour in range(-11, 11)
        for number in range(5)
    ]
    slow_too = [case._replace(is_slow=number % 7 == 0) for number, case in enumerate(more)]
    assert proposed(one + slow_too) == []


def test_the_chance_of_an_hour_is_fishers():
    from scipy.stats import fisher_exact

    from watchkeeper.core.proposals import _drawn_by_chance

    for slow, here, slow_elsewhere, elsewhere in [(6, 7, 2, 40), (3, 6, 2, 40), (5, 6, 33, 40), (0, 5, 3, 9)]:
        table = [[slow, here - slow], [slow_elsewhere, elsewhere - slow_elsewhere]]
        expected = fisher_exact(table, alternative="greater").pvalue
        assert float(_drawn_by_chance(slow, here, slow_elsewhere, elsewhere)) == pytest.approx(expected)


def test_a_component_of_which_more_is_reported_is_proposed():
    found = cases(*range(5, 15), 40, component="Console", severity=3)
    (growing,) = proposed(found)
    assert growing.subject == Subject(GROWTH, "Console")
    assert growing.says == "Console grows: 10 incidents within 30 days, 1 in the 30 days before"
    assert growing.evidence == tuple(range(10, 0, -1))


@pytest.mark.parametrize(
    ("days_ago", "began"),
    [
        ((1, 2, 3, 4), 400),  # four after none: too few
        ((1, 2, 3, 4, 5, 6, 40, 41, 42), 400),  # six after three: once in four times by chance
        (range(5, 15), 59),  # the account is younger than both months
    ],
)
def test_growth_that_chance_explains_is_not(days_ago, began):
    assert proposed(cases(*days_ago, component="Console", severity=3), began=began) == []


def test_several_components_looked_at_ask_for_more():
    five = cases(1, 2, 3, 4, 5, component="Console", severity=3)
    assert len(proposed(five)) == 1, "five after none come once in thirty-two times"
    steady = cases(*range(1, 6), *range(31, 36), first=50, component="Router", severity=3)
    assert proposed(five + steady) == [], "and of two such components one grows so once in sixteen"
    assert len(proposed(five + steady[:4])) == 1, "with four a component is none of those looked at"


def test_what_was_judged_is_not_proposed_again_until_enough_came_since():
    earlier = cases(50, 45, 40, first=70, component="Router")  # it does not grow
    seen = earlier + cases(20, 15, 10, component="Router")
    (first,) = proposed(seen)
    judged_at = {first.subject: NOW - 10 * DAY}
    assert proposed(seen, judged_at) == []
    two_more = seen + cases(5, 4, first=10, component="Router")
    assert proposed(two_more, judged_at) == []
    three_more = two_more + cases(3, first=20, component="Router")
    (again,) = proposed(three_more, judged_at)
    assert again.evidence == (10, 11, 20)


def test_the_same_is_proposed_in_the_same_order_however_the_incidents_come():
    found = cases(20, 15, 10, component="Router") + cases(9, 8, 7, first=9, component="Console")
    assert proposed(found) == proposed(found[::-1])
    assert [each.subject.name for each in proposed(found)] == ["Console", "Router"]


def test_a_subject_says_which_incidents_are_its_own():
    (case,) = cases(1, component="Router", product="Gateway", is_alert=True, is_slow=True)
    own = [
        Subject(WORST, "Router", "Gateway"),
        Subject(GROWTH, "Router", "Gateway"),
        Subject(ALERT, alert_of(case.title)),
        Subject(HOUR, slot_of(case.received_at, CHICAGO)),
    ]
    assert all(is_of(subject, case, CHICAGO) for subject in own)
    assert not is_of(own[0], case._replace(severity=2), CHICAGO)
    assert not is_of(own[1], case._replace(product=""), CHICAGO)
    assert not is_of(own[2], case._replace(is_alert=False), CHICAGO)
    assert not is_of(own[3], case._replace(is_slow=False), CHICAGO)
    assert not is_of(own[3], case._replace(received_at=case.received_at + timedelta(hours=1)), CHICAGO)


def test_slow_is_late_or_after_four_fifths_of_the_way():
    def slow(minutes: float | None, *, is_breached: bool = False) -> bool | None:
        done = None if minutes is None else NOW + minutes * MINUTE
        return was_slow(starts_at=NOW, due_at=NOW + 100 * MINUTE, done_at=done, is_breached=is_breached)

    assert (slow(80), slow(80.1), slow(None), slow(None, is_breached=True)) == (False, True, None, True)
