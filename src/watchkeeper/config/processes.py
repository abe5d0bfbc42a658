"""A tree of processes: forked children that are started again when they die, and never outlive this one.

The parent does nothing but wait for signals, one at a time and in its own order: it blocks them and asks for the
next. It has no thread and no connection, so a fork is safe and cheap: a child shares all the parent has imported.
"""

import contextlib
import gc
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field

from .lifeline import named, tied_to
from .postgres import EmbeddedPostgres

STOP = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
READY = signal.SIGUSR1
SECONDS_TO_STOP = 3.0
A_GOOD_LIFE = 1.0
FIRST_WAIT = 0.1
LONGEST_WAIT = 5.0

Body = Callable[[], int]


class Stopped(Exception):
    """Somebody asked the whole tree to end."""


@dataclass
class Patience:
    """When something that died starts again: at once after a good life, and ever later while it keeps dying young."""

    started_at: float = 0.0
    wait: float = 0.0
    again_at: float = 0.0

    def after_death(self, now: float) -> None:
        lived_well = now - self.started_at >= A_GOOD_LIFE
        self.wait = 0.0 if lived_well else min(max(FIRST_WAIT, self.wait * 2), LONGEST_WAIT)
        self.again_at = now + self.wait

    def __str__(self) -> str:
        return f"it starts again in {self.wait:g} s" if self.wait else "it starts again at once"


@dataclass
class Child:
    """One kind of process: what it does, answering its exit status, and the process that does it now."""

    name: str
    body: Body
    pid: int | None = None
    patience: Patience = field(default_factory=Patience)


@dataclass
class Tree:
    """The parent's view of its children. `say` takes one line for the person at the terminal."""

    say: Callable[[str], None]
    postgres: EmbeddedPostgres | None = None
    children: list[Child] = field(default_factory=list)
    _patience: Patience = field(default_factory=Patience)

    def __post_init__(self) -> None:
        signal.pthread_sigmask(signal.SIG_BLOCK, STOP | {READY, signal.SIGCHLD})

    def pause(self, seconds: float) -> None:
        """Sleep, and raise `Stopped` when somebody asks for the end meanwhile."""
        if signal.sigtimedwait(STOP, seconds) is not None:
            raise Stopped

    def run_apart(self, name: str, body: Body) -> int:
        """Run `body` in a child of its own and answer its exit status: what it opens stays out of the parent."""
        child = Child(name, body)
        self.children.append(child)
        _start(child)
        assert child.pid is not None
        while (status := _exit_status(child.pid)) is None:
            self.pause(0.01)
        self.children.remove(child)
        return status

    def keep(self, children: list[Child], when_ready: Callable[[], None]) -> None:
        """Start the children and keep them alive until `Stopped`; `when_ready` is called once, at the first sign."""
        gc.freeze()  # what is imported stays as it is, and so in memory that all share
        self.children += children
        was_ready = False
        while True:
            self._revive()
            received = signal.sigtimedwait(STOP | {READY, signal.SIGCHLD}, self._seconds_until_next_start())
            if received is not None and received.si_signo in STOP:
                raise Stopped
            if received is not None and received.si_signo == READY and not was_ready:
                was_ready = True
                when_ready()

    def stop(self) -> None:
        """Ask every child to end, end by force after three seconds, and the database last of all."""
        self._signal(signal.SIGTERM)
        until = time.monotonic() + SECONDS_TO_STOP
        while self._living() and time.monotonic() < until:
            with contextlib.suppress(Stopped):
                self.pause(0.02)
                continue
            break  # asked a second time: somebody is in a hurry
        self._signal(signal.SIGKILL)
        for child in self._living():
            os.waitpid(child.pid or 0, 0)
        if self.postgres is not None:
            self.postgres.stop()

    def _revive(self) -> None:
        now = time.monotonic()
        if self.postgres is not None and not self.postgres.is_alive():
            self._revive_postgres(self.postgres, now)
        for child in self.children:
            if child.pid is not None and (status := _exit_status(child.pid)) is not None:
                child.pid = None
                child.patience.after_death(now)
                self.say(f"{child.name} ended ({_said(status)}); {child.patience}")
            if child.pid is None and child.patience.again_at <= now:
                _start(child)

    def _revive_postgres(self, postgres: EmbeddedPostgres, now: float) -> None:
        if postgres.pid is not None:
            postgres.forget()
            self._patience.after_death(now)
            self.say(f"PostgreSQL ended; {self._patience}")
        if self._patience.again_at <= now:
            postgres.spawn()
            self._patience.started_at = now

    def _seconds_until_next_start(self) -> float:
        waits = [child.patience.again_at - time.monotonic() for child in self.children if child.pid is None]
        return max(0.0, min([1.0, *waits]))

    def _living(self) -> list[Child]:
        for child in self.children:
            if child.pid is not None and _exit_status(child.pid) is not None:
                child.pid = None
        return [child for child in self.children if child.pid is not None]

    def _signal(self, number: signal.Signals) -> None:
        for child in self._living():
            os.kill(child.pid or 0, number)


def tell_the_parent() -> None:
    """A child says that it is ready."""
    os.kill(os.getppid(), READY)


def _start(child: Child) -> None:
    sys.stdout.flush()
    sys.stderr.flush()
    parent = os.getpid()
    pid = os.fork()
    if pid == 0:
        _live(child, parent)
    child.pid, child.patience.started_at = pid, time.monotonic()


def _live(child: Child, parent: int) -> None:
    """Never returns, and unwinds nothing: the stack below is the parent's."""
    status = 1
    try:
        os.setsid()  # Ctrl-C goes to the parent, which passes it on
        named(f"wk-{child.name}")
        tied_to(parent, signal.SIGKILL)()
        status = child.body()
    except SystemExit as ending:
        status = ending.code if isinstance(ending.code, int) else 0 if ending.code is None else 1
    except BaseException:  # noqa: BLE001 - nothing may reach what the parent has on its stack
        traceback.print_exc()
    finally:
        with contextlib.suppress(OSError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(status)


def _exit_status(pid: int) -> int | None:
    """None while it lives; negative: the signal that ended it."""
    found, status = os.waitpid(pid, os.WNOHANG)
    return os.waitstatus_to_exitcode(status) if found else None


def _said(status: int) -> str:
    return signal.Signals(-status).name if status < 0 else f"exit status {status}"
