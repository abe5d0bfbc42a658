"""The process that draws: a child of its own, since Altair and its renderer take seconds to start and much memory.

It is started when a page with charts is opened and ends when nothing was drawn for a while, or with whoever started it.
Until it is ready nobody waits for it: ``is_ready`` says so, and the page asks again.
"""

from __future__ import annotations

import atexit
import json
import queue
import subprocess
import sys
import threading

PATIENCE = 30.0
"""Seconds that one drawing may take. None takes one of them."""


class NotDrawn(RuntimeError):
    """A chart that could not be drawn, and why."""


class Painter:
    """One child that draws one chart after the other, for all threads of this process."""

    def __init__(self) -> None:
        self._one_at_a_time = threading.Lock()
        self._starting = threading.Lock()
        self._child: subprocess.Popen[str] | None = None
        self._answers: queue.Queue[str] = queue.Queue()
        self._ready = threading.Event()

    def begin(self) -> None:
        """Start the child where there is none; it is not waited for."""
        with self._starting:
            if self._child is not None and self._child.poll() is None:
                return
            self._forget()
            self._ready, self._answers = threading.Event(), queue.Queue()
            self._child = subprocess.Popen(
                [sys.executable, "-m", "watchkeeper.reports.charts.drawing"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                encoding="utf-8",
            )
            listens = (self._child, self._ready, self._answers)
            threading.Thread(target=_listen, args=listens, name="painter", daemon=True).start()

    @property
    def is_ready(self) -> bool:
        """Whether a drawing would begin at once; what is not started is begun."""
        self.begin()
        return self._ready.is_set()

    def paint(self, kind: str, says: str) -> str:
        """The SVG of a chart; waits for the child where it is still starting. Raises ``NotDrawn``."""
        with self._one_at_a_time:
            self.begin()
            child, answers = self._child, self._answers
            if child is None or child.stdin is None:
                raise AssertionError("what was begun has a child to write to")
            if not self._ready.wait(PATIENCE):
                raise NotDrawn(f"the process that draws was not ready after {PATIENCE:.0f} s")
            try:
                child.stdin.write(json.dumps({"kind": kind, "says": says}) + "\n")
                child.stdin.flush()
                answer = json.loads(answers.get(timeout=PATIENCE))
            except (OSError, queue.Empty, json.JSONDecodeError) as error:
                self.end()
                raise NotDrawn(f"the process that draws {kind} ended or was silent for {PATIENCE:.0f} s") from error
            if "error" in answer:
                raise NotDrawn(f"{kind}: {answer['error']}")
            return str(answer["svg"])

    def end(self) -> None:
        """End the child, if there is one."""
        with self._starting:
            self._forget()

    def _forget(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        if child.stdin is not None and not child.stdin.closed:
            child.stdin.close()
        child.kill()
        child.wait()


def _listen(child: subprocess.Popen[str], ready: threading.Event, answers: queue.Queue[str]) -> None:
    """Put every line of the child where who asked waits for it; the first says that it is ready."""
    if child.stdout is None:
        raise AssertionError("the child's answers are read from a pipe")
    with child.stdout as lines:
        for line in lines:
            if ready.is_set():
                answers.put(line)
            ready.set()
    answers.put("")  # it has ended: whoever waits is told
    ready.set()


PAINTER = Painter()
atexit.register(PAINTER.end)
