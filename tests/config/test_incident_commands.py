"""`watchkeeper report`, `incident show`, `explain`, `audit` and `rebuild`: one incident from the command line."""

from __future__ import annotations

import io
import json
import re
from datetime import timedelta

import pytest
from django.db import connection
from tests.cast import raise_curtain
from tests.config.desk_commands import call
from tests.stage import chicago

from watchkeeper.clocks.models import Commitment
from watchkeeper.config.cannot_run import CommandError
from watchkeeper.config.commands.desk_words import NotFound
from watchkeeper.incidents import flow, verbs
from watchkeeper.incidents.models import Incident, Message
from watchkeeper.people.wall import stand_for_the_desk

CHANNEL = Incident.Channel.COMMAND


@pytest.fixture
def cast(db, clock):
    stand_for_the_desk()
    clock.set(chicago("2026-03-06 16:30"))
    return raise_curtain()


@pytest.fixture
def incident(cast):
    said = verbs.Report("The gateway answers 503", "Since ten.", 2)
    made = verbs.report(said, account=cast.advanced, by=cast.ada, channel=CHANNEL)
    verbs.note(made, by=cast.ana, text="looks like the pool")
    return made


class TestReport:
    def test_a_customer_reports_and_reads_the_reference_and_the_dated_promise(self, cast, capsys):
        assert call("report", "--as", "Ada@advance.example", "--title", "Down", "--severity", "high") == 0
        incident = Incident.objects.get()
        assert (incident.reporter, incident.channel, incident.severity) == (cast.ada, CHANNEL, 2)
        assert capsys.readouterr().out == (
            f"{incident.reference}  High, Advanced\n"
            "  acknowledgement by Tue 10 Mar 2026 10:30 CT (12 h, Standard Hours)\n"
        )

    def test_a_test_of_the_way_in_is_marked_as_one(self, cast):
        assert call("report", "--as", "ada@advance.example", "--title", "Only a try", "--test") == 0
        assert Incident.objects.get().is_test

    def test_outside_the_level_it_says_so_and_names_a_level_that_covers_it(self, cast, capsys):
        call("report", "--as", "basil@basic.example", "--title", "Odd", "--severity", "Medium")
        assert "Medium is outside Break-Fix" in capsys.readouterr().out

    def test_the_story_can_come_from_stdin(self, cast, monkeypatch):
        monkeypatch.setattr("sys.stdin", io.StringIO("Line one\nLine two\n"))
        call("report", "--as", "ada@advance.example", "--title", "Down", "--body", "-")
        assert Message.objects.get().body == "Line one\nLine two\n"

    def test_json_is_what_the_api_answers(self, cast, capsys):
        call("report", "--as", "ada@advance.example", "--title", "Down", "--severity", "2", "--json")
        said = json.loads(capsys.readouterr().out)
        assert said["reference"] == Incident.objects.get().reference
        assert said["promise"]["targets"][0]["due_at"] == "2026-03-10T15:30:00Z"

    def test_an_engineer_says_for_which_account(self, cast):
        call("report", "--as", "ana@vendor.example", "--title", "Down", "--account", "advance")
        assert Incident.objects.get().account == cast.advanced

    @pytest.mark.parametrize(
        ("given", "why"),
        [
            (("--as", "nobody@x.example", "--title", "Down"), "nobody who may sign in has the address"),
            (("--as", "ada@advance.example", "--title", " "), "--title: "),
            (("--as", "ada@advance.example", "--title", "a\nb"), "--title: .*write one line"),
            (("--as", "ada@advance.example", "--title", "Down", "--body", "\ud800"), "--body: "),
            (
                ("--as", "ada@advance.example", "--title", "Down", "--severity", "9"),
                '--severity: "9" is not a severity',
            ),
            (("--as", "ada@advance.example", "--title", "Down", "--account", "basic"), "Ada is not of Basic"),
            (("--as", "ana@vendor.example", "--title", "Down"), "say for whom with --account SLUG"),
            (("--as", "axel@vendor.example", "--title", "Down", "--account", "basic"), "Axel may not report"),
        ],
    )
    def test_what_cannot_be_is_refused_in_one_line_and_nothing_is_kept(self, cast, given, why):
        with pytest.raises(CommandError, match=why) as refused:
            call("report", *given)
        assert "\n" not in str(refused.value)
        assert not Incident.objects.exists()


