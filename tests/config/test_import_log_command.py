"""`watchkeeper import FILE.csv --account`: another desk's log becomes incidents, and nobody hears of it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from tests.config.desk_commands import call
from tests.stage import browser_of, cast, chicago

from watchkeeper.clocks.models import Commitment
from watchkeeper.config import command
from watchkeeper.config.cannot_run import CommandError
from watchkeeper.config.watcher import look_at_some
from watchkeeper.core import timeline as t
from watchkeeper.incidents import verbs
from watchkeeper.incidents.models import Event, ImportedIncident, Incident, Message
from watchkeeper.incidents.reading import standing_of
from watchkeeper.notify.models import Notice
from watchkeeper.people.wall import stand_for_the_desk
from watchkeeper.policies.models import Agreement, GivenPromise, Licence

__all__ = ["browser_of", "cast"]

LOG = """\
number,opened,acknowledged,solved,priority,what,text,part,secret
A-1,2026-01-05T15:00:00Z,2026-01-05T15:30:00Z,2026-01-06T10:00:00Z,1,Login fails,Since nine.,auth,hush
A-2,2026-01-05T15:00:00Z,2026-01-12T15:00:00Z,,2,Slow,,auth,hush
A-3,2026-02-27T15:00:00Z,,,2,Broken,,gateway,hush
A-4,2026-02-20T15:00:00Z,2026-02-20T16:00:00Z,2026-02-25T16:00:00Z,3,Colour,,gateway,hush
A-5,yesterday,,,2,Bad,,gateway,hush
,2026-02-27T15:00:00Z,,,2,Nameless,,gateway,hush
A-1,2026-02-27T15:00:00Z,,,2,Again,,gateway,hush
A-8,2031-02-27T15:00:00Z,,,2,Future,,gateway,hush
"""
COLUMNS = (
    *("--id", "number", "--opened", "opened", "--acknowledged", "acknowledged", "--resolved", "solved"),
    *("--severity", "priority", "--title", "what", "--body", "text", "--component", "part"),
)


@pytest.fixture
def log(tmp_path):
    path = tmp_path / "old.csv"
    path.write_text(LOG)
    return path


@pytest.fixture
def bring_in(cast, log, capsys):
    """``bring_in(more…)``: the import of the log into the Break-Fix account, and what it printed."""

    def brought(*more, account="basic", code=0, text=None):
        if text is not None:
            log.write_text(text)
        capsys.readouterr()
        assert call("import_log", str(log), "--account", account, *COLUMNS, *more) == code
        return capsys.readouterr()

    return brought


def imported(key: str) -> Incident:
    return ImportedIncident.objects.get(key=key).incident


def test_each_incident_stands_with_its_own_times_and_the_promise_of_its_day(bring_in, clock):
    said = bring_in()
    assert "4 are new incidents of Basic" in said.out
    first = imported("A-1")
    assert (first.title, first.component, first.state, first.level) == ("Login fails", "auth", "closed", "break-fix")
    assert (first.channel, first.is_imported, first.reporter) == ("import", True, None)
    assert first.received_at == datetime(2026, 1, 5, 15, tzinfo=UTC)
    assert first.acknowledged_at == datetime(2026, 1, 5, 15, 30, tzinfo=UTC)
    assert first.closed_at == datetime(2026, 1, 20, 10, tzinfo=UTC)
    assert Message.objects.get(incident=first).body == "Since nine."
    assert [(event.kind, event.source) for event in first.events.all()] == [
        ("reported", "import"),
        ("acknowledged", "import"),
        ("resolved", "import"),
        ("closed", "import"),
    ]
    assert {event.recorded_at for event in Event.objects.all()} == {chicago("2026-03-02 10:00")}
    promised = Commitment.objects.get(incident_id=first.pk, metric="acknowledgement")
    assert (promised.outcome, promised.due_at) == ("met", datetime(2026, 1, 7, 21, tzinfo=UTC))
    late = Commitment.objects.get(incident_id=imported("A-2").pk, metric="acknowledgement")
    assert (late.outcome, late.excluded) == ("breached", "")
    assert imported("A-2").state == "acknowledged"


def test_what_cannot_be_read_is_listed_with_its_line_and_nothing_else_is_lost(bring_in):
    said = bring_in()
    assert said.err.splitlines() == [
        'line 6: opened "yesterday" is not an ISO 8601 time; give its form with --time-format',
        "line 7: has no id",
        "line 8: names A-1 again, which stands on line 2",
        "line 9: A-8: opened 2031-02-27 15:00:00 UTC, which is yet to come",
    ]
    assert "8 rows, 4 incidents, 4 left out" in said.out
    assert "columns that nothing is read from: secret" in said.out
    assert "2 stand open in the queue" in said.out
    assert not Message.objects.filter(body__contains="hush").exists()


def test_a_dry_run_says_the_same_and_writes_nothing(bring_in):
    said = bring_in("--dry-run")
    assert "4 would be new incidents of Basic" in said.out
    assert "Break-Fix, policy version 1" in said.out
    assert "a dry run: nothing is written" in said.out
    assert not Incident.objects.exists()
    assert not GivenPromise.objects.exists()


def test_nobody_is_notified_and_the_watcher_raises_nothing_ever(bring_in, clock, cast):
    bring_in()
    for _ in range(3):
        clock.advance(timedelta(days=4))
        while look_at_some():
            pass
        stand_for_the_desk()
    assert not Notice.objects.exists()
    assert set(Event.objects.values_list("kind", flat=True)) == {"reported", "acknowledged", "resolved", "closed"}
    assert imported("A-4").state == "closed", "what was resolved closes by itself, as everywhere"
    assert imported("A-3").state == "new"


def test_a_breach_in_a_log_lets_no_customer_escalate(bring_in, cast):
    bring_in()
    with pytest.raises(verbs.NotPossible, match="another desk"):
        verbs.escalate(imported("A-2"), by=cast.basil)


def test_what_still_stands_open_is_worked_on_as_any_other(bring_in, cast):
    bring_in()
    verbs.reply(imported("A-3"), by=cast.ana, text="We look.")
    first = imported("A-3")
    assert (first.state, first.assignee) == ("acknowledged", cast.ana)
    standing = standing_of(first)
    assert standing.commitments[0].outcome == "met"


def test_brought_in_again_only_what_is_new_is_added(bring_in):
    bring_in()
    events = Event.objects.count()
    said = bring_in()
    assert "0 are new incidents of Basic, 0 went on, 4 as they were, 0 say something else" in said.out
    said = bring_in(text=LOG + "A-9,2026-02-26T15:00:00Z,,,2,New,,gateway,hush\n")
    assert "1 are new incidents of Basic, 0 went on, 4 as they were" in said.out
    assert Event.objects.count() == events + 1


def test_a_later_export_goes_on_with_what_it_knows_more_of(bring_in):
    bring_in()
    later = LOG.replace("A-3,2026-02-27T15:00:00Z,,", "A-3,2026-02-27T15:00:00Z,2026-03-02T15:00:00Z,")
    assert "1 went on, 3 as they were" in bring_in(text=later).out
    open_one = imported("A-3")
    assert (open_one.state, open_one.acknowledged_at) == ("acknowledged", datetime(2026, 3, 2, 15, tzinfo=UTC))
    assert Commitment.objects.get(incident_id=open_one.pk, metric="acknowledgement").outcome == "met"
    assert not Notice.objects.exists()


def test_what_a_later_export_says_otherwise_is_left_and_said(bring_in, cast):
    bring_in()
    verbs.note(imported("A-3"), by=cast.ana, text="ours now")
    changed = LOG.replace("A-1,2026-01-05T15:00", "A-1,2026-01-05T14:00").replace(
        "A-3,2026-02-27T15:00:00Z,,", "A-3,2026-02-27T15:00:00Z,2026-03-02T15:00:00Z,"
    )
    said = bring_in(text=changed.replace("2026-01-12T15:00:00Z,,2", "2026-01-12T15:00:00Z,,3"))
    one, two, three = (imported(key).reference for key in ("A-1", "A-2", "A-3"))
    assert said.err.splitlines()[:3] == [
        f"line 2: A-1: {one} was opened 2026-01-05 15:00:00 here, 2026-01-05 14:00:00 in this file",
        f"line 3: A-2: {two} has severity 2 here, 3 in this file",
        f"line 4: A-3: {three} was worked on here since; what this file adds is left out",
    ]
    assert imported("A-3").acknowledged_at is None


def test_ids_of_two_desks_are_told_apart(bring_in):
    bring_in()
    assert "4 are new incidents" in bring_in("--source", "the other desk").out
    assert Incident.objects.count() == 8


def test_the_chain_and_the_copies_hold_afterwards(bring_in, capsys):
    bring_in()
    bring_in(text=LOG.replace("A-3,2026-02-27T15:00:00Z,,", "A-3,2026-02-27T15:00:00Z,2026-03-02T15:00:00Z,"))
    assert call("audit", "verify") == 0
    assert call("rebuild", "--check") == 0
    assert "4 incidents, 0 differences" in capsys.readouterr().out


def test_promises_are_those_of_the_day_each_was_received(bring_in, cast):
    half = date(2026, 2, 1)
    Licence.objects.filter(account=cast.premium).delete()
    Agreement.objects.filter(account=cast.premium).update(period=DateRange(half, None))
    said = bring_in(account="premier")
    assert "nothing: no entitlement on record" in said.out
    assert "--assume-level LEVEL counts them" in said.out
    assert [imported(key).level for key in ("A-1", "A-3")] == ["", "premium"]
    assert not Commitment.objects.filter(incident_id=imported("A-1").pk).exists()


def test_a_level_is_assumed_only_where_none_was_on_record_and_says_so(bring_in, cast):
    Licence.objects.filter(account=cast.premium).delete()
    Agreement.objects.filter(account=cast.premium).update(period=DateRange(date(2026, 2, 1), None))
    said = bring_in("--assume-level", "advanced", account="premier")
    assert "Advanced, policy version 1, assumed: none on record" in said.out
    assert [imported(key).level for key in ("A-1", "A-3")] == ["advanced", "premium"]
    assumed = [event.data.get("is_assumed", False) for event in Event.objects.filter(kind=t.REPORTED).order_by("pk")]
    assert assumed.count(True) == 2


def test_before_the_first_version_of_the_policy_nothing_is_on_record(bring_in, cast):
    Licence.objects.filter(account=cast.basic).update(period=DateRange(date(1990, 1, 1), None))
    said = bring_in(text=LOG.replace("A-1,2026", "A-1,1999"))
    assert "nothing: no entitlement on record" in said.out
    assert [imported(key).level for key in ("A-1", "A-2")] == ["", "break-fix"]


def test_what_a_log_does_not_tell_counts_nowhere(cast, log):
    Agreement.objects.filter(account=cast.contracted).update(
        sla_text="sla: X\nresolution:\n  1: {within: 1h}\n  2: {within: 1h}\n"
    )
    arguments = ("--account", "contracted", "--id", "number", "--opened", "opened", "--acknowledged", "acknowledged")
    call("import_log", str(log), *arguments, "--severity", "priority")
    owed = Commitment.objects.get(incident_id=imported("A-3").pk, metric="resolution")
    assert owed.excluded == "the log it came from does not tell"
    assert Commitment.objects.get(incident_id=imported("A-3").pk, metric="acknowledgement").excluded == ""


def test_an_event_log_is_brought_in_too(cast, tmp_path):
    path = tmp_path / "events.csv"
    path.write_text(
        "case;what;at;thing\n"
        "7;new;2026-02-02T10:00:00Z;Printer\n"
        "7;taken;2026-02-02T11:00:00Z;\n"
        "7;solved;2026-02-02T12:00:00Z;\n"
        "7;solved;2026-02-03T12:00:00Z;\n"
        "8;taken;2026-02-02T11:00:00Z;\n"
    )
    columns = ("--case", "case", "--activity", "what", "--at", "at", "--title", "thing", "--fixed-severity", "2")
    acts = ("--opened-by", "new", "--acknowledged-by", "taken", "--resolved-by", "solved")
    assert call("import_log", str(path), "--account", "advance", *columns, *acts) == 0
    only = Incident.objects.get()
    assert (only.title, only.resolved_at) == ("Printer", datetime(2026, 2, 3, 12, tzinfo=UTC))


@pytest.mark.parametrize(
    ("left_out", "complaint"),
    [("--id", "ids with --id"), ("--severity", "--severity"), ("--opened", "--opened")],
)
def test_what_is_needed_is_asked_for(cast, log, left_out, complaint):
    given = list(COLUMNS)
    at = given.index(left_out)
    del given[at : at + 2]
    with pytest.raises(CommandError, match=complaint):
        call("import_log", str(log), "--account", "basic", *given)


@pytest.mark.parametrize(
    ("more", "complaint"),
    [
        (("--assume-level", "gold"), "--assume-level: .*gold"),
        (("--account", "nobody"), "not the slug of an account"),
        (("--source", " "), "--source names the desk"),
        (("--title", "headline"), 'no column "headline"'),
    ],
)
def test_what_is_not_there_is_said(cast, log, more, complaint):
    with pytest.raises(CommandError, match=complaint):
        call("import_log", str(log), "--account", "basic", *COLUMNS, *more)
    assert not Incident.objects.exists()


def test_a_what_if_counts_what_was_imported_and_marks_it(bring_in, tmp_path):
    bring_in()
    path = tmp_path / "what-if.csv"
    assert call("what_if", "premium", "--from", "2026-01-01", "--to", "2026-03-01", "--csv", str(path)) == 0
    lines = path.read_text().splitlines()
    assert lines[0].startswith("incident,account,title,received_at,imported,level")
    assert sum(",yes,Break-Fix," in line for line in lines) == 4


def test_a_log_and_a_table_are_told_apart_by_whose_it_is(monkeypatch):
    called = []
    monkeypatch.setattr(command, "_call", lambda name, chosen, given: called.append((name, chosen.module, given)) or 0)
    command.main(["import", "accounts", "accounts.csv", "--dry-run"])
    command.main(["import", "log.csv", "--account", "basic"])
    command.main(["import", "log.csv", "--account=basic", "--id", "number"])
    assert [module for _, module, _ in called] == ["import_table", "import_log", "import_log"]
    assert {name for name, _, _ in called} == {"import"}


def test_pages_show_where_it_comes_from(bring_in, cast, browser_of):
    bring_in()
    reference = imported("A-2").reference
    desk = browser_of(cast.ana).get(f"/desk/incidents/{reference}").content.decode()
    assert "Imported" in desk
    assert "A-2 at another desk, line 3 of old.csv" in desk
    own = browser_of(cast.basil).get(f"/incidents/{reference}").content.decode()
    assert "Imported" in own
    assert "another desk" in own
