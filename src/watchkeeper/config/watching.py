"""The watcher process: `watcher.watch` until the process is told to end."""

import signal
import sys
import threading
from types import FrameType


def watch_until_told() -> int:
    """Watch until SIGTERM or SIGINT. What is under way is rolled back: every look at an incident survives that."""
    from .watcher import watch

    stop = threading.Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        stop.set()
        sys.exit(0)  # it may be asleep for seconds yet, and nobody waits that long

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    watch(stop)
    return 0
