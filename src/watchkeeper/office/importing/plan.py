"""What importing a table would do: decided before anything is written, and shown before it is done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db import models

from watchkeeper.core.said import sentence
from watchkeeper.office.importing.problems import Problem
from watchkeeper.people.models import Person

ADDED = "added"
CHANGED = "changed"
AT_ONCE = 1_000
"""Rows in one statement: none takes long enough to be cut off."""


class Step(NamedTuple):
    """One row that is added or changed: its line, what it is about, and what becomes different."""

    line: int
    act: str
    about: str
    says: tuple[str, ...] = ()


@dataclass
class Plan:
    """The steps of a table in the order of its rows, and how many rows say what is known already.

    ``write`` does all of it for who asked, nobody for a command, inside the caller's transaction; ``beside`` names what
    else comes to be, such as teams.
    """

    steps: list[Step] = field(default_factory=list)
    unchanged: int = 0
    beside: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    write: Callable[[Person | None], None] = lambda _by: None
    to_invite: Callable[[], Iterable[Any]] = tuple

    @property
    def added(self) -> int:
        """How many rows are new."""
        return sum(step.act == ADDED for step in self.steps)

    @property
    def changed(self) -> int:
        """How many rows say something else than is known."""
        return sum(step.act == CHANGED for step in self.steps)

    @property
    def is_sound(self) -> bool:
        """Whether all of it can be done."""
        return not self.problems


def overwrite(rows: Sequence[models.Model], fields: Sequence[str]) -> None:
    """Write these fields of rows that the database has: Django's own way takes minutes for tens of thousands."""
    if rows:
        type(rows[0])._default_manager.bulk_create(
            rows, AT_ONCE, update_conflicts=True, update_fields=fields, unique_fields=["id"]
        )


def difference(what: str, before: object, after: object) -> str:
    """``team: East → West``."""
    return sentence("{what}: {before} → {after}", what=what, before=_written(before), after=_written(after))


def _written(value: object) -> str:
    if value is None or value == "":
        return sentence("none")
    if isinstance(value, bool):
        return sentence("yes") if value else sentence("no")
    return value if isinstance(value, str) else str(value)
