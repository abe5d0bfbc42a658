"""Bringing another help desk's log in as incidents of an account: read once, written so many in one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from watchkeeper.core.policy import ACKNOWLEDGEMENT
from watchkeeper.core.scorecard import outcome_at
from watchkeeper.incidents.imported_before import against, known_before
from watchkeeper.incidents.importing import Log, Logged, NotBroughtIn, Prepared, prepared
from watchkeeper.incidents.verbs import importing
from watchkeeper.people import clock
from watchkeeper.people.models import Account
from watchkeeper.people.wall import for_the_desk
from watchkeeper.policies.past import Past
from watchkeeper.policies.versions import policy_of
from watchkeeper.reports.replay import EventReader, Incident, Record, RowReader, Table, Unusable

AT_A_TIME = 200
_LONGEST_NAME = 200
_LONGEST_BODY = 20_000

Progress = Callable[[int], None]
"""Is told how many incidents are done."""


class Texts(NamedTuple):
    """In which columns stands what an incident is about; ``None``: in none."""

    title: int | None = None
    body: int | None = None
    product: int | None = None
    component: int | None = None
    environment: int | None = None


class Promised(NamedTuple):
    """What some of the incidents were promised: the level's name and the version, empty and 0 for nothing."""

    level: str
    version: int
    is_assumed: bool


class Brought:
    """What came of it, or would: counts, and a line for everything that was left out."""

    def __init__(self) -> None:
        self.rows = 0
        self.made = self.went_on = self.unchanged = self.differs = self.unreadable = 0
        self.open = 0
        self._left_out: list[tuple[int, str]] = []
        self.promised: dict[Promised, Counter[str]] = {}

    @property
    def incidents(self) -> int:
        """How many incidents the log was found to hold."""
        return self.made + self.went_on + self.unchanged + self.differs

    @property
    def left_out(self) -> list[str]:
        """Everything that was left out and why, by the lines of the file."""
        return [f"line {line}: {why}" for line, why in sorted(self._left_out)]

    def leave_out(self, line: int, why: str) -> None:
        self.unreadable += 1
        self._left_out.append((line, why))

    def differ(self, line: int, why: str) -> None:
        self.differs += 1
        self._left_out.append((line, why))

    def add(self, each: Prepared, outcome: str) -> None:
        self.made += 1
        self.open += each.standing.facts.resolved_at is None
        version, given, is_assumed = each.terms
        name = "" if given is None else policy_of(version).level(given.level).name
        promised = Promised(name, given.version.number if given is not None else 0, is_assumed)
        self.promised.setdefault(promised, Counter()).update([outcome])


class Import:
    """One import: the same incidents whether they are written or only counted."""

    def __init__(
        self,
        *,
        table: Table,
        reader: RowReader | EventReader,
        texts: Texts,
        log: Log,
        account: Account,
        assumed_level: str,
    ) -> None:
        self._table, self._reader, self._texts, self._log = table, reader, texts, log
        self._account = account
        self._assumed_level = assumed_level
        self._lines: dict[str, int] = {}
        self._brought = Brought()

    def dry_run(self, progress: Progress) -> Brought:
        """What would be made. Raises ``NoPolicy`` and ``OSError``."""
        return self._each_batch(progress, writes=False)

    def carry_out(self, progress: Progress) -> Brought:
        """Make the incidents, a transaction for each batch: what is written stays, and begun anew it goes on there."""
        return self._each_batch(progress, writes=True)

    def _each_batch(self, progress: Progress, *, writes: bool) -> Brought:
        with for_the_desk():
            past = Past(self._account, assumed_level=self._assumed_level)
        done, logged = 0, self._logged()
        while batch := list(islice(logged, AT_A_TIME)):
            with for_the_desk():
                self._bring_in(batch, past, writes=writes)
            done += len(batch)
            progress(done)
        return self._brought

    def _bring_in(self, batch: Iterable[Logged], past: Past, *, writes: bool) -> None:
        logged = {each.key: each for each in batch}
        known = known_before(self._account, self._log.source, logged)
        now = clock.now()
        new: list[Prepared] = []
        more: list[tuple[int, Logged]] = []
        for key, each in logged.items():
            if key in known:
                found = against(each, known[key])
                if found.differs:
                    self._brought.differ(each.line, f"{key}: {found.differs}")
                elif found.is_more:
                    more.append((known[key].incident, each))
                else:
                    self._brought.unchanged += 1
                continue
            try:
                ready = prepared(each, self._log, past, now=now)
            except NotBroughtIn as reason:
                self._brought.leave_out(each.line, f"{key}: {reason}")
                continue
            new.append(ready)
            first = next((c for c in ready.standing.commitments if c.metric == ACKNOWLEDGEMENT), None)
            self._brought.add(ready, outcome_at(first, now))
        self._brought.went_on += len(more)
        if writes and new:
            importing.bring_in(new, account=self._account, log=self._log)
        if writes and more:
            importing.carry_on(more, account=self._account)

    def _logged(self) -> Iterator[Logged]:
        for found in self._reader.incidents(self._counted(self._table.records())):
            if isinstance(found, Unusable):
                self._brought.leave_out(found.line, found.reason)
                continue
            try:
                yield self._read(found)
            except NotBroughtIn as reason:
                self._brought.leave_out(found.line, str(reason))

    def _counted(self, records: Iterable[Record]) -> Iterator[Record]:
        for record in records:
            self._brought.rows += 1
            yield record

    def _read(self, found: Incident) -> Logged:
        self._require_a_name(found)
        said = {name: _cell(found, at) for name, at in self._texts._asdict().items()}
        for name in ("product", "component", "environment"):
            if len(said[name]) > _LONGEST_NAME:
                raise NotBroughtIn(
                    f"{found.key}: its {name} has {len(said[name])} characters, of at most {_LONGEST_NAME}"
                )
        title = " ".join(said["title"].split()) or found.key
        if len(title) > _LONGEST_NAME:
            said["body"] = said["body"] or said["title"]
            title = title[: _LONGEST_NAME - 1] + "…"
        if len(said["body"]) > _LONGEST_BODY:
            raise NotBroughtIn(f"{found.key}: its body has {len(said['body'])} characters, of at most {_LONGEST_BODY}")
        times = (found.opened_at, found.acknowledged_at, found.resolved_at)
        about = (said["product"], said["component"], said["environment"])
        return Logged(found.key, found.line, title, said["body"], found.severity, *times, *about)

    def _require_a_name(self, found: Incident) -> None:
        if not found.key:
            raise NotBroughtIn("has no id")
        if len(found.key) > _LONGEST_NAME:
            raise NotBroughtIn(f"its id has {len(found.key)} characters, of at most {_LONGEST_NAME}")
        if "\x00" in found.key:
            raise NotBroughtIn("its id holds a NUL character")
        before = self._lines.setdefault(found.key, found.line)
        if before != found.line:
            raise NotBroughtIn(f"names {found.key} again, which stands on line {before}")


def _cell(found: Incident, at: int | None) -> str:
    return "" if at is None else found.cells[at].replace("\x00", "").strip()
