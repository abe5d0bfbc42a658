"""The figures of attainment are those that core would count, and who reads them counts only what they see."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.config.desk_commands import call
from tests.pages.things import one_of_each_role, serve_elsewhere
from tests.stage import cast, chicago, look_again, report
from watchkeeper.clocks.models import Commitment, OutsideTheLevel
from watchkeeper.core.commitments import BREACHED, CANCELLED, MET
from watchkeeper.core.scorecard import EXCLUDED, OPEN, OUTSIDE_LEVEL
from watchkeeper.incidents import verbs
from watchkeeper.incidents.models import Incident
from watchkeeper.people import clock as desk_clock
from watchkeeper.people.wall import stand_for_the_desk
from watchkeeper.reports.attainment.asked import Asked
from watchkeeper.reports.attainment.count import Population, counted, lines_of, together
from watchkeeper.reports.attainment.measured import by_component_of, by_hour_of, by_month_of, speed_of
from watchkeeper.reports.attainment.periods import choices
from watchkeeper.reports.attainment.seen import seen_by

__all__ = ["cast", "look_again", "report"]


@pytest.fixture
def population(cast):
    def of(reader=None, **asked):
        now = desk_clock.now()
        period = choices(now, "America/Chicago")[asked.pop("period", "this-month")]
        return Population(reader or cast.mia, Asked(**asked), period, now)

    return of


@pytest.fixture
def a_bit_of_all(cast, report, clock, look_again):
    """One incident of every kind that a report tells apart; but for the one outside its level all of one account."""
    met = report(cast.petra, 1, component="gateway")
    clock.advance(timedelta(minutes=20))
    verbs.acknowledge(met, by=cast.ana)
    late = report(cast.petra, 1, component="gateway")
    clock.set(late.due_at + timedelta(hours=1))
    look_again(late)
    verbs.acknowledge(late, by=cast.ana)
    excluded = report(cast.petra, 2)
    verbs.exclude(excluded, by=cast.mia, metric="acknowledgement", nth=1, reason="a drill of theirs")
    withdrawn = report(cast.petra, 2)
    verbs.withdraw(withdrawn, by=cast.petra, reason="It was us.")
    running = report(cast.petra, 2, component="billing")
    outside = report(cast.basil, 3)
    report(cast.petra, 1, is_test=True)
    return {"met": met, "late": late, "running": running, "outside": outside}


def test_each_commitment_counts_once_under_one_figure_with_its_reason(a_bit_of_all, population):
    figures = together(line.figures for line in lines_of(population()))
    assert figures.counts == {MET: 1, BREACHED: 1, EXCLUDED: 1, CANCELLED: 1, OPEN: 1, OUTSIDE_LEVEL: 1}
    assert figures.excluded == {"a drill of theirs": 1}
    assert figures.cancelled == {"withdrawn": 1}
    assert figures.made == 5
    assert figures.attainment.percent() == 50


def test_they_are_told_apart_by_metric_severity_and_level(a_bit_of_all, population):
    lines = {(line.metric, line.severity, line.level): line.figures.counts.total() for line in lines_of(population())}
    assert lines == {
        ("acknowledgement", 1, "premium"): 2,
        ("acknowledgement", 2, "premium"): 3,
        ("acknowledgement", 3, "break-fix"): 1,
    }


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({"severity": "1"}, 2),
        ({"level": "break-fix"}, 1),
        ({"account": "premier"}, 5),
        ({"component": "billing"}, 1),
        ({"component": "-"}, 3),
        ({"metric": "update"}, 0),
        ({"period": "last-month"}, 0),
    ],
)
def test_a_filter_narrows_what_is_counted(a_bit_of_all, population, asked, count):
    assert together(line.figures for line in lines_of(population(**asked))).counts.total() == count


def test_what_is_late_is_breached_though_nobody_has_looked(a_bit_of_all, population, clock):
    clock.set(a_bit_of_all["running"].due_at + timedelta(seconds=1))
    assert together(line.figures for line in lines_of(population())).breached == 2


def test_a_severity_that_leaves_the_level_and_comes_back_is_outside_only_meanwhile(cast, report, population, clock):
    incident = report(cast.basil, 1)
    clock.advance(timedelta(minutes=5))
    verbs.classify(incident, by=cast.ana, severity=3, reason="harmless")
    assert counted(population(), "severity")[1,].counts == {OUTSIDE_LEVEL: 1}
    odd = report(cast.basil, 3)
    assert OutsideTheLevel.objects.get().incident_id == odd.pk
    verbs.classify(odd, by=cast.ana, severity=1, reason="not harmless")
    assert not OutsideTheLevel.objects.exists()
    assert call("attainment", "check") == 0


def test_it_is_told_when_things_came_to_be_owed_and_of_which_component(a_bit_of_all, population):
    assert {month: figures.made for month, figures in by_month_of(population()).items()} == {"2026-03": 5}
    assert {name: figures.made for name, figures in by_component_of(population()).items()} == {
        "gateway": 2,
        "": 2,
        "billing": 1,
    }
    by_hour = by_hour_of(population())
    assert by_hour[10].made == 2  # Monday, 10:00 and 10:20 in Chicago
    assert sum(figures.made for figures in by_hour.values()) == 5


def test_a_component_that_is_corrected_is_counted_as_what_it_is_now(cast, a_bit_of_all, population):
    verbs.describe(a_bit_of_all["running"], by=cast.ana, product="", component="edge", environment="")
    assert "edge" in by_component_of(population())
    assert "billing" not in by_component_of(population())


def test_time_to_acknowledge_is_told_by_any_clock_and_in_the_hours_of_the_promise(cast, report, clock, population):
    clock.set(chicago("2026-03-06 16:00"))  # a Friday, an hour before closing
    for minutes in (10, 20, 30):
        incident = report(cast.ada, 1)
        clock.advance(timedelta(minutes=minutes))
        verbs.acknowledge(incident, by=cast.ana)
    over_the_weekend = report(cast.ada, 1)
    clock.set(chicago("2026-03-09 09:00"))  # clocks went forward meanwhile
    verbs.acknowledge(over_the_weekend, by=cast.ana)
    (speed,) = speed_of(population())
    assert speed.count == 4
    assert speed.elapsed == [timedelta(minutes=20), timedelta(hours=63), timedelta(hours=63)]
    assert speed.operating == [timedelta(minutes=20), timedelta(hours=1), timedelta(hours=1)]


def test_everybody_counts_the_incidents_that_they_see(cast, report):
    people = one_of_each_role(cast)
    stand_for_the_desk()
    serve_elsewhere(cast.basic)
    for reporter in (cast.petra, cast.basil, cast.ada, cast.clara):
        report(reporter, 1)
    report(cast.petra, 1, is_test=True)
    for only_own in (False, True):
        stand_for_the_desk()
        cast.premium.sees_only_own = only_own
        cast.premium.save()
        for person in filter(None, people.values()):
            person.refresh_from_db()
            seen = set(Incident.objects.seen_by(person).in_earnest().values_list("pk", flat=True))
            rows = seen_by(person, Commitment.objects.all())
            assert set(rows.values_list("incident_id", flat=True)) == seen, person.roles


class TestTheCheck:
    def test_it_says_how_many_commitments_count_as_their_timelines_say(self, a_bit_of_all, capsys):
        assert call("attainment", "check") == 0
        assert capsys.readouterr().out == "7 incidents: 6 commitments count as their timelines say\n"

    @pytest.mark.parametrize(
        ("damage", "said"),
        [
            ({"outcome": "breached"}, "figure is breached, the timeline says met"),
            ({"severity": 2}, "severity is 2, the timeline says 1"),
            ({"excluded": "nothing"}, "figure is excluded, the timeline says met"),
            ({"took_operating": 1}, "operating time is 1, the timeline says 1200000000"),
            ({"opened_on": "2026-02-28"}, "day is 2026-02-28, the timeline says 2026-03-02"),
            ({"level": "gold"}, "level is gold, the timeline says premium"),
        ],
    )
    def test_a_row_that_was_damaged_is_named(self, a_bit_of_all, capsys, damage, said):
        met = a_bit_of_all["met"]
        Commitment.objects.filter(incident_id=met.pk).update(**damage)
        assert call("attainment", "check") == 1
        assert f"{met.reference} acknowledgement 1: {said}" in capsys.readouterr().out

    def test_a_row_too_few_and_one_too_many_are_named(self, a_bit_of_all, capsys):
        Commitment.objects.filter(incident_id=a_bit_of_all["met"].pk).delete()
        OutsideTheLevel.objects.update(incident_id=a_bit_of_all["late"].pk)
        assert call("attainment", "check") == 1
        out = capsys.readouterr().out
        assert f"{a_bit_of_all['met'].reference} acknowledgement 1: is not counted" in out
        assert f"{a_bit_of_all['outside'].reference} outside the level: is not counted" in out
        assert f"{a_bit_of_all['late'].reference} outside the level: is counted, and no event explains it" in out

    def test_an_account_or_a_sample_is_checked_alone(self, a_bit_of_all, capsys):
        Commitment.objects.update(severity=4)
        assert call("attainment", "check", "--account", "basic") == 0
        assert call("attainment", "check", "--sample", "2") in (0, 1)
        assert "2 incidents" in capsys.readouterr().out

    def test_what_was_damaged_is_put_right_by_a_rebuild(self, a_bit_of_all):
        Commitment.objects.update(took_operating=None, component="x", opened_hour=3)
        OutsideTheLevel.objects.all().delete()
        assert call("rebuild") == 0
        assert call("attainment", "check") == 0
