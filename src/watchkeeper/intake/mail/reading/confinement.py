"""What the kernel lets the child do: think for a while within some memory, and nothing else (`man 2 setrlimit`)."""

from __future__ import annotations

import resource
import signal
import time
from math import ceil

from watchkeeper.intake.mail.reading import limits

_HANDLES = 16

OVERTIME = {signal.SIGPROF, signal.SIGXCPU}
"""What a child dies of that took too long."""


def confine(memory_bytes: int = limits.MEMORY_BYTES) -> None:
    """From now on: no memory beyond, no new process, no file that grows, few handles, no picture of its memory."""
    for what, most in (
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, _HANDLES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def allow_another_mail(cpu_seconds: float = limits.CPU_SECONDS) -> None:
    """The time of the processor for the next mail, whatever those before it took.

    The timer ends the process to the hundredth of a second. The limit, which counts whole seconds, would do so if the
    timer were switched off.
    """
    signal.setitimer(signal.ITIMER_PROF, cpu_seconds)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (ceil(time.process_time() + cpu_seconds), hard))
