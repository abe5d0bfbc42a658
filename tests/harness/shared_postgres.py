"""One PostgreSQL for a whole test session, shared by all its pytest workers.

The first worker that needs it starts a keeper (`keeper.py`); every worker holds a shared lock for as long as it
lives; when the keeper gets that lock for itself, nobody is left, and it takes the server and its folder away. A
worker that is killed lets go of its lock as any other.
"""

import fcntl
import os
import subprocess
import sys
import tempfile
import time
import uuid
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Self

from psycopg import Connection, connect, sql

from watchkeeper.config.guarantees import ALLOW_UNSAFE
from watchkeeper.config.postgres import PORT, SUPERUSER, Folders
from watchkeeper.config.roles import APPLICATION_ROLE, DATABASE, OWNER_ROLE

CHECKOUT = Path(__file__).parents[2]


@dataclass(frozen=True)
class SharedPostgres:
    """A running server that holds one migrated database, the template of every other."""

    folder: Path
    lock: IO[bytes]

    @classmethod
    def of_this_session(cls) -> Self:
        session = os.environ.get("PYTEST_XDIST_TESTRUNUID") or uuid.uuid4().hex
        folder = Path(tempfile.gettempdir()) / f"watchkeeper-tests-{session[:16]}"
        lock = _live_lock(folder)
        with _locked(folder / "start.lock"):
            if not (folder / "ready").exists():
                _start_keeper(folder)
        return cls(folder, lock)

    @property
    def socket(self) -> Path:
        return Folders(self.folder / "var").socket

    def conninfo(self, database: str, *, role: str = APPLICATION_ROLE) -> str:
        return f"host={self.socket} port={PORT} user={role} dbname={database}"

    def superuser(self, database: str = "postgres") -> "Connection[Any]":
        """For what a test's surroundings need and neither of the desk's roles may."""
        return connect(self.conninfo(database, role=SUPERUSER), autocommit=True)

    def clone(self, name: str) -> None:
        """Make `name` a fresh copy of the migrated database; whoever was connected to it is cut off."""
        database, template, owner = map(sql.Identifier, (name, DATABASE, OWNER_ROLE))
        with self.superuser() as superuser:
            superuser.execute(sql.SQL("drop database if exists {} with (force)").format(database))
            superuser.execute(sql.SQL("create database {} template {} owner {}").format(database, template, owner))


def _live_lock(folder: Path) -> IO[bytes]:
    while True:
        folder.mkdir(mode=0o700, exist_ok=True)
        lock = (folder / "users.lock").open("ab")
        fcntl.flock(lock, fcntl.LOCK_SH)
        if _is_still(folder / "users.lock", lock):
            return lock
        lock.close()  # a keeper took it away while we waited


def _is_still(path: Path, file: IO[bytes]) -> bool:
    try:
        return path.stat().st_ino == os.fstat(file.fileno()).st_ino
    except FileNotFoundError:
        return False


@contextmanager
def _locked(path: Path):
    with path.open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _start_keeper(folder: Path) -> None:
    with (folder / "keeper.log").open("ab") as log:
        keeper = subprocess.Popen(
            [sys.executable, "-m", "tests.harness.keeper", folder],
            cwd=CHECKOUT,
            env=os.environ | {ALLOW_UNSAFE: "1"},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    while not (folder / "ready").exists():
        if keeper.poll() is not None:
            raise RuntimeError(f"the tests' PostgreSQL did not start:\n{(folder / 'keeper.log').read_text()}")
        time.sleep(0.01)
    keeper.returncode = 0  # it outlives us on purpose: no warning about a child not waited for
