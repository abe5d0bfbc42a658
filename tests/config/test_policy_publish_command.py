"""`watchkeeper policy publish`: the same rules as at the desk, from a shell."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.config.called import Caller
from tests.config.desk_commands import call
from tests.policy_texts import FASTER, TEXT, WITHOUT_PREMIUM
from tests.stage import cast, chicago, report

from watchkeeper.config.cannot_run import CommandError
from watchkeeper.incidents import verbs
from watchkeeper.policies.models import PolicyVersion

__all__ = ["cast", "report"]


@pytest.fixture
def write(tmp_path):
    def written(text: str) -> str:
        path = tmp_path / "policy.yaml"
        path.write_text(text, encoding="utf-8")
        return str(path)

    return written


def publish(file: str, *more: str, valid_from: str = "2026-03-03") -> int:
    return call("policy_publish", file, "--from", valid_from, *more)


def test_it_checks_compares_replays_and_publishes(cast, report, clock, write, capsys):
    incident = report(cast.petra, 2)
    clock.advance(timedelta(hours=3))
    verbs.acknowledge(incident, by=cast.ana)
    assert publish(write(FASTER), "--note", "A faster Premium", "--by", "MIA@vendor.example") == 0
    out = capsys.readouterr().out.splitlines()
    assert out[0] == "production-support: sound; 5 severities, 3 levels, 9 targets"
    assert out[1].startswith(
        "warning: premium.acknowledgement.2: is counted otherwise than before, and still published"
    )
    assert out[2:] == [
        "against version 1:",
        "  Premium, High: acknowledgement: 4 h → 2 h",
        "of 1 incident of the last 90 days 1 would have come out otherwise, and 0 cannot be computed",
        "  Premium, High: acknowledgement: met 1 → 0, breached 0 → 1",
        f"  {incident.reference} (Premier): acknowledgement met → breached",
        "published as version 2, in force from 3 March 2026",
    ]
    version = PolicyVersion.objects.get(number=2)
    assert (version.note, version.published_by, version.text) == ("A faster Premium", cast.mia, FASTER)


def test_a_dry_run_publishes_nothing(cast, write, capsys):
    assert publish(write(FASTER), "--dry-run") == 0
    assert capsys.readouterr().out.endswith("nothing is published; it would be in force from 3 March 2026\n")
    assert PolicyVersion.objects.count() == 1


def test_today_is_at_once_and_nobody_needs_to_be_named(cast, write, capsys):
    file = write(FASTER)
    assert publish(file, valid_from="today") == 0
    version = PolicyVersion.objects.get(number=2)
    assert (version.valid_from, version.published_by) == (chicago("2026-03-02 10:00").date(), None)
    assert version.note == f"published from {file}"


@pytest.mark.parametrize(
    ("text", "valid_from", "why"),
    [
        (FASTER, "2026-03-02", "2 March 2026 is today"),
        (FASTER, "2020-01-01", "1 January 2020 is past"),
        (TEXT, "2026-03-03", "It says to the letter what version 1 says."),
        (WITHOUT_PREMIUM, "2026-03-03", "It would break 2 promises that were agreed"),
    ],
)
def test_what_stands_in_the_way_is_said_and_nothing_is_published(cast, write, capsys, text, valid_from, why):
    assert publish(write(text), valid_from=valid_from) == 1
    assert why in capsys.readouterr().err
    assert PolicyVersion.objects.count() == 1


def test_what_it_would_break_is_listed(cast, write, capsys):
    publish(write(WITHOUT_PREMIUM))
    out = capsys.readouterr().out
    assert 'would break: Premier: the agreement on premium for everything: there is no level "premium" any more' in out
    assert "would break: Contracted: " in out


def test_an_unsound_file_is_told_as_check_tells_it(cast, write, capsys):
    assert publish(write(FASTER.replace("{within: 2h, goal: 15m,", "{within: 2 hrz, goal: 15m,"))) == 1
    assert "is not a duration; write 4h, 90m or 2 business days (line" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("more", "why"),
    [
        (["--by", "ana@vendor.example"], "Ana is not a manager"),
        (["--by", "nobody@vendor.example"], 'nobody who may sign in has the address "nobody@vendor.example"'),
    ],
)
def test_who_may_not_publish_is_a_mistake_in_what_was_typed(cast, write, more, why):
    with pytest.raises(CommandError, match=why):
        publish(write(FASTER), *more)


def test_a_mistyped_day_or_file_is_said_in_a_line(capsys, write):
    caller = Caller(capsys)
    assert (
        '"soon" is no day; write 2027-01-01, or today'
        in caller("policy", "publish", "x.yaml", "--from", "soon").complaint
    )
    assert "required: --from" in caller("policy", "publish", "x.yaml").complaint


def test_a_file_that_is_not_there_is_said_in_a_line(cast):
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        publish("nowhere.yaml")
