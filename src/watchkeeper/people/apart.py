"""Work that begins by the clock and not by a person: each piece by itself, so that a fault in one holds up no other."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import ParamSpec

from watchkeeper.people.wall import for_the_desk

log = logging.getLogger(__name__)

Given = ParamSpec("Given")


def apart(to: str, act: Callable[Given, int], *about: Given.args, **also: Given.kwargs) -> int:
    """What ``act`` returns, done in a transaction of its own that stands for the desk.

    Where it fails nothing of it stays, the log says that we could not do what it is ``to`` do, and the answer is 0: it
    is due still, and done the next time somebody looks.
    """
    try:
        with for_the_desk():
            return act(*about, **also)
    except Exception:
        log.exception("could not %s", to)
        return 0
