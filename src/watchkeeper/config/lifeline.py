"""A child that cannot outlive its parent, however the parent ends (Linux: `man 2 PR_SET_PDEATHSIG`)."""

import ctypes
import os
import signal
from collections.abc import Callable

PR_SET_PDEATHSIG = 1
PR_SET_NAME = 15

# Loaded before any fork: a forked child should call, not load.
_libc = ctypes.CDLL(None, use_errno=True)


def tied_to(parent: int, last_signal: signal.Signals) -> Callable[[], None]:
    """What a child of process `parent` runs first: from then on the kernel sends it `last_signal` when the parent dies.

    The kernel forgets this at a change of user, so it runs after that. The signal is sent when the *thread* that
    started the child ends: start children from the main thread.
    """

    def tie() -> None:
        signal.pthread_sigmask(signal.SIG_SETMASK, ())
        if _libc.prctl(PR_SET_PDEATHSIG, int(last_signal), 0, 0, 0) != 0:
            raise OSError(ctypes.get_errno(), "the kernel refused a parent-death signal")
        if os.getppid() != parent:  # it died before the line above
            os.kill(os.getpid(), last_signal)

    return tie


def named(name: str) -> None:
    """Give this process the name, of at most 15 bytes, that `ps` and /proc show for it."""
    _libc.prctl(PR_SET_NAME, name.encode()[:15], 0, 0, 0)
