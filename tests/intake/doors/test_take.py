"""``watchkeeper mail take``: what a mail server pipes in is kept, or the exit status says whether to try again."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.harness.desk_process import WATCHKEEPER, environment
from tests.intake.doors.stage import DESK, kept, mail, received
from watchkeeper.intake.mail.keeping import LARGEST

Settings = Callable[..., dict[str, str]]


def take(settings: dict[str, str], *words: str, raw: bytes = b"") -> tuple[int, str]:
    """The exit status and the last line on stderr."""
    command = [WATCHKEEPER, "mail", "take", *words]
    done = subprocess.run(command, env=settings, input=raw, capture_output=True, check=False)
    return done.returncode, done.stderr.decode().rpartition("watchkeeper mail take: ")[2].strip()


def test_what_is_piped_in_is_kept(desk_settings: Settings) -> None:
    assert take(desk_settings(), "--for", DESK, raw=mail())[0] == 0
    assert take(desk_settings(), "--for", DESK, "-", raw=mail())[0] == 0
    assert kept() == [mail()]
    assert (received()[0].door, received()[0].envelope_to) == ("command", [DESK])


def test_a_file_is_kept_as_it_is(desk_settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "mail.eml").write_bytes(mail())
    assert take(desk_settings(), str(tmp_path / "mail.eml"))[0] == 0
    assert kept() == [mail()]


def test_a_file_that_is_not_there_is_a_mistake_of_who_typed(desk_settings: Settings) -> None:
    command = [WATCHKEEPER, "mail", "take", "nowhere.eml"]
    done = subprocess.run(command, env=desk_settings(), capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (
        2,
        'watchkeeper mail: "nowhere.eml" cannot be read: No such file or directory\n',
    )


@pytest.mark.parametrize("raw", [b"", b"\r\n", b"x" * (LARGEST + 1)], ids=["nothing", "a blank line", "too large"])
def test_what_never_can_be_kept_goes_back(desk_settings: Settings, raw: bytes) -> None:
    assert take(desk_settings(), raw=raw)[0] == 65
    assert kept() == []


def test_while_there_is_no_database_the_server_keeps_the_mail(tmp_path: Path) -> None:
    away = environment(tmp_path, DATABASE_APP_URL="postgresql://me:s3cret@127.0.0.1:1/desk")
    code, said = take(away, raw=mail())
    assert code == 75
    assert said.startswith("the mail is not kept, try again: the database does not answer")
    assert "s3cret" not in said


def test_while_a_setting_is_wrong_the_server_keeps_the_mail(desk_settings: Settings) -> None:
    code, said = take(desk_settings(WATCHKEEPER_LMTP_LISTEN="8024"), raw=mail())
    assert code == 75
    assert "WATCHKEEPER_LMTP_LISTEN is none of" in said
