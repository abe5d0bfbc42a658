"""How long a replay of 100,000 generated incidents takes, and how much memory: ``python -m bench.replay``.

Two exports of the same incidents, one row an incident and three rows an event log, are replayed by the shipped policy
in processes of their own. The aims are 10 s and 300 MB for the first.
"""

from __future__ import annotations

import csv
import os
import random
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter

INCIDENTS = 100_000
WATCHKEEPER = str(Path(sys.executable).with_name("watchkeeper"))
ROWS = ("--opened", "opened", "--acknowledged", "acknowledged", "--severity", "priority")
EVENTS = (
    *("--case", "id", "--activity", "activity", "--at", "at", "--opened-by", "reported"),
    *("--acknowledged-by", "taken", "--severity", "priority"),
)


def incidents() -> Iterator[tuple[int, datetime, datetime, int]]:
    """Reports of two years, acknowledged after five and a half hours on average."""
    rng = random.Random(20260306)
    at = datetime(2024, 1, 1, tzinfo=UTC)
    for number in range(INCIDENTS):
        at += timedelta(seconds=rng.randint(1, 1_260))
        yield number, at, at + timedelta(seconds=int(rng.expovariate(1 / 20_000))), rng.randint(1, 5)


def write(rows: Path, events: Path) -> None:
    with rows.open("w", newline="") as row_file, events.open("w", newline="") as event_file:
        row_writer, event_writer = csv.writer(row_file), csv.writer(event_file)
        row_writer.writerow(("id", "opened", "acknowledged", "priority", "title"))
        event_writer.writerow(("id", "activity", "at", "priority"))
        for number, opened, acknowledged, priority in incidents():
            row_writer.writerow((number, opened, acknowledged, priority, f"Service {number} does not answer"))
            for activity, at in (("reported", opened), ("taken", acknowledged), ("resolved", acknowledged)):
                event_writer.writerow((number, activity, at, priority))


def replay(name: str, path: Path, *columns: str) -> None:
    arguments = (WATCHKEEPER, "replay", str(path), "--level", "premium", *columns, "--out", f"{path}.out")
    started = perf_counter()
    process = os.posix_spawn(
        WATCHKEEPER, arguments, os.environ, file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    )
    _, status, usage = os.wait4(process, 0)
    took = perf_counter() - started
    processor = usage.ru_utime + usage.ru_stime
    print(f"{name:28}{took:6.1f} s ({processor:.1f} s of processor){usage.ru_maxrss / 1024:8.0f} MB   exit {status}")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        rows, events = Path(folder, "rows.csv"), Path(folder, "events.csv")
        write(rows, events)
        replay(f"{INCIDENTS:,} rows", rows, *ROWS)
        replay(f"{3 * INCIDENTS:,} events", events, *EVENTS)


if __name__ == "__main__":
    main()
