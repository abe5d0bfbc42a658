"""The watcher process: `watcher.watch` until the process is told to end."""

import gc
import logging
import signal
import sys
import threading
from types import FrameType

log = logging.getLogger(__name__)


def watch_until_told() -> int:
    """Watch until SIGTERM or SIGINT. What is under way is rolled back: every look at an incident survives that.

    It ends, with 1, when the database goes away: whoever started it starts it again.
    """
    import psycopg
    from django.db import OperationalError

    from .watcher import watch

    gc.freeze()  # what is imported stays: looking through it again and again would be a tenth of the work
    stop = threading.Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        stop.set()
        sys.exit(0)  # it may be asleep for seconds yet, and nobody waits that long

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    try:
        watch(stop)
    except (OperationalError, psycopg.OperationalError) as error:
        log.error("the watcher lost the database: %s", error)
        return 1
    return 0
