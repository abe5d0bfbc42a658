"""`watchkeeper policy export`: what the desk published, to the letter."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from tests.cast import POLICY
from tests.config.called import Caller
from tests.config.desk_commands import call
from tests.policy_texts import FASTER, TEXT, replaced
from tests.stage import cast, chicago

from watchkeeper.config.cannot_run import CannotRun, CommandError
from watchkeeper.core.policy_file import open_policy
from watchkeeper.office.publishing.publication import publish_text, withdraw
from watchkeeper.people.wall import for_the_desk
from watchkeeper.policies.models import PolicyVersion
from watchkeeper.policies.versions import policy_of

__all__ = ["cast"]

FROM_MARCH, FROM_APRIL = date(2026, 3, 3), date(2026, 4, 1)
IN_DOS = "\ufeff" + FASTER.replace("\n", "\r\n").rstrip("\r\n")


@pytest.fixture
def exported(cast, capsysbinary):
    """What the command prints, as bytes."""

    def given(*arguments: str) -> bytes:
        capsysbinary.readouterr()
        assert call("policy_export", *arguments) == 0
        return capsysbinary.readouterr().out

    return given


@pytest.fixture
def versions(cast, clock) -> list[PolicyVersion]:
    """Version 1 in force, 2 planned, 3 withdrawn."""
    planned = publish_text(IN_DOS, valid_from=FROM_MARCH, note="A faster Premium", by=cast.mia)
    withdrawn = publish_text(replaced("within: 2h", "within: 1h"), valid_from=FROM_APRIL, note="", by=cast.mia)
    withdraw(withdrawn, reason="Too early", by=cast.mia)
    return [PolicyVersion.objects.get(number=1), planned, withdrawn]


def test_it_prints_the_policy_in_force_byte_for_byte(exported):
    assert exported() == POLICY.read_bytes()


def test_it_prints_any_version_byte_for_byte(exported, versions):
    assert exported("--version", "2") == IN_DOS.encode()
    assert exported("--version", "1") == exported()


def test_it_prints_the_version_of_a_day(exported, versions):
    assert exported("--at", "2026-03-02") == TEXT.encode()
    assert exported("--at", "2026-05-01") == IN_DOS.encode()


def test_the_version_in_force_is_that_of_now(exported, versions, clock):
    clock.advance(timedelta(days=1))
    assert exported() == IN_DOS.encode()


def test_it_writes_a_file_and_prints_nothing(exported, versions, tmp_path):
    path = tmp_path / "policy.yaml"
    assert exported("--version", "2", "--out", str(path)) == b""
    assert path.read_bytes() == IN_DOS.encode()


def test_as_json_it_says_what_is_known_of_the_version(exported, versions):
    assert json.loads(exported("--version", "2", "--json")) == {
        "version": 2,
        "valid_from": "2026-03-03",
        "published_at": "2026-03-02T16:00:00+00:00",
        "published_by": "Mia",
        "note": "A faster Premium",
        "text": IN_DOS,
        "holidays": {},
    }


def test_the_list_says_what_became_of_every_version(exported, versions):
    first, *later = exported("--list").decode().splitlines()
    assert first.startswith("1  in force   from the beginning  published ")
    assert first.endswith("  the first policy of this desk")
    assert [" ".join(line.split()) for line in later] == [
        "2 planned from 3 March 2026 published Mon 2 Mar 2026 10:00 CT by Mia A faster Premium",
        "3 withdrawn from 1 April 2026 published Mon 2 Mar 2026 10:00 CT by Mia",
    ]
    assert first.index("published") == later[0].index("published") == later[1].index("published")


def test_the_list_as_json_has_no_texts(exported, versions):
    listed = json.loads(exported("--list", "--json"))
    assert [(one["version"], one["state"]) for one in listed] == [(1, "in force"), (2, "planned"), (3, "withdrawn")]
    assert "text" not in listed[0]


STANDARD = '    weekly: {monday-friday: "08:00-17:00"}'
HOLIDAYS = f"{STANDARD}\n    holidays: [US, 2026-12-24]  # and Christmas Eve"
STORED = {"US": ["2026-07-03", "2026-11-26"]}


def test_with_holidays_it_prints_a_file_that_is_complete_in_itself(exported, cast):
    version = PolicyVersion.objects.create(
        number=2,
        text=replaced(STANDARD, HOLIDAYS),
        holidays=STORED,
        valid_from=date(2026, 3, 1),
        published_at=chicago("2026-02-27 10:00"),
    )
    dates = "[2026-07-03, 2026-11-26, 2026-12-24]"
    printed = exported("--version", "2", "--with-holidays").decode()
    assert printed == version.text.replace("[US, 2026-12-24]", dates)
    assert open_policy(printed, holidays={}).policy == policy_of(version)
    as_json = json.loads(exported("--version", "2", "--with-holidays", "--json"))
    assert (as_json["text"], as_json["holidays"]) == (printed, {})
    assert json.loads(exported("--version", "2", "--json"))["holidays"] == STORED


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["--version", "9"], "there is no version 9; the versions there are: watchkeeper policy export --list"),
        (["--version", "999999999"], "there is no version 999999999"),
        (["--at", "1999-12-31"], "no policy was in force on 1999-12-31"),
    ],
)
def test_a_version_that_is_not_there_is_said_in_a_line(cast, given, said):
    with pytest.raises(CannotRun, match=said):
        call("policy_export", *given)


def test_a_desk_without_a_policy_has_none_to_export(committed_db, postgres, test_database):
    with postgres.superuser(test_database) as superuser:
        superuser.execute("delete from policies_policyversion")
    with for_the_desk(), pytest.raises(CannotRun, match="no policy is published"):
        call("policy_export")


def test_a_mistake_in_what_was_typed_is_said_in_a_line(cast, tmp_path, capsys):
    with pytest.raises(CommandError, match="cannot be written: Is a directory"):
        call("policy_export", "--out", str(tmp_path))
    with pytest.raises(CommandError, match="cannot be written: embedded null byte"):
        call("policy_export", "--out", "a\x00b")
    with pytest.raises(CommandError, match="leave out --list"):
        call("policy_export", "--list", "--with-holidays")
    caller = Caller(capsys)
    assert '"two" is no number of a version; write 2' in caller("policy", "export", "--version", "two").complaint
    assert '"May" is no day; write 2027-01-01' in caller("policy", "export", "--at", "May").complaint
    assert "not allowed with argument" in caller("policy", "export", "--list", "--version", "1").complaint
