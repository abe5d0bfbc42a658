"""Announced changes and notes of a run book, as pages show them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.utils.safestring import SafeString
from django.utils.translation import pgettext_lazy

from watchkeeper.incidents.prose import prose
from watchkeeper.premium.models import AnnouncedChange, RunBookNote

COMING, NOW, OVER, CALLED_OFF = "coming", "now", "over", "called off"
_BADGES = {
    COMING: (pgettext_lazy("an announced change", "Coming"), "info", "calendar"),
    NOW: (pgettext_lazy("an announced change", "Under way"), "warn", "clock"),
    OVER: (pgettext_lazy("an announced change", "Over"), "quiet", "check"),
    CALLED_OFF: (pgettext_lazy("an announced change", "Called off"), "quiet", "cross"),
}


class ShownChange(NamedTuple):
    """A change with its words as HTML that can do no harm, how it stands, and its badge."""

    change: AnnouncedChange
    html: SafeString
    phase: str
    words: str
    tone: str
    symbol: str

    @property
    def can_be_called_off(self) -> bool:
        return self.phase in (COMING, NOW)


class ShownNote(NamedTuple):
    """A note of the run book with its words as HTML that can do no harm."""

    note: RunBookNote
    html: SafeString


def shown_changes(changes: Iterable[AnnouncedChange], now: datetime) -> list[ShownChange]:
    return [_shown(change, now) for change in changes]


def shown_notes(notes: Iterable[RunBookNote]) -> list[ShownNote]:
    return [ShownNote(note, prose(note.text)) for note in notes]


def _shown(change: AnnouncedChange, now: datetime) -> ShownChange:
    phase = _phase(change, now)
    words, tone, symbol = _BADGES[phase]
    return ShownChange(change, prose(change.text), phase, str(words), tone, symbol)


def _phase(change: AnnouncedChange, now: datetime) -> str:
    if change.called_off_at is not None:
        return CALLED_OFF
    if change.ends_at <= now:
        return OVER
    return NOW if change.starts_at <= now else COMING