class TestShowAndExplain:
    def test_an_incident_is_shown_with_facts_commitments_and_timeline(self, incident, capsys):
        assert call("incident", "show", incident.reference.lower()) == 0
        shown = capsys.readouterr().out
        for line in (
            f"{incident.reference}  The gateway answers 503",
            "  account   advance, reported by Ada",
            "  acknowledgement 1, High: running, due Tue 10 Mar 2026 10:30 CT",
            "      looks like the pool",
        ):
            assert line in shown.splitlines()

    def test_what_the_conductor_did_is_shown_with_its_times_as_a_person_reads_them(self, incident, clock, capsys):
        clock.advance(timedelta(days=5))
        flow.look_at(Incident.objects.select_for_update().get())
        call("incident", "show", incident.reference)
        (breach,) = [line for line in capsys.readouterr().out.splitlines() if " breached by " in line]
        assert breach == (
            "  Tue 10 Mar 2026 10:30 CT  breached by Watchkeeper [due]: "
            "nth 1, due_at Tue 10 Mar 2026 10:30 CT, metric acknowledgement, eligible True, severity 2"
        )

    def test_json_holds_the_whole_timeline(self, incident, capsys):
        call("incident", "show", incident.reference, "--json")
        shown = json.loads(capsys.readouterr().out)
        assert [event["kind"] for event in shown["timeline"]] == ["reported", "noted"]

    def test_an_explanation_adds_up_and_names_its_zone_data(self, incident, capsys):
        assert call("explain", incident.reference) == 0
        told = capsys.readouterr().out
        assert "promised Advanced of production-support, version 1" in told
        assert "Fri 16:30–17:00 30 min · weekend closed · Mon 08:00–17:00 9 h · Tue 08:00–10:30 2 h 30 min" in told
        assert re.search(r"Local times by tzdata \d{4}[a-z]\.", told)

    def test_the_stretches_count_to_the_limit(self, incident, capsys):
        call("explain", incident.reference, "--json")
        (made,) = json.loads(capsys.readouterr().out)["commitments"]
        assert sum(stretch["counted_seconds"] for stretch in made["explanation"]) == 12 * 3600

    def test_an_sla_is_told_with_what_it_changed(self, cast, capsys):
        said = verbs.Report("Down", "", 1)
        made = verbs.report(said, account=cast.contracted, by=cast.clara, channel=CHANNEL)
        call("explain", made.reference)
        assert "acknowledgement, Critical: 30 min instead of 2 h" in capsys.readouterr().out

    @pytest.mark.parametrize("command", [("incident", "show"), ("explain",)])
    @pytest.mark.parametrize("reference", ["WK-222222", "", "\x00", "\ud800"])
    def test_an_unknown_reference_is_said_in_one_line(self, cast, command, reference):
        with pytest.raises(NotFound, match="there is no incident"):
            call(*command, reference)


class TestAudit:
    def test_every_chain_that_holds_is_shown_with_its_head(self, incident, capsys):
        assert call("audit", "verify") == 0
        head = incident.events.last().digest
        assert capsys.readouterr().out.splitlines()[:2] == [f"advance: 2 events, head {head}", "basic: no events"]

    def test_the_first_bad_event_is_named_and_the_exit_code_is_one(self, incident, capsys):
        Message.objects.filter(body="looks like the pool").update(body="nothing to see")
        assert call("audit", "verify") == 1
        said = capsys.readouterr()
        assert said.err == "advance: event 2 is changed: the message is not the one that was written\n"
        assert "basic: no events" in said.out

    def test_one_account_can_be_asked_for(self, incident, capsys):
        call("audit", "verify", "--account", "basic")
        assert capsys.readouterr().out == "basic: no events\n"


class TestRebuild:
    def test_rows_that_equal_the_timeline_are_left_alone(self, incident, capsys):
        assert call("rebuild", "--check") == 0
        assert capsys.readouterr().out == "1 incidents, 0 differences\n"

    @pytest.mark.parametrize("by", [timedelta(hours=3), timedelta(days=5)])
    def test_what_the_watcher_is_about_to_look_at_is_no_difference(self, incident, clock, by):
        clock.advance(by)
        assert call("rebuild", "--check") == 0

    def test_a_check_tells_each_difference_and_changes_nothing(self, incident, capsys):
        Incident.objects.update(due_at=None, state="closed")
        assert call("rebuild", "--check") == 1
        reference = incident.reference
        assert capsys.readouterr().out.splitlines() == [
            f"{reference}: state is 'closed', the timeline says 'new'",
            f"{reference}: due_at is None, the timeline says 2026-03-10T15:30:00+00:00",
            "1 incidents, 2 differences found",
        ]
        assert Incident.objects.get().state == "closed"

    def test_rows_are_put_right_from_the_timeline_and_the_promise(self, incident):
        rows = list(Commitment.objects.values())
        Incident.objects.update(due_at=None, look_again_at=None, severity=5, assignee=incident.reporter)
        Commitment.objects.update(due_at=None, outcome="met")
        Commitment.objects.create(**{key: value for key, value in rows[0].items() if key not in ("id", "nth")}, nth=7)
        assert call("rebuild") == 0
        assert list(Commitment.objects.values()) == rows
        assert call("rebuild", "--check") == 0
        assert Incident.objects.get().look_again_at == incident.look_again_at

    def test_an_alarm_that_was_lost_is_found(self, incident, clock):
        Incident.objects.update(look_again_at=None)
        clock.advance(timedelta(days=30))
        assert call("rebuild", "--check") == 1
        call("rebuild")
        flow.look_at(Incident.objects.select_for_update().get())
        assert Incident.objects.get().is_breached


def test_a_row_of_a_commitment_that_is_missing_is_found(incident, capsys):
    with connection.cursor() as cursor:
        cursor.execute("delete from clocks_commitment")
    assert call("rebuild", "--check") == 1
    assert f"{incident.reference} acknowledgement 1: has no row" in capsys.readouterr().out
