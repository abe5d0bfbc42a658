"""`watchkeeper what-if`: the same question from a shell."""

from __future__ import annotations

import csv

import pytest

from tests.config.desk_commands import call
from tests.reports.test_what_if import history
from tests.stage import cast, look_again, report
from watchkeeper.config.cannot_run import CommandError

__all__ = ["cast", "history", "look_again", "report"]

MARCH = ("--from", "2026-03-01", "--to", "2026-03-31")


def test_it_prints_what_would_come_and_go(history, capsys):
    assert call("what_if", "premium", *MARCH) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[:4] == [
        "what if: Premium, received from 2026-03-01 through 2026-03-31",
        "2 incidents, 2 would have come out otherwise",
        "1 promises where there was none: 0 met, 1 breached",
        "0 breaches go, 2 come",
    ]
    assert said[6].split()[-9:] == ["1", "→", "0", "0", "→", "1", "0", "→", "0"]


def test_one_account_and_an_sla_narrow_it(history, tmp_path, capsys):
    sla = tmp_path / "sla.yaml"
    sla.write_text("sla: Six hours\nacknowledgement:\n  2: {within: 6h}\n")
    assert call("what_if", "premium", *MARCH, "--account", "basic", "--sla", str(sla)) == 0
    assert "0 breaches go, 1 come" in capsys.readouterr().out
    assert call("what_if", "premium", *MARCH, "--account", "premier") == 0
    assert "0 incidents" in capsys.readouterr().out


def test_every_commitment_stands_in_the_file(history, tmp_path):
    path = tmp_path / "out.csv"
    assert call("what_if", "premium", *MARCH, "--csv", str(path)) == 0
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert {(row["title"], row["was"], row["would_be"]) for row in rows} == {
        ("High one", "met", "breached"),
        ("Medium one", "outside_level", "breached"),
    }


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        (("gold", *MARCH), "gold"),
        (("premium", "--from", "2026-03-02", "--to", "2026-03-01"), "lies before"),
        (("premium", "--from", "soon", "--to", "2026-03-01"), "is no day"),
        (("premium", *MARCH, "--account", "nobody"), "not the slug"),
        (("premium", *MARCH, "--sla", "none.yaml"), "cannot be read"),
    ],
)
def test_what_cannot_be_asked_is_one_line(cast, given, complaint):
    with pytest.raises(CommandError, match=complaint):
        call("what_if", *given)
