"""How long the pure commands take from a cold start: ``python -m bench.startup``.

Each is a new process, started again and again; wall time and processor time of the best and the median run are
printed, beside an interpreter that does nothing. The aim is 200 ms of wall time.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

RUNS = 25
AIM = 0.2
ROOT = Path(__file__).resolve().parents[1]
WATCHKEEPER = str(Path(sys.executable).with_name("watchkeeper"))
INSTANT = "2026-03-06T16:30-06:00"
COMMANDS = {
    "an interpreter that does nothing": (sys.executable, "-c", "pass"),
    "deadline": (WATCHKEEPER, "deadline", "--level", "premium", "--severity", "3", "--at", INSTANT),
    "deadline --json": (WATCHKEEPER, "deadline", "--level", "premium", "--severity", "3", "--at", INSTANT, "--json"),
    "policy check": (WATCHKEEPER, "policy", "check", str(ROOT / "policies" / "production-support.yaml")),
    "policy show": (WATCHKEEPER, "policy", "show"),
    "policy schema": (WATCHKEEPER, "policy", "schema"),
    "policy rehearse": (WATCHKEEPER, "policy", "rehearse", "--year", "2026"),
    "a mistake": (WATCHKEEPER, "deadline", "--level", "gold"),
}


class Run(NamedTuple):
    """One process: seconds on the wall, and of the processor."""

    wall: float
    processor: float


def run(command: tuple[str, ...]) -> Run:
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    wall, after = perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    return Run(wall, after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)


def main() -> None:
    print(f"{'milliseconds, best / median of ' + str(RUNS):34}  wall         processor")
    for name, command in COMMANDS.items():
        runs = [run(command) for _ in range(RUNS)]
        walls, processors = [one.wall for one in runs], [one.processor for one in runs]
        verdict = "" if min(walls) <= AIM else f"   over the aim of {AIM * 1e3:.0f}"
        print(
            f"{name:34}  {min(walls) * 1e3:4.0f} / {statistics.median(walls) * 1e3:4.0f}"
            f"  {min(processors) * 1e3:4.0f} / {statistics.median(processors) * 1e3:4.0f}{verdict}"
        )


if __name__ == "__main__":
    main()
