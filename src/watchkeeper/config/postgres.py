"""The embedded PostgreSQL: a real server as our own child, its data below `var/`, reached by a socket only.

What holds it together:

- One lock file. We hold it, and the server inherits it, so the lock is free exactly when no process of ours, and no
  process of a server of ours, still touches the data. Under it a `postmaster.pid` left behind is known to be stale.
- One lifeline. The kernel tells the server to stop at once when we die (`lifeline.py`); nothing is orphaned, and what
  was committed is recovered from the log at the next start.
- One door. No TCP: a socket in a folder of mode 0700. Whoever may enter that folder may be any role of the server,
  which is why there are two roles to be, and none of them is used by accident.

As root the server runs as another user (it refuses to be root) that may be unable to walk down to `var/`. It never
has to: it starts inside its folder and knows it as `/proc/self/cwd`.
"""

import contextlib
import fcntl
import hashlib
import os
import pwd
import shutil
import signal
import stat
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from .cannot_run import CannotRun
from .lifeline import tied_to
from .places import made
from .postgres_binaries import binaries

PORT = 5432  # no TCP port: part of the socket's name
SUPERUSER = "postgres"
LONGEST_SOCKET_PATH = 107  # bytes: sizeof(sockaddr_un.sun_path) - 1
LONGEST_LOG = 10_000_000  # bytes, before a start sets it aside

SETTINGS = {
    "listen_addresses": "",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    "max_connections": "100",
}


