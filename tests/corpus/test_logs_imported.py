"""Public incident logs, dirt included, brought in as incidents: what a replay judges is what then stands here."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.config.called import Caller
from tests.config.desk_commands import call
from tests.corpus.test_logs import LOGS
from tests.stage import cast
from watchkeeper.clocks.models import Commitment
from watchkeeper.core.scorecard import counts_as
from watchkeeper.incidents.models import Event, Incident
from watchkeeper.notify.models import Notice
from watchkeeper.people import clock
from watchkeeper.people.wall import stand_for_the_desk
from watchkeeper.policies.models import Licence

__all__ = ["cast"]

MORE: dict[str, tuple[str, ...]] = {
    "helpdesk_polato_4580.csv": ("--title", "case:concept:name"),
    "bpi2013_closed_problems.csv": ("--component", "sc3"),
    "bpi2014_rabobank_incidents_40.csv": ("--id", "Incident_ID", "--component", "CI_Name"),
    "boston311_2022_100.csv": ("--id", "case_enquiry_id", "--title", "case_title"),
    "nyc311_100.csv": ("--id", "Unique Key", "--title", "Complaint Type", "--body", "Descriptor"),
}
SMALL = [name for name in LOGS if name not in ("helpdesk_polato_4580.csv", "bpi2013_closed_problems.csv")]


def brought_in(shared: Path, name: str, account: str, *more: str) -> int:
    """The test is one transaction, and its end looks at all of a log at once: as no import does."""
    with connection.cursor() as cursor:
        cursor.execute("set local statement_timeout = 0")
    path = str(shared / "data/logs" / name)
    return call("import_log", path, "--account", account, *LOGS[name][0], *MORE[name], *more)


def judged() -> dict[str, int]:
    """How the acknowledgements of all incidents came out, as of now."""
    now = clock.now()
    rows = Commitment.objects.filter(metric="acknowledgement", excluded="").values_list("outcome", "due_at")
    outcomes = [counts_as(outcome, due_at, now) for outcome, due_at in rows]
    return {outcome: outcomes.count(outcome) for outcome in ("met", "breached", "open")}


@pytest.mark.parametrize("name", LOGS)
def test_what_is_brought_in_came_out_as_a_replay_says(
    cast: Any, shared: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Licence.objects.filter(account=cast.basic).delete()
    assert brought_in(shared, name, "basic", "--assume-level", "premium") == 0
    assert LOGS[name][1]["incidents"] == Incident.objects.count()
    now = f"{clock.now():%Y-%m-%dT%H:%M:%SZ}"
    path = str(shared / "data/logs" / name)
    total = Caller(capsys)("replay", path, "--level", "premium", *LOGS[name][0], "--json", "--as-of", now).json["total"]
    assert judged() == {outcome: total[outcome] for outcome in ("met", "breached", "open")}
    assert not Notice.objects.exists()


@pytest.mark.parametrize("name", SMALL)
def test_a_log_brought_in_twice_is_there_once_and_the_chain_holds(
    cast: Any, shared: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert brought_in(shared, name, "premier", "--assume-level", "break-fix") == 0
    events = Event.objects.count()
    assert brought_in(shared, name, "premier", "--assume-level", "break-fix") == 0
    assert Event.objects.count() == events
    assert call("audit", "verify") == 0
    assert call("rebuild", "--check") == 0
    stand_for_the_desk()
    assert f"{Incident.objects.count()} incidents, 0 differences" in capsys.readouterr().out
