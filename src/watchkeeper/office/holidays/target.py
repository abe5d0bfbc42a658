"""Where holidays are written: into a new draft of the policy, or into one that is open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from watchkeeper.core.holiday_calendars.reading import NamedDay
from watchkeeper.core.holiday_calendars.written import with_holidays
from watchkeeper.core.policy_file import PolicyFileErrors, open_policy
from watchkeeper.office.holidays.calendars import Calendar, calendars
from watchkeeper.office.publishing import drafts
from watchkeeper.office.publishing.models import PolicyDraft
from watchkeeper.office.publishing.versions import replaceable
from watchkeeper.people import clock
from watchkeeper.people.models import Person
from watchkeeper.policies.models import PolicyVersion
from watchkeeper.policies.versions import policy_of

NEW = "new"


class Target(NamedTuple):
    """A text, its calendars, and what it belongs to; ``draft`` is ``None`` for a new one."""

    key: str
    text: str
    calendars: dict[str, Calendar]
    based_on: PolicyVersion
    draft: PolicyDraft | None = None

    @property
    def title(self) -> str:
        """What it is, in words."""
        if self.draft is None:
            return _("a new draft of version {number}").format(number=self.based_on.number)
        return _("the draft “{note}”").format(note=self.draft.note)

    def write(self, calendar: Calendar, days: Sequence[NamedDay], *, source: str, by: Person) -> PolicyDraft:
        """Keep a draft that has these holidays. Raises ``CannotEdit``, ``ChangedMeanwhile`` and ``Closed``."""
        text = with_holidays(self.text, calendar.path, days)
        if self.draft is not None:
            return drafts.save(self.draft, text=text, revision=self.draft.revision, by=by)
        note = f"{len(days)} holidays for {calendar.key}" + (f", from {source}" if source else "")
        return drafts.open_draft(text, based_on=self.based_on, note=note, by=by)


class NoTarget(ValueError):
    """There is no such draft, or what it says is no sound policy; the message says which."""


def target_called(key: str) -> Target:
    """The draft of this number, or a new one of the version that comes into force last. Raises ``NoTarget``."""
    if key == NEW:
        version = replaceable(clock.now())[0].version
        return Target(key, version.text, calendars(version.text, policy_of(version)), version)
    draft = open_drafts().get(key)
    if draft is None:
        raise NoTarget(_("There is no such open draft any more."))
    try:
        policy = open_policy(draft.text).policy
    except PolicyFileErrors as errors:
        told = _("The draft “{note}” is no sound policy: {problem}")
        raise NoTarget(told.format(note=draft.note, problem=errors.problems[0])) from None
    return Target(key, draft.text, calendars(draft.text, policy), draft.based_on, draft)


def open_drafts() -> dict[str, PolicyDraft]:
    """The drafts that are open, by their numbers."""
    return {str(draft.pk): draft for draft in PolicyDraft.objects.open().select_related("based_on")}
