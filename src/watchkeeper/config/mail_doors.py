"""The doors for mail: which of them the settings open, and the process that stands at them."""

import gc
import signal
import sys
import threading
from collections.abc import Mapping
from types import FrameType

from watchkeeper.intake.mail.doors.configured import Doors, UnusableDoor

from .cannot_run import CannotRun


class UnusableMailDoor(CannotRun):
    """A setting of a door for mail cannot be used; the text repeats no secret."""


def mail_doors(environment: Mapping[str, str]) -> Doors:
    """What the settings open. Raises `UnusableMailDoor`."""
    try:
        return Doors.read(environment)
    except UnusableDoor as error:
        raise UnusableMailDoor(str(error)) from None


def serve_until_told() -> int:
    """Stand at the doors until SIGTERM or SIGINT. A mail under way stays with whoever brings it, who comes again."""
    from watchkeeper.intake.mail.doors.serving import serve_doors

    gc.freeze()
    stop = threading.Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    try:
        serve_doors(stop)
    except OSError as error:
        print(f"a door for mail cannot be opened: {error}", file=sys.stderr)
        return 1
    return 0
