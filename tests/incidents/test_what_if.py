"""What another promise would give an incident's own timeline; what people did stays as it was."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.policy_texts import WITHOUT_COSMETIC, premium_high
from tests.stage import chicago
from watchkeeper.core.policy import UnknownSeverity
from watchkeeper.core.scorecard import outcome_at
from watchkeeper.core.what_if import under
from watchkeeper.incidents import flow, verbs, what_if
from watchkeeper.incidents.models import Event
from watchkeeper.incidents.reading import standing_of, timelines_of
from watchkeeper.policies.models import GivenPromise
from watchkeeper.policies.publishing import candidate
from watchkeeper.policies.terms import About, given_under, promise_of


def other_promise(text: str, given: GivenPromise):
    return promise_of(given_under(candidate(text), given, about=About()))


def test_a_breach_that_follows_from_one_promise_does_not_follow_from_another(cast, report, clock):
    incident = report(cast.petra, 2)
    clock.set(chicago("2026-03-02 15:00"))
    flow.look_at(incident)
    verbs.acknowledge(incident, by=cast.ana)
    assert incident.is_breached
    slower = other_promise(premium_high("6h"), GivenPromise.objects.get())
    standing = standing_of(incident)
    (would,) = under(standing.timeline, dict.fromkeys(standing.promises, slower))
    assert (would.outcome, would.due_at) == ("met", chicago("2026-03-02 16:00"))
    assert standing.commitments[0].outcome == "breached"
    assert Event.objects.filter(kind="breached").exists()


def test_a_breach_that_nobody_saw_is_one_as_things_stand(cast, report, clock):
    incident = report(cast.petra, 2)
    faster = other_promise(premium_high("1h"), GivenPromise.objects.get())
    standing = standing_of(incident)
    (would,) = under(standing.timeline, dict.fromkeys(standing.promises, faster))
    assert outcome_at(would, chicago("2026-03-02 11:30")) == "breached"
    assert outcome_at(would, chicago("2026-03-02 10:30")) == "open"


def test_a_severity_that_the_other_policy_does_not_have_is_refused(cast, report):
    incident = report(cast.petra, 5)
    without = other_promise(WITHOUT_COSMETIC, GivenPromise.objects.get())
    standing = standing_of(incident)
    with pytest.raises(UnknownSeverity, match="5 is not a severity of production-support; there are 1 to 4"):
        under(standing.timeline, dict.fromkeys(standing.promises, without))
    with pytest.raises(UnknownSeverity):
        what_if.laid_on(standing, without, at=chicago("2026-03-02 10:30"))


def test_laid_on_the_earliest_due_time_holds_and_in_its_place_the_other_alone(cast, report, clock):
    incident = report(cast.petra, 2)
    standing, now = standing_of(incident), chicago("2026-03-02 10:30")
    faster = other_promise(premium_high("1h"), GivenPromise.objects.get())
    slower = other_promise(premium_high("9h"), GivenPromise.objects.get())
    due = [
        each.due_at
        for each in (
            *what_if.laid_on(standing, faster, at=now),
            *what_if.laid_on(standing, slower, at=now),
            *what_if.replaced_by(standing, slower, at=now),
        )
    ]
    assert due == [now + timedelta(hours=1), chicago("2026-03-02 14:00"), now + timedelta(hours=9)]
    assert standing_of(incident).commitments == standing.commitments


def test_timelines_are_read_at_once_as_one_by_one(cast, report):
    incidents = [report(cast.petra, 1), report(cast.clara, 2)]
    verbs.acknowledge(incidents[0], by=cast.ana)
    read = timelines_of([incident.pk for incident in incidents])
    assert read == {incident.pk: standing_of(incident).timeline for incident in incidents}
