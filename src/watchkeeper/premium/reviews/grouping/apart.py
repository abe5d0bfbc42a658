"""Grouping in a process of its own, which ends with it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence

from watchkeeper.premium.reviews.grouping.alike import Group, Report

CHILD = "watchkeeper.premium.reviews.grouping.child"
LONGEST_SECONDS = 300
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
"""The same sums in the same order each time."""


class GroupingFailed(RuntimeError):
    """The process ended without an answer; the message is the last of what it said."""


def groups_of(reports: Sequence[Report]) -> list[Group]:
    """What ``alike.groups`` finds. Raises ``GroupingFailed``."""
    if len(reports) < 2:
        return []
    given = json.dumps([report._asdict() for report in reports])
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "LANG") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-m", CHILD],
        input=given,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=LONGEST_SECONDS,
        check=False,
        env=kept | ONE_THREAD | {"PYTHONIOENCODING": "utf-8"},
    )
    if done.returncode != 0:
        raise GroupingFailed(f"grouping ended with {done.returncode}: {done.stderr.strip()[-500:]}")
    return [Group(one["component"], tuple(one["keys"]), tuple(one["words"])) for one in json.loads(done.stdout)]