class PostgresRefused(CannotRun):
    """The embedded PostgreSQL cannot run here; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Folders:
    """Where the embedded PostgreSQL of one `var` folder lives."""

    var: Path

    @property
    def data(self) -> Path:
        return self.var / "postgres"

    @property
    def lock(self) -> Path:
        return self.var / "postgres.lock"

    @property
    def log(self) -> Path:
        return self.var / "postgres.log"

    @property
    def socket(self) -> Path:
        """The folder of the socket: below `var` where that is reachable and short enough, else one named after it."""
        below = self.var / "run"
        if os.geteuid() != 0 and len(os.fsencode(below / f".s.PGSQL.{PORT}")) <= LONGEST_SOCKET_PATH:
            return below
        base = Path("/run") if os.access("/run", os.W_OK) else Path("/tmp")
        return base / f"watchkeeper-{os.geteuid()}-{hashlib.sha256(os.fsencode(self.var)).hexdigest()[:16]}"


class EmbeddedPostgres:
    """One server over `var/postgres`, started, watched and stopped by the process that holds this object.

    `settings` are PostgreSQL's own, laid over ours. To be used from the main thread (see `lifeline.py`).
    """

    def __init__(self, var: Path, settings: Mapping[str, str] | None = None) -> None:
        self.folders = Folders(var)
        self._settings = SETTINGS | {"unix_socket_directories": str(self.folders.socket)} | dict(settings or {})
        self._lock: int | None = None
        self._server: subprocess.Popen[bytes] | None = None

    def start(self, pause: Callable[[float], None] = time.sleep) -> None:
        """Answers when the server accepts connections. `pause` is called while waiting; what it raises ends the wait.

        Raises `PostgresRefused`, with the end of the server's log, when it does not come up.
        """
        made(self.folders.var)
        self._take_lock(pause)
        self._user = _server_user(self.folders.data)
        self._binaries = binaries(self._user)
        if not self.folders.data.exists():
            self._create_data()
        self._check_version()
        self._clear_pid_file()
        self.spawn()
        while not self.is_ready():
            if not self.is_alive():
                raise PostgresRefused(f"PostgreSQL did not start; its last words:\n{self._last_words()}")
            pause(0.01)

    def spawn(self) -> None:
        """Starts the server, first or again, and does not wait until it is ready."""
        self._open_socket_folder()
        if self.folders.log.exists() and self.folders.log.stat().st_size > LONGEST_LOG:
            self.folders.log.replace(self.folders.log.with_suffix(".log.1"))
        settings = [word for name, value in self._settings.items() for word in ("-c", f"{name}={value}")]
        with self.folders.log.open("ab") as log:
            self._server = self._child(["postgres", "-D", self._data_argument(), *settings], log=log.fileno())

    def is_ready(self) -> bool:
        """Whether `postmaster.pid` says ready, and says it about our own child."""
        lines = self._pid_file()
        return self._server is not None and len(lines) > 7 and lines[0] == str(self._server.pid) and lines[7] == "ready"

    def is_alive(self) -> bool:
        return self._server is not None and self._server.poll() is None

    @property
    def pid(self) -> int | None:
        return self._server.pid if self._server is not None else None

    def forget(self) -> None:
        """Let go of a server that is dead, and so of its process id."""
        self._server = None

    def stop(self, seconds: float = 10) -> None:
        """Ends the server: open transactions are rolled back; after `seconds` it is ended without a farewell."""
        if self._server is not None:
            for last_signal in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):  # fast, immediate, by force
                if self._server.poll() is None:
                    self._server.send_signal(last_signal)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    self._server.wait(seconds)
                    break
            self._server = None
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def conninfo(self, *, user: str, dbname: str) -> str:
        return f"host={self.folders.socket} port={PORT} user={user} dbname={dbname}"

    def _take_lock(self, pause: Callable[[float], None]) -> None:
        lock = os.open(self.folders.lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        for _ in range(800):  # eight seconds: a server that was just orphaned may take five to end
            with contextlib.suppress(BlockingIOError):
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self._lock = lock
                return
            pause(0.01)
        os.close(lock)
        raise PostgresRefused(f"{self.folders.data} is in use: another Watchkeeper runs on it")

    def _create_data(self) -> None:
        unfinished = self.folders.var / "postgres.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700)
        if self._user is not None:
            os.chown(unfinished, self._user.pw_uid, self._user.pw_gid)
        words = ["initdb", "-D", self._data_argument(unfinished), "--username", SUPERUSER, "--auth=trust"]
        words += ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        words += ["--no-instructions"] + (["--no-sync"] if self._settings.get("fsync") == "off" else [])
        with self.folders.log.open("ab") as log:
            status = self._child(words, log=log.fileno(), folder=unfinished).wait()
        if status != 0:
            raise PostgresRefused(f"initdb could not create {self.folders.data}:\n{self._last_words()}")
        unfinished.rename(self.folders.data)

    def _check_version(self) -> None:
        made_by = (self.folders.data / "PG_VERSION").read_text().strip()
        said = subprocess.run([self._binaries / "bin" / "postgres", "--version"], capture_output=True, text=True)
        ours = said.stdout.split()[-1].split(".")[0]
        if made_by != ours:
            raise PostgresRefused(f"{self.folders.data} was made by PostgreSQL {made_by}, and this is {ours}")

    def _clear_pid_file(self) -> None:
        """We have just got the lock, so no server of ours lives: the file is stale, unless a stranger runs here.

        It must go: in a container the next server may well get the number of the last one. (When a server dies under
        our lock it stays, since its children may live a moment longer; PostgreSQL looks after that itself.)
        """
        lines = self._pid_file()
        if lines and _works_in(lines[0], self.folders.data):
            raise PostgresRefused(
                f"a PostgreSQL server that is not ours (process {lines[0]}) runs on {self.folders.data}: stop it"
            )
        (self.folders.data / "postmaster.pid").unlink(missing_ok=True)

    def _open_socket_folder(self) -> None:
        folder, owner = self.folders.socket, self._user.pw_uid if self._user is not None else os.geteuid()
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {owner, os.geteuid()}:
            raise PostgresRefused(f"{folder} belongs to somebody else: remove it")
        if self._user is not None:
            os.chown(folder, self._user.pw_uid, self._user.pw_gid)
        folder.chmod(0o700)

    def _child(self, words: list[str], *, log: int, folder: Path | None = None) -> subprocess.Popen[bytes]:
        assert self._lock is not None, "a server is started under the lock only"
        return subprocess.Popen(
            [self._binaries / "bin" / words[0], *words[1:]],
            cwd=folder or self.folders.data,
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"},  # not ours: it may hold PGDATA, PGPORT and more
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            pass_fds=(self._lock,),
            start_new_session=True,  # Ctrl-C is ours to pass on, when nobody needs the database any more
            preexec_fn=tied_to(os.getpid(), signal.SIGQUIT),
            **({"user": self._user.pw_uid, "group": self._user.pw_gid, "extra_groups": []} if self._user else {}),
        )

    def _data_argument(self, folder: Path | None = None) -> str:
        return str(folder or self.folders.data) if self._user is None else "/proc/self/cwd"

    def _pid_file(self) -> list[str]:
        try:
            return [line.strip() for line in (self.folders.data / "postmaster.pid").read_text().splitlines()]
        except FileNotFoundError:
            return []

    def _last_words(self) -> str:
        return "\n".join(self.folders.log.read_text(errors="replace").splitlines()[-12:])


def is_running(var: Path) -> bool:
    """Whether a process holds the embedded PostgreSQL of `var`; it may still be starting, or stopping."""
    try:
        lock = os.open(Folders(var).lock, os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(lock)
    return False


def _works_in(pid: str, folder: Path) -> bool:
    try:
        return Path("/proc", pid, "cwd").samefile(folder)
    except (FileNotFoundError, PermissionError):  # it is gone, or of a user who has no business in our folder
        return False


def _server_user(data: Path) -> pwd.struct_passwd | None:
    """None when we are not root; else who owns the data, or may come to own it."""
    if os.geteuid() != 0:
        return None
    if data.exists():
        return pwd.getpwuid(data.stat().st_uid)
    for name in ("watchkeeper", "postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise PostgresRefused("PostgreSQL refuses to run as root: create a user named watchkeeper")
