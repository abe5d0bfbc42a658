"""What an import of a log says: a line while it runs, and what came of it or would."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING

from watchkeeper.config.replay_output import as_table
from watchkeeper.core.scorecard import BREACHED, EXCLUDED, MET, OPEN, OUTSIDE_LEVEL

if TYPE_CHECKING:
    from watchkeeper.people.models import Account
    from watchkeeper.reports.importing import Brought, Progress, Promised

_OUTCOMES = {MET: "in time", BREACHED: "late", OPEN: "open", OUTSIDE_LEVEL: "outside", EXCLUDED: "not told"}


@contextmanager
def progress_line(done: str) -> Iterator[Progress]:
    """A line on stderr that counts, where that is a terminal; else nothing."""
    started = monotonic()

    def show(incidents: int) -> None:
        if sys.stderr.isatty():
            rate = incidents / max(monotonic() - started, 0.001)
            print(f"\r{incidents:,} incidents {done}, {rate:,.0f} a second ", end="", file=sys.stderr, flush=True)

    yield show
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def said(
    brought: Brought, arguments: Namespace, account: Account, left_behind: list[str], took: float
) -> Iterator[str]:
    """What came of it, line by line."""
    is_dry = arguments.dry_run
    yield f"{arguments.file}: {brought.rows:,} rows, {brought.incidents:,} incidents, {brought.unreadable:,} left out"
    yield (
        f"{brought.made:,} {'would be' if is_dry else 'are'} new incidents of {account.name}, "
        f"{brought.went_on:,} {'would go' if is_dry else 'went'} on, {brought.unchanged:,} as they were, "
        f"{brought.differs:,} say something else than what is here"
    )
    if brought.promised:
        yield ""
        yield from as_table(list(_promised(brought)))
        yield ""
        yield from _beside(brought, is_dry)
    if left_behind:
        yield f"columns that nothing is read from: {', '.join(left_behind)}"
    rate = brought.incidents / max(took, 0.001)
    ended = "a dry run: nothing is written" if is_dry else "nobody was notified"
    yield f"{ended}; {took:.1f} s, {rate:,.0f} incidents a second"


def _promised(brought: Brought) -> Iterator[tuple[str, ...]]:
    yield ("promised when it was received", "incidents", *_OUTCOMES.values())
    for promised, counts in sorted(brought.promised.items()):
        yield (_called(promised), f"{counts.total():,}", *(f"{counts[outcome]:,}" for outcome in _OUTCOMES))


def _called(promised: Promised) -> str:
    if not promised.level:
        return "nothing: no entitlement on record"
    assumed = ", assumed: none on record" if promised.is_assumed else ""
    return f"{promised.level}, policy version {promised.version}{assumed}"


def _beside(brought: Brought, is_dry: bool) -> Iterator[str]:
    if any(not promised.level for promised in brought.promised):
        yield "where nothing is on record nothing is promised; --assume-level LEVEL counts them by a level instead"
    if brought.open:
        verb = "would stand" if is_dry else "stand"
        yield f"{brought.open:,} {verb} open in the queue, as the log does not say that they were resolved"
