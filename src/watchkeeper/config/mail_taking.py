"""The process that takes mail that was kept: `taking.take_until` until the process is told to end."""

import gc
import logging
import signal
import sys
import threading
from types import FrameType

log = logging.getLogger(__name__)


def take_until_told() -> int:
    """Take until SIGTERM or SIGINT. What is under way is rolled back: a mail that was kept survives that.

    It ends, with 1, when the database goes away: whoever started it starts it again.
    """
    import psycopg
    from django.db import OperationalError

    from watchkeeper.intake.mail.readers import open_reader
    from watchkeeper.intake.mail.taking import take_until

    gc.freeze()
    stop = threading.Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        stop.set()
        sys.exit(0)

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    try:
        take_until(stop, open_reader)
    except (OperationalError, psycopg.OperationalError) as error:
        log.error("taking mail lost the database: %s", error)
        return 1
    return 0
