"""SIGKILL by plan: how long each process may live is drawn from one seed, so that a plan can be run again."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from tests.harness.desk_process import Desk, children_of, is_alive, name_of, wait_until

PROCESSES = ("web", "worker", "watcher")

SHORT, LONG = (0.0, 0.3), (1.0, 1.2)
"""Seconds, from when a process is seen to live. What has lived for a second is started again at once, and what keeps
dying young waits for up to five: one in five dies young here, or the test would be mostly waiting."""


def kill(
    desk: Desk, seed: int, *, times: int, before_each: Callable[[], None], processes: Sequence[str] = PROCESSES
) -> dict[str, int]:
    """Kill so many processes of the desk, of each kind as many, at moments of their own; how often which."""
    share = times // len(processes)

    def kill_one_kind(name: str) -> int:
        dice = random.Random(f"{seed} {name}")
        for _ in range(share):
            before_each()
            _kill_once(desk, name, after=dice.uniform(*dice.choice((SHORT, LONG, LONG, LONG, LONG))))
        return share

    with ThreadPoolExecutor(len(processes)) as killers:
        return dict(zip(processes, killers.map(kill_one_kind, processes), strict=True))


def _kill_once(desk: Desk, name: str, *, after: float) -> None:
    wait_until(lambda: _living(desk, name) != [], why=lambda: desk.log)
    time.sleep(after)  # the plan itself: nothing waits for what happens meanwhile
    wait_until(lambda: any(_was_killed(pid) for pid in _living(desk, name)), why=lambda: desk.log)


def _was_killed(pid: int) -> bool:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:  # it had just ended by itself
        return False
    wait_until(lambda: not is_alive(pid))
    return True


def _living(desk: Desk, name: str) -> list[int]:
    """The process that does the work of ``name`` now; none while it waits to be started again."""
    return [pid for pid in children_of(desk.process.pid) if name_of(pid) == f"wk-{name}" and is_alive(pid)]
