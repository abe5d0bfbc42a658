"""What the kernel lets the child do."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

from watchkeeper.intake.mail.reading import confinement

BURN = "start = time.process_time()\nwhile time.process_time() < start + {}: pass\n"


def ran(code: str) -> subprocess.CompletedProcess[str]:
    head = "import os, signal, sys, tempfile, time\nfrom watchkeeper.intake.mail.reading.confinement import *\n"
    return subprocess.run(
        [sys.executable, "-I", "-c", head + code], capture_output=True, text=True, timeout=60, check=False
    )


def test_a_mail_that_thinks_for_too_long_ends_the_child() -> None:
    assert -ran("allow_another_mail(0.05)\n" + BURN.format(60)).returncode == signal.SIGPROF


def test_so_it_does_where_the_timer_was_switched_off() -> None:
    ended = ran("allow_another_mail(0.05)\nsignal.setitimer(signal.ITIMER_PROF, 0)\n" + BURN.format(60))

    assert -ended.returncode == signal.SIGXCPU
    assert {signal.SIGPROF, signal.SIGXCPU} == confinement.OVERTIME


def test_each_mail_has_its_own_time() -> None:
    ended = ran(
        "for _ in range(6):\n    allow_another_mail(0.4)\n"
        + "".join(f"    {line}\n" for line in BURN.format(0.2).splitlines())
    )

    assert ended.returncode == 0, ended.stderr


@pytest.mark.parametrize(
    ("attempt", "error"),
    [
        ("bytearray(300 * 1024 * 1024)", "MemoryError"),
        ("tempfile.TemporaryFile().write(b'x' * 100_000)", "No usable temporary directory"),
        ("[open('/dev/null') for _ in range(20)]", "Too many open files"),
    ],
)
def test_what_it_may_not_do(attempt: str, error: str) -> None:
    allowed, refused = (
        ran(f"signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n{attempt}"),
        ran(f"signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\nconfine()\n{attempt}"),
    )
    assert allowed.returncode == 0, allowed.stderr
    assert error in refused.stderr


def test_it_starts_no_process_and_leaves_no_picture_of_its_memory() -> None:
    ended = ran("confine()\nprint(resource.getrlimit(resource.RLIMIT_NPROC), resource.getrlimit(resource.RLIMIT_CORE))")

    assert ended.stdout.split() == ["(0,", "0)", "(0,", "0)"]
