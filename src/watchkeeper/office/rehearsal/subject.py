"""What is rehearsed: a version of the policy, or a draft of one."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import NamedTuple

from django.utils.translation import gettext as _

from watchkeeper.core.policy_file import open_policy
from watchkeeper.core.rehearsal import Rehearsal, months_from, names_written, rehearse
from watchkeeper.office.publishing.models import PolicyDraft
from watchkeeper.policies.models import PolicyVersion

_Stored = tuple[tuple[str, tuple[str, ...]], ...]


class Subject(NamedTuple):
    """What a rehearsal is of, in words, its text, and its holidays where they are stored."""

    title: str
    text: str
    holidays: _Stored | None = None

    def year_from(self, first: date) -> Rehearsal:
        """Its twelve months from a date on. Raises ``PolicyFileErrors`` for a draft that is unsound."""
        return _year(self.text, self.holidays, first)


def of_version(version: PolicyVersion) -> Subject:
    """A version, with the holidays it was published with."""
    stored = tuple(sorted((place, tuple(days)) for place, days in version.holidays.items()))
    return Subject(_("Version {number}").format(number=version.number), version.text, stored)


def of_draft(draft: PolicyDraft) -> Subject:
    """A draft, with the holidays that publishing it today would store."""
    return Subject(_("Draft: {note}").format(note=draft.note), draft.text)


@lru_cache(maxsize=32)
def _year(text: str, stored: _Stored | None, first: date) -> Rehearsal:
    known = None if stored is None else {place: frozenset(map(date.fromisoformat, days)) for place, days in stored}
    file = open_policy(text, holidays=known)
    return rehearse(file.policy, months_from(first), holidays=file.holidays, names=names_written(text))
