"""The demo: when its stories happen, which desks it leaves alone, and how verbs count before they are recorded."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from tests.config.desk_commands import call
from tests.stage import chicago

from watchkeeper.config import demo
from watchkeeper.config.cannot_run import CannotRun
from watchkeeper.config.demo import filling, past
from watchkeeper.config.demo.acts import Story
from watchkeeper.config.demo.stories import STORIES
from watchkeeper.incidents import moment, verbs
from watchkeeper.incidents.models import Event, Incident
from watchkeeper.notify.models import Notice
from watchkeeper.people.models import Account
from watchkeeper.people.wall import stand_for_the_desk


@pytest.fixture
def empty(db, monkeypatch, tmp_path):
    monkeypatch.setenv("WATCHKEEPER_VAR", str(tmp_path))
    stand_for_the_desk()


def test_a_desk_that_is_in_use_is_left_alone(empty):
    Account.objects.create(name="Real", slug="real")
    with pytest.raises(CannotRun, match="fills an empty one only"):
        demo.fill()


def test_a_database_of_ones_own_is_left_alone(empty, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://desk@db/desk")
    with pytest.raises(CannotRun, match="DATABASE_URL"):
        demo.fill()


@pytest.mark.parametrize("first", ["2026-02-27 00:00", "2026-10-23 00:00"])
def test_whenever_the_desk_is_filled_its_stories_lie_in_the_past(first):
    for hours in range(24 * 16):
        now = chicago(first) + timedelta(hours=hours)
        for story in STORIES:
            at = past.beginning(story.when, now)
            for act in story.acts:
                at = past.afterwards(act.after, at)
            assert at < now, f"{story.title} ends after {now}"


def test_what_fell_due_before_now_has_been_done_and_each_notice_was_queued_when_it_was_due(empty, monkeypatch):
    one = Story("corvina", "lena", "-20m", 1, "Down", "Since ten.", "Routing")
    monkeypatch.setattr(filling, "STORIES", (one,))
    demo.fill()
    stand_for_the_desk()
    reported, warned = Event.objects.order_by("number")
    assert (warned.kind, warned.at) == ("warned", reported.at + timedelta(minutes=15))
    assert set(Notice.objects.values_list("queued_at", flat=True)) == {reported.at, warned.at}


@pytest.mark.long
def test_it_can_be_filled_in_the_night_that_the_clocks_change(empty, clock):
    clock.set(chicago("2026-11-01 01:30"))
    demo.fill()
    stand_for_the_desk()
    assert Incident.objects.count() >= 28
    assert call("rebuild", "--check") == 0


class TestThePast:
    NOW = datetime(2026, 3, 9, 18, 0, tzinfo=UTC)  # a Monday, 13:00 in Chicago, the day after the clocks changed

    @pytest.mark.parametrize(
        ("written", "wall"),
        [("-45m", "2026-03-09 12:15"), ("-1 16:10", "2026-03-06 16:10"), ("-3 09:00", "2026-03-04 09:00")],
    )
    def test_a_story_begins_so_long_ago_or_on_a_working_day(self, written, wall):
        assert past.beginning(written, self.NOW) == chicago(wall)

    @pytest.mark.parametrize(("written", "wall"), [("25m", "2026-03-06 16:35"), ("+1 09:15", "2026-03-09 09:15")])
    def test_an_act_follows_after_a_while_or_on_a_later_working_day(self, written, wall):
        assert past.afterwards(written, chicago("2026-03-06 16:10")) == chicago(wall)

    @pytest.mark.parametrize("written", ["", "soon", "45m", "-1 25"])
    def test_what_says_no_time_is_refused(self, written):
        with pytest.raises(past.NoTime):
            past.beginning(written, self.NOW)


class TestAPastThatIsWrittenDown:
    """`incidents.moment.past`, by which the demo counts earlier than it records."""

    @pytest.fixture
    def petra(self, empty, clock):
        from tests.cast import raise_curtain

        clock.set(chicago("2026-03-02 10:00"))
        return raise_curtain().petra

    def report(self, petra):
        said = verbs.Report("Down", "", 1)
        return verbs.report(said, account=petra.account, by=petra, channel=Incident.Channel.PORTAL)

    def test_it_counts_when_it_happened_and_is_recorded_now(self, petra):
        with moment.past(chicago("2026-03-02 09:00"), source="demo"):
            made = self.report(petra)
        event = made.events.get()
        assert (event.at, event.source) == (chicago("2026-03-02 09:00"), "demo")
        assert (event.recorded_at, made.received_at) == (chicago("2026-03-02 10:00"), chicago("2026-03-02 09:00"))
        assert made.due_at == chicago("2026-03-02 11:00")

    def test_outside_it_the_databases_clock_counts(self, petra):
        with moment.past(chicago("2026-03-02 09:00"), source="demo"):
            pass
        event = self.report(petra).events.get()
        assert (event.at, event.recorded_at, event.source) == (*[chicago("2026-03-02 10:00")] * 2, "desk")

    def test_nothing_happens_in_the_future(self, petra):
        with moment.past(chicago("2026-03-02 10:01"), source="demo"), pytest.raises(moment.NotThen):
            self.report(petra)

    def test_nothing_happens_before_what_is_on_the_timeline(self, petra):
        made = self.report(petra)
        with moment.past(chicago("2026-03-02 09:00"), source="demo"), pytest.raises(moment.NotThen):
            verbs.withdraw(made, by=petra, reason="a mistake")
