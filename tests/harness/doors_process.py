"""`watchkeeper mail doors` as an installation runs it, on the test's own database."""

import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from .desk_process import WATCHKEEPER, environment

if TYPE_CHECKING:
    from .shared_postgres import SharedPostgres

Doors = Callable[..., "DoorsProcess"]


@dataclass
class DoorsProcess:
    """One process of doors; `log` is all it said."""

    settings: dict[str, str]
    log_file: Path
    process: "subprocess.Popen[bytes]" = field(init=False)

    def start(self) -> None:
        with self.log_file.open("ab") as log:
            self.process = subprocess.Popen([WATCHKEEPER, "mail", "doors"], env=self.settings, stdout=log, stderr=log)

    def kill(self) -> None:
        """End it in the middle of whatever it does."""
        self.process.kill()
        self.process.wait(30)

    def stop(self) -> int:
        self.process.terminate()
        return self.process.wait(30)

    @property
    def log(self) -> str:
        return self.log_file.read_text()


@pytest.fixture
def desk_settings(
    committed_db: None, postgres: "SharedPostgres", test_database: str, tmp_path: Path
) -> Callable[..., dict[str, str]]:
    """The environment of a command of the desk that works on the test's own database."""
    from watchkeeper.config.guarantees import ALLOW_UNSAFE
    from watchkeeper.config.postgres import PORT
    from watchkeeper.config.roles import APPLICATION_ROLE

    url = f"postgresql://{APPLICATION_ROLE}@/{test_database}?host={postgres.socket}&port={PORT}"

    def settings(**more: str) -> dict[str, str]:
        return environment(tmp_path, DATABASE_APP_URL=url, **{ALLOW_UNSAFE: "1"}, **more)

    return settings


@pytest.fixture
def doors(desk_settings: Callable[..., dict[str, str]], tmp_path: Path) -> Iterator[Doors]:
    """Starts processes of doors with these settings; what still runs at the end is ended."""
    started: list[DoorsProcess] = []

    def start(**settings: str) -> DoorsProcess:
        process = DoorsProcess(desk_settings(**settings), tmp_path / f"doors-{len(started)}.log")
        process.start()
        started.append(process)
        return process

    yield start
    for process in started:
        if process.process.poll() is None:
            process.kill()
