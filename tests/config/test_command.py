"""The command line as a process: what it imports, and its exit codes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tests.config.called import Caller

from watchkeeper.config.command import COMMANDS

WATCHKEEPER = Path(sys.executable).with_name("watchkeeper")
DEADLINE = ("deadline", "--level", "premium", "--severity", "1", "--at", "2026-03-06T16:30-06:00")


def started(*arguments: str, **how: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([WATCHKEEPER, *arguments], capture_output=True, text=True, check=False, **how)  # type: ignore[call-overload,no-any-return]


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Caller:
    return Caller(capsys)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (DEADLINE, 0),
        (("policy", "show"), 0),
        (("--version",), 0),
        (("--help",), 0),
        (("deadline", "--help"), 0),
        ((), 2),
        (("dedline",), 2),
        (("deadline",), 2),
        (("policy", "check", "/nowhere"), 2),
        (("replay", "/nowhere", "--level", "premium", "--opened", "x", "--fixed-severity", "1"), 2),
    ],
)
def test_a_process_ends_with_its_code_and_without_a_traceback(arguments: tuple[str, ...], code: int) -> None:
    done = started(*arguments)
    assert done.returncode == code
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == (1 if code == 2 and arguments else 0)


def test_an_unknown_command_is_answered_with_those_there_are(call: Caller) -> None:
    assert call("dedline").complaint.startswith('watchkeeper: "dedline" is not a command; write one of ')


def test_a_complaint_stays_on_one_line_whatever_was_typed(call: Caller) -> None:
    assert '"no such" is not a command' in call("no\nsuch").complaint
    assert '"gold bar" is not a level' in call(*DEADLINE[:2], "gold\r\nbar", *DEADLINE[3:]).complaint


def test_the_overview_has_a_line_for_each_command(call: Caller) -> None:
    lines = call("--help").out.splitlines()
    for name, command in COMMANDS.items():
        assert any(line.split() == [name, *command.summary.split()] for line in lines)


@pytest.mark.parametrize("arguments", [DEADLINE, ("policy", "show"), ("--help",)])
def test_pure_commands_import_neither_django_nor_what_they_do_not_need(arguments: tuple[str, ...]) -> None:
    code = (
        "import sys; from watchkeeper.config.command import main; main(sys.argv[1:]); "
        "print(*sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
    assert not {"django", "psycopg", "numpy", "holidays", "rich", "typer", "pandas"} & set(done.stderr.split())


def test_a_reader_that_has_seen_enough_ends_the_command_quietly() -> None:
    with subprocess.Popen([WATCHKEEPER, "policy", "show"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""


def test_a_terminal_without_the_characters_shows_others_and_no_traceback() -> None:
    done = started(*DEADLINE, env={"PYTHONIOENCODING": "ascii"})
    assert (done.returncode, done.stderr) == (0, "")
    assert "16:30?18:30" in done.stdout
