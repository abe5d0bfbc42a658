"""The desk as an installation runs it: `watchkeeper serve`, with its own data, on a port of its own."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from .clock import CLOCK_TO_SET, Clock
from .once import made_once
from .smtp_receiver import SmtpReceiver

if TYPE_CHECKING:
    import psycopg

WATCHKEEPER = Path(sys.executable).with_name("watchkeeper")
ANSWERS = "Watchkeeper answers at "


@dataclass
class Desk:
    """A running desk. `environment` is what its processes see; `log` is all they said."""

    folder: Path
    environment: dict[str, str]

    def start(self, *words: str) -> None:
        """Start `watchkeeper serve` and return when the web answers."""
        with self._log_file.open("ab") as log:
            self.process = subprocess.Popen(
                [WATCHKEEPER, "serve", "--port", "0", *words], env=self.environment, stdout=log, stderr=log
            )
        said = self.log.count(ANSWERS)
        wait_until(lambda: self.log.count(ANSWERS) > said or self.process.poll() is not None, why=lambda: self.log)
        assert self.process.poll() is None, f"the desk did not start:\n{self.log}"

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        self.process.wait(30)

    def run(self, *words: str, **how: Any) -> subprocess.CompletedProcess[str]:
        """Run another command of the desk beside it; it has to succeed."""
        done = subprocess.run([WATCHKEEPER, *words], env=self.environment, capture_output=True, text=True, **how)
        assert done.returncode == 0, f"watchkeeper {' '.join(words)}: exit status {done.returncode}\n{done.stderr}"
        return done

    @property
    def log(self) -> str:
        return self._log_file.read_text() if self._log_file.exists() else ""

    @property
    def url(self) -> str:
        return self.log.rpartition(ANSWERS)[2].split()[0]

    def pid(self, name: str) -> int:
        """A process that is now the desk's `web`, `worker` or `watcher`; waited for while it is being started."""
        wait_until(lambda: bool(self.pids(name)), why=lambda: f"the desk has no {name}\n{self.log}")
        return self.pids(name)[0]

    def pids(self, name: str) -> list[int]:
        """Every process that is now a `web`, `worker` or `watcher` of the desk."""
        return [pid for pid in children_of(self.process.pid) if name_of(pid) == f"wk-{name}"]

    @property
    def var(self) -> Path:
        return Path(self.environment["WATCHKEEPER_VAR"])

    def database(self, role: str = "watchkeeper_owner") -> "psycopg.Connection[Any]":
        """A connection to the desk's own database, for a test that looks behind the pages."""
        import psycopg

        from watchkeeper.config.postgres import PORT, Folders

        socket = Folders(self.var).socket
        return psycopg.connect(f"host={socket} port={PORT} user={role} dbname=watchkeeper", autocommit=True)

    @cached_property
    def clock(self) -> Clock:
        """The clock that all processes of this desk see; once asked for, it stands in for the true one."""
        with self.database() as owner:
            owner.execute(CLOCK_TO_SET)

        def execute(statement: str, parameters: list[Any]) -> None:
            with self.database() as owner:
                owner.execute(statement, parameters)

        return Clock(execute)

    @property
    def _log_file(self) -> Path:
        return self.folder / "desk.log"


@pytest.fixture
def desk_environment() -> dict[str, str]:
    """Settings of the `desk` fixture; a module that needs others overrides this."""
    return {}


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `var` of an installation that was set up and never used: copying it is quicker than making it."""

    def install(folder: Path) -> None:
        Desk(folder, environment(folder)).run("migrate", "--policy", "shipped")

    return made_once(tmp_path_factory, "installed", install) / "var"


@pytest.fixture
def desk(
    tmp_path: Path, installed: Path, smtp_receiver: SmtpReceiver, desk_environment: dict[str, str]
) -> Iterator[Desk]:
    """A newly installed desk, running: no account, no person; mail goes to `smtp_receiver` if nothing else is set."""
    subprocess.run(["cp", "-a", installed, tmp_path / "var"], check=True)  # with the owners of the files
    settings = {"WATCHKEEPER_SMTP_URL": smtp_receiver.url} | desk_environment
    desk = Desk(tmp_path, environment(tmp_path, **settings))
    desk.start()
    yield desk
    desk.stop()


def environment(folder: Path, **settings: str) -> dict[str, str]:
    """The environment of an installation in `folder`: nothing of ours but the path, and these settings."""
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG", "TMPDIR"}}
    return kept | {"WATCHKEEPER_VAR": str(folder / "var")} | settings


def wait_until(holds: Callable[[], bool], *, seconds: float = 60, why: Callable[[], str] = lambda: "") -> None:
    """Return as soon as it holds; fail when it never does."""
    until = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > until:
            pytest.fail(f"waited {seconds} s in vain\n{why()}")
        time.sleep(0.02)


def children_of(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def name_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip()
    except (FileNotFoundError, ProcessLookupError):
        return ""


def is_alive(pid: int) -> bool:
    """Whether it runs; a process that has ended and that nobody has waited for does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in {"Z", "X"}
    except (FileNotFoundError, ProcessLookupError):
        return False
