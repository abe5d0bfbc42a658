"""`watchkeeper import`: the same tables from a shell."""

from __future__ import annotations

import pytest
from tests.config.desk_commands import call

from watchkeeper.config.cannot_run import CannotRun, CommandError
from watchkeeper.office.models import ImportedTable
from watchkeeper.people.models import Account
from watchkeeper.policies.models import Agreement, PolicyVersion

pytestmark = pytest.mark.django_db

TABLE = "name;slug;team\nAcme Ltd;acme;East\nBasic;basic;\n"


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "accounts.csv"
    path.write_text(TABLE)
    return path


def test_a_dry_run_says_what_would_be_done_and_writes_nothing(table, capsys):
    assert call("import_table", "accounts", str(table), "--dry-run") == 0
    assert capsys.readouterr().out.splitlines() == [
        "line 2: Acme Ltd (acme) is added: team: East",
        "line 3: Basic (basic) is added",
        "team East is added",
        "accounts.csv (UTF-8, semicolon between cells): 2 added, 0 changed, 0 as they were; "
        "a dry run: nothing is written",
    ]
    assert not Account.objects.exists()


def test_a_table_is_imported_and_again_changes_nothing(table, capsys):
    assert call("import_table", "accounts", str(table)) == 0
    assert call("import_table", "accounts", str(table)) == 0
    assert capsys.readouterr().out.endswith("0 added, 0 changed, 2 as they were\n")
    assert Account.objects.count() == 2
    assert ImportedTable.objects.filter(done_at__isnull=False, by=None).count() == 2


def test_every_problem_is_said_and_nothing_is_imported(table, capsys):
    table.write_text(TABLE + ";x;\n;y;\n")
    assert call("import_table", "accounts", str(table)) == 1
    assert capsys.readouterr().err.splitlines() == [
        "line 4, name: is empty; write what the customer is called",
        "line 5, name: is empty; write what the customer is called",
        "accounts.csv: 2 problems, and nothing is imported",
    ]
    assert not Account.objects.exists()


def test_sla_files_are_looked_for_beside_the_table(table, tmp_path):
    call("import_table", "accounts", str(table))
    (tmp_path / "acme.yaml").write_text("sla: Acme 2026\nacknowledgement:\n  1: {within: 1h}\n")
    (tmp_path / "noise.yaml").write_bytes(b"\xff\xfe\x00")
    agreements = tmp_path / "agreements.csv"
    agreements.write_text("account,level,from,sla_file\nacme,premium,2026-01-01,acme.yaml\n")
    assert call("import_table", "agreements", str(agreements)) == 0
    assert "Acme 2026" in Agreement.objects.get().sla_text
    agreements.write_text("account,level,from,sla_file\nacme,premium,2026-01-01,../acme.yaml\n")
    assert call("import_table", "agreements", str(agreements)) == 1


def test_windows_1252_is_taken_where_it_is_said(table):
    table.write_bytes("name\nMüller\n".encode("cp1252"))
    assert call("import_table", "accounts", str(table)) == 1
    assert call("import_table", "accounts", str(table), "--encoding", "cp1252") == 0
    assert Account.objects.get().name == "Müller"


def test_what_is_no_table_is_refused_in_one_line(table, tmp_path):
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        call("import_table", "accounts", str(tmp_path / "none.csv"))
    with pytest.raises(CommandError, match="invalid choice: 'incidents'"):
        call("import_table", "incidents", str(table))
    with pytest.raises(CommandError, match="--invite is for a table of people"):
        call("import_table", "accounts", str(table), "--invite")


def test_nobody_is_invited_where_no_mail_could_go(tmp_path, settings, capsys):
    settings.WATCHKEEPER_SMTP = None
    people = tmp_path / "people.csv"
    people.write_text("email,name,roles\nmia@vendor.example,Mia,manager\n")
    assert call("import_table", "people", str(people), "--invite") == 1
    assert "WATCHKEEPER_SMTP_URL is empty" in capsys.readouterr().err


def test_a_desk_without_a_policy_says_so(table, monkeypatch):
    monkeypatch.setattr(PolicyVersion, "objects", PolicyVersion.objects.none())
    with pytest.raises(CannotRun, match="no policy is published"):
        call("import_table", "accounts", str(table))
